import type { Value } from '../study/answers.ts';
import type { QuestionDefinition, ValidatorDefinition } from '../study/form-definition.ts';
import { compilePattern } from '../study/pattern.ts';
import type { Choice, MatrixQuestion, Problem, ProblemCode, Question, TextQuestion } from './form.ts';
import type { Lens } from './lens.ts';
import { excludesOthers, isEmpty, parseAnswer, parseNumber } from './parse-answer.ts';
import { choseOther } from './questions.ts';

/**
 * What is wrong with one answer: at most one problem (a matrix: at most one per row), the first in the order required,
 * shape, the question's own bounds, the study's validators. Both engines judge by it.
 */
export function checkAnswer(
  question: Question,
  definition: QuestionDefinition,
  given: Value | undefined,
  comment: Value | undefined,
  lens: Lens,
): readonly Problem[] {
  const problem = (code: ProblemCode, more: Pick<Problem, 'params' | 'text' | 'row'> = {}): Problem => ({
    code,
    question: question.name,
    ...more,
  });
  if (question.type === 'expression') return [];
  const value = given === undefined || isEmpty(given) ? undefined : parseAnswer(question, given);
  const shape =
    value === undefined ? undefined : (misshapen(question, value) ?? misshapenText(question, value, comment));
  if (shape !== undefined) return [problem(shape)];
  if (question.readOnly) return [];
  if (question.type === 'matrix') {
    const missing = missingRows(question, definition, value, lens, problem);
    if (missing.length > 0) return missing;
  }
  if (value === undefined) {
    return question.required ? [problem('required', own(definition.requiredErrorText, lens))] : [];
  }
  if (choseOther(question, value) && isEmpty(comment)) {
    const text = 'otherErrorText' in definition ? definition.otherErrorText : undefined;
    return [problem('other-required', own(text, lens))];
  }
  const bound = outOfBounds(question, definition, value, lens);
  if (bound !== undefined) return [problem(bound.code, bound)];
  for (const validator of definition.validators ?? []) {
    const broken = breaks(validator, question, definition, value, lens);
    if (broken !== undefined) return [problem(broken.code, { ...broken, ...own(validator.text, lens) })];
  }
  return [];
}

type Broken = { readonly code: ProblemCode } & Pick<Problem, 'params' | 'text'>;

function own(text: Parameters<Lens['say']>[0] | undefined, lens: Lens): Pick<Problem, 'text'> {
  return text === undefined ? {} : { text: lens.say(text) };
}

/** The rows without an answer, where the study wants every one. */
function missingRows(
  question: MatrixQuestion,
  definition: QuestionDefinition,
  value: Value | undefined,
  lens: Lens,
  problem: (code: ProblemCode, more: Pick<Problem, 'row' | 'text'>) => Problem,
): readonly Problem[] {
  if (definition.type !== 'matrix' || !(definition.isAllRowRequired ?? definition.eachRowRequired)) return [];
  const rows = typeof value === 'object' && !Array.isArray(value) ? Object.keys(value) : [];
  return question.rows
    .filter((row) => !rows.includes(row.name))
    .map((row) => problem('row-required', { row: row.name, ...own(definition.requiredErrorText, lens) }));
}

/** An answer of a kind that this question never gives: a stale draft's or a hostile client's, never a slip of the pen. */
function misshapen(question: Question, value: Value): ProblemCode | undefined {
  switch (question.type) {
    case 'radiogroup':
    case 'dropdown':
    case 'boolean':
    case 'rating':
      return offers(question.choices, value);
    case 'checkbox':
      if (!Array.isArray(value) || new Set(value).size !== value.length) return 'not-this-shape';
      if (value.length > 1 && excludesOthers(question, value)) return 'not-this-shape';
      return value.map((one) => offers(question.choices, one)).find((code) => code !== undefined);
    case 'matrix': {
      if (typeof value !== 'object' || Array.isArray(value)) return 'not-this-shape';
      const rows = new Set(question.rows.map(({ name }) => name));
      if (Object.keys(value).some((row) => !rows.has(row))) return 'not-this-shape';
      return Object.values(value)
        .map((one) => offers(question.columns, one))
        .find((code) => code !== undefined);
    }
    case 'text':
      if (question.input === 'number') return Number.isFinite(value) ? undefined : 'not-a-number';
      if (typeof value !== 'string') return 'not-this-shape';
      if (question.input === 'date' && !isDate(value)) return 'not-a-date';
      return question.input === 'email' && !isEmail(value) ? 'not-an-email' : undefined;
    case 'comment':
      return typeof value === 'string' ? undefined : 'not-this-shape';
    case 'expression':
      return undefined;
  }
}

function misshapenText(question: Question, value: Value, comment: Value | undefined): ProblemCode | undefined {
  const misshapen = choseOther(question, value) && !isEmpty(comment) && typeof comment !== 'string';
  return misshapen ? 'not-this-shape' : undefined;
}

function offers(choices: readonly Choice[], value: Value): ProblemCode | undefined {
  if (typeof value === 'object') return 'not-this-shape';
  return choices.some((choice) => choice.enabled && choice.value === value) ? undefined : 'not-a-choice';
}

function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const time = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(time.getTime()) && time.toISOString().startsWith(text);
}

function isEmail(text: string): boolean {
  return /^[^\s@]+@[^\s@]+\.[^\s@.]+$/.test(text.trim());
}

function outOfBounds(question: Question, definition: QuestionDefinition, value: Value, lens: Lens): Broken | undefined {
  if (definition.type === 'checkbox') {
    return outOfCount(question, value, definition.minSelectedChoices, definition.maxSelectedChoices);
  }
  if ((question.type === 'text' || question.type === 'comment') && typeof value === 'string') {
    const { maxLength } = question;
    if (maxLength !== undefined && value.length > maxLength) return { code: 'too-long', params: { max: maxLength } };
  }
  return question.type === 'text' && definition.type === 'text'
    ? outOfRange(question, definition, value, lens)
    : undefined;
}

function outOfRange(
  { input, min, max, step }: TextQuestion,
  definition: Extract<QuestionDefinition, { type: 'text' }>,
  value: Value,
  lens: Lens,
): Broken | undefined {
  const date = input === 'date';
  if (min !== undefined && typeof value === typeof min && value < min) {
    return { code: date ? 'too-early' : 'too-small', params: { min }, ...own(definition.minErrorText, lens) };
  }
  if (max !== undefined && typeof value === typeof max && value > max) {
    return { code: date ? 'too-late' : 'too-large', params: { max }, ...own(definition.maxErrorText, lens) };
  }
  if (step !== undefined && step > 0 && typeof value === 'number') {
    const steps = (value - (typeof min === 'number' ? min : 0)) / step;
    if (Math.abs(steps - Math.round(steps)) > 1e-9)
      return { code: 'not-in-step', params: { step }, ...own(definition.stepErrorText, lens) };
  }
  return undefined;
}

/** "None of these" and "prefer not to answer" are whole answers, whatever number of choices is asked for. */
function outOfCount(
  question: Question,
  value: Value,
  min: number | undefined,
  max: number | undefined,
): Broken | undefined {
  if (!Array.isArray(value) || excludesOthers(question, value)) return undefined;
  if (min !== undefined && min > 0 && value.length < min) return { code: 'too-few', params: { min } };
  if (max !== undefined && max > 0 && value.length > max) return { code: 'too-many', params: { max } };
  return undefined;
}

function breaks(
  validator: ValidatorDefinition,
  question: Question,
  definition: QuestionDefinition,
  value: Value,
  lens: Lens,
): Broken | undefined {
  switch (validator.type) {
    case 'numeric': {
      const number = typeof value === 'string' ? parseNumber(value) : value;
      if (typeof number !== 'number') return { code: 'not-a-number' };
      if (validator.minValue !== undefined && number < validator.minValue)
        return { code: 'too-small', params: { min: validator.minValue } };
      if (validator.maxValue !== undefined && number > validator.maxValue)
        return { code: 'too-large', params: { max: validator.maxValue } };
      return undefined;
    }
    case 'text': {
      const text = String(value);
      const { minLength = 0, maxLength = 0, allowDigits = true } = validator;
      if (minLength > 0 && text.length < minLength) return { code: 'too-short', params: { min: minLength } };
      if (maxLength > 0 && text.length > maxLength) return { code: 'too-long', params: { max: maxLength } };
      return !allowDigits && /\d/.test(text) ? { code: 'no-digits' } : undefined;
    }
    case 'answercount':
      return outOfCount(question, value, validator.minCount, validator.maxCount);
    case 'regex':
      return compilePattern(validator.regex, validator.caseInsensitive).test(String(value))
        ? undefined
        : { code: 'pattern' };
    case 'email':
      return isEmail(String(value)) ? undefined : { code: 'not-an-email' };
    case 'expression':
      return lens.breaks(definition, validator.expression) ? { code: 'rule' } : undefined;
  }
}
