import { possibleValues, SPECIAL_VALUES } from './choice-values.ts';
import type { Condition } from './condition.ts';
import type { Finding } from './finding.ts';
import type { FormDefinition, QuestionDefinition } from './form-definition.ts';
import { elementsOf, isQuestion } from './form-walk.ts';
import type { Site } from './schema.ts';
import { list, nearest, show, useOneOf } from './wording.ts';

/** A condition must ask about a question of the form, for an answer that the question can have. */
export function* lintConditions(
  condition: Condition,
  form: FormDefinition,
  path: readonly PropertyKey[],
  sites: readonly Site[],
): Generator<Finding> {
  if ('all' in condition || 'any' in condition) {
    const [key, parts] = 'all' in condition ? (['all', condition.all] as const) : (['any', condition.any] as const);
    for (const [index, part] of parts.entries()) yield* lintConditions(part, form, [...path, key, index], sites);
    return;
  }
  if ('not' in condition) {
    yield* lintConditions(condition.not, form, [...path, 'not'], sites);
    return;
  }
  const calculated = form.calculatedValues?.some(({ name }) => name === condition.question) ?? false;
  if (calculated) return;
  const questions = [...elementsOf(form)].map(({ element }) => element).filter(isQuestion);
  const question = questions.find(({ name }) => name === condition.question);
  const here = [...path, 'question'];
  if (question === undefined) {
    const names = [...new Set(questions.map(({ name }) => name))];
    const meant = nearest(condition.question, names);
    yield {
      path: here,
      message: `is "${condition.question}", which the form does not ask.`,
      fix: `${meant === undefined ? '' : `Did you mean "${meant}"? `}It asks ${list(names, 'and')}.`,
    };
  } else if (question.type === 'matrix') {
    yield {
      path: here,
      message: `is "${question.name}", which has an answer per row.`,
      fix: 'Ask what decides in a question of its own.',
    };
  } else if (question.visible === false && question.visibleIf === undefined) {
    yield {
      path: here,
      message: `is "${question.name}", which is never shown, so this is always false.`,
      fix: 'Remove "visible": false there, or the condition here.',
    };
  } else {
    yield* lintComparison(condition, question, path, sites);
  }
}

type Comparison = Exclude<Condition, { all: Condition[] } | { any: Condition[] } | { not: Condition }>;

function* lintComparison(
  condition: Comparison,
  question: QuestionDefinition,
  path: readonly PropertyKey[],
  sites: readonly Site[],
): Generator<Finding> {
  const answer = kindOfAnswer(question, sites);
  if (answer === undefined) return;
  if ('atLeast' in condition || 'atMost' in condition) {
    const [key, bound] =
      'atLeast' in condition ? (['atLeast', condition.atLeast] as const) : (['atMost', condition.atMost] as const);
    const wanted = typeof bound === 'number' ? 'number' : 'date';
    if (answer.kind === wanted) return;
    yield {
      path: [...path, key],
      message: `is ${show(bound)}, but "${question.name}" is answered with ${ANSWERED[answer.kind]}.`,
      fix: FIXES[answer.kind],
    };
    return;
  }
  const wanted = wantedBy(condition);
  for (const { value, key } of wanted) {
    if (answer.values === undefined ? fits(answer.kind, value) : answer.values.includes(value)) continue;
    const fix = answer.values ? useOneOf(value, answer.values) : `Compare with ${ANSWERED[answer.kind]}.`;
    yield { path: [...path, ...key], message: `is ${show(value)}, which "${question.name}" never answers.`, fix };
  }
}

function wantedBy(
  condition: Exclude<Comparison, { atLeast: unknown } | { atMost: unknown }>,
): { value: string | number | boolean; key: readonly PropertyKey[] }[] {
  if ('equals' in condition) return [{ value: condition.equals, key: ['equals'] }];
  if ('includes' in condition) return [{ value: condition.includes, key: ['includes'] }];
  return condition.anyOf.map((value, index) => ({ value, key: ['anyOf', index] }));
}

type Kind = 'number' | 'date' | 'text' | 'choice';

const ANSWERED: Readonly<Record<Kind, string>> = {
  number: 'a number',
  date: 'a date as "2026-01-31"',
  text: 'a text',
  choice: 'a choice',
};

const FIXES: Readonly<Record<Kind, string>> = {
  number: 'Compare with a number.',
  date: 'Compare with a date, as "2026-01-31".',
  text: 'Only numbers, dates and ratings have an order: give the question an "inputType", or use "equals" or "anyOf".',
  choice: 'Choices have no order: use "equals" or "anyOf".',
};

/** How a question is answered, and with which values where they are known; undefined where it is calculated. */
function kindOfAnswer(
  question: QuestionDefinition,
  sites: readonly Site[],
): { kind: Kind; values?: readonly (string | number | boolean)[] } | undefined {
  if (question.type === 'expression') return undefined;
  const values = possibleValues(question, sites);
  if (values !== undefined) {
    const added: readonly unknown[] = Object.values(SPECIAL_VALUES);
    const own = values.filter((value) => !added.includes(value));
    return { kind: own.every((value) => typeof value === 'number') ? 'number' : 'choice', values };
  }
  const input = question.type === 'text' ? question.inputType : undefined;
  return { kind: input === 'number' || input === 'date' ? input : 'text' };
}

function fits(kind: Kind, value: string | number | boolean): boolean {
  if (kind === 'number') return typeof value === 'number';
  return typeof value === 'string' && (kind === 'text' || /^\d{4}-\d{2}-\d{2}$/.test(value));
}
