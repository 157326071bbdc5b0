import { type Finding, repeated } from './finding.ts';
import type { ElementDefinition, FormDefinition, QuestionDefinition } from './form-definition.ts';
import { choiceValue, elementsOf, isQuestion, type Placed } from './form-walk.ts';
import type { Site } from './schema.ts';

/** A form on its own: names, choices and bounds. */
export function* lintForm(
  form: FormDefinition,
  path: readonly PropertyKey[],
  sites: readonly Site[],
): Generator<Finding> {
  const names = new Set<string>();
  for (const placed of elementsOf(form)) {
    const here = [...path, ...placed.path];
    yield* lintName(placed, here, names);
    if (isQuestion(placed.element)) yield* lintQuestion(placed.element, here, sites);
  }
}

/** Names that would reach an object's own workings instead of an answer. */
const RESERVED = new Set(['__proto__', 'constructor', 'prototype']);

function* lintName({ element }: Placed, path: readonly PropertyKey[], names: Set<string>): Generator<Finding> {
  if (names.has(element.name)) {
    yield {
      path: [...path, 'name'],
      message: `is "${element.name}", which another element of this form has already.`,
      fix: 'Give each element a name of its own: answers are kept by name.',
    };
  }
  if (RESERVED.has(element.name)) {
    yield { path: [...path, 'name'], message: `is "${element.name}", which is reserved.`, fix: 'Choose another name.' };
  }
  names.add(element.name);
}

function* lintQuestion(
  question: QuestionDefinition,
  path: readonly PropertyKey[],
  sites: readonly Site[],
): Generator<Finding> {
  if ('choices' in question || 'choicesFrom' in question || needsChoices(question)) {
    yield* lintChoices(question, path, sites);
  }
  if (question.type === 'matrix') {
    yield* repeated(question.columns, [...path, 'columns'], choiceValue);
    yield* repeated(question.rows, [...path, 'rows'], choiceValue);
  }
  if (question.type === 'rating') yield* lintRating(question, path);
  if (question.type === 'text') yield* lintBounds(question, path);
  for (const [index, validator] of (question.validators ?? []).entries()) {
    if (validator.type !== 'regex') continue;
    const fault = regexFault(validator.regex);
    if (fault === undefined) continue;
    yield {
      path: [...path, 'validators', index, 'regex'],
      message: `is not a regular expression: ${fault}.`,
      fix: 'Correct it, or use another validator.',
    };
  }
}

function needsChoices(question: ElementDefinition): boolean {
  return question.type === 'radiogroup' || question.type === 'checkbox' || question.type === 'dropdown';
}

function* lintChoices(
  question: QuestionDefinition,
  path: readonly PropertyKey[],
  sites: readonly Site[],
): Generator<Finding> {
  const given = 'choices' in question ? (question.choices ?? []) : [];
  const fromSites = 'choicesFrom' in question && question.choicesFrom === 'sites';
  if (fromSites && given.length > 0) {
    yield {
      path: [...path, 'choices'],
      message: 'stands beside "choicesFrom".',
      fix: 'Keep one of them: the sites of the study are the choices, or the choices written here.',
    };
  }
  if (fromSites ? sites.length === 0 : given.length === 0) {
    yield fromSites
      ? {
          path: [...path, 'choicesFrom'],
          message: 'is "sites", but the study names none.',
          fix: 'Add "sites" to the study.',
        }
      : { path, message: 'has no choices.', fix: 'Add "choices": a list of { "value", "text" }.' };
  }
  yield* repeated(given, [...path, 'choices'], choiceValue);
}

function* lintRating(
  question: Extract<QuestionDefinition, { type: 'rating' }>,
  path: readonly PropertyKey[],
): Generator<Finding> {
  if (question.rateValues !== undefined) {
    yield* repeated(question.rateValues, [...path, 'rateValues'], choiceValue);
    return;
  }
  const low = question.rateMin ?? 1;
  const high = question.rateMax ?? low + 4;
  const step = question.rateStep ?? 1;
  if (step <= 0 || high <= low || (high - low) / step > 100) {
    yield {
      path,
      message: `has a scale from ${low} to ${high} in steps of ${step}.`,
      fix: 'Let "rateMax" be above "rateMin", with at most 100 steps between them.',
    };
  }
}

function* lintBounds(
  question: Extract<QuestionDefinition, { type: 'text' }>,
  path: readonly PropertyKey[],
): Generator<Finding> {
  const { min, max, inputType = 'text' } = question;
  for (const [key, bound] of Object.entries({ min, max })) {
    if (bound === undefined) continue;
    const fits =
      inputType === 'number'
        ? typeof bound === 'number'
        : inputType === 'date' && /^\d{4}-\d{2}-\d{2}$/.test(String(bound));
    if (fits) continue;
    yield {
      path: [...path, key],
      message: `is ${JSON.stringify(bound)}, which does not bound a ${inputType}.`,
      fix: 'Numbers bound a "number", dates as "2026-01-31" bound a "date"; other inputs take "maxLength" or validators.',
    };
  }
  if (min !== undefined && max !== undefined && min > max) {
    yield { path: [...path, 'min'], message: `is above "max" (${max}).`, fix: 'Swap them.' };
  }
}

function regexFault(pattern: string): string | undefined {
  try {
    new RegExp(pattern, 'u');
    return undefined;
  } catch {
    // Written for the older grammar, which SurveyJS uses: good as well.
  }
  try {
    new RegExp(pattern);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message.replace(/^Invalid regular expression: /, '') : String(error);
  }
}
