import type { Condition } from './condition.ts';
import type { Finding } from './finding.ts';
import type { FormDefinition, QuestionDefinition } from './form-definition.ts';
import { choiceValue, elementsOf, isQuestion } from './form-walk.ts';
import type { Site } from './schema.ts';

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
  if (question === undefined) {
    yield {
      path: [...path, 'question'],
      message: `is "${condition.question}", which the form does not ask.`,
      fix: `Use one of: ${questions.map(({ name }) => name).join(', ')}.`,
    };
    return;
  }
  yield* lintComparison(condition, question, path, sites);
}

function* lintComparison(
  condition: Exclude<Condition, { all: Condition[] } | { any: Condition[] } | { not: Condition }>,
  question: QuestionDefinition,
  path: readonly PropertyKey[],
  sites: readonly Site[],
): Generator<Finding> {
  if ('atLeast' in condition || 'atMost' in condition) {
    const key = 'atLeast' in condition ? 'atLeast' : 'atMost';
    const ordered =
      question.type === 'rating' ||
      question.type === 'expression' ||
      (question.type === 'text' && (question.inputType === 'number' || question.inputType === 'date')) ||
      (possibleValues(question, sites)?.every((value) => typeof value === 'number') ?? false);
    if (!ordered) {
      yield {
        path: [...path, key],
        message: `compares "${question.name}", which has no order.`,
        fix: 'Compare a number, a date or a rating; for choices use "equals" or "anyOf".',
      };
    }
    return;
  }
  const possible = possibleValues(question, sites);
  if (possible === undefined) return;
  const key = 'equals' in condition ? 'equals' : 'includes' in condition ? 'includes' : 'anyOf';
  const asked =
    'equals' in condition ? [condition.equals] : 'includes' in condition ? [condition.includes] : condition.anyOf;
  for (const [index, value] of asked.entries()) {
    if (possible.includes(value)) continue;
    yield {
      path: key === 'anyOf' ? [...path, key, index] : [...path, key],
      message: `is ${JSON.stringify(value)}, which "${question.name}" never answers.`,
      fix: `Use one of: ${possible.map((one) => JSON.stringify(one)).join(', ')}.`,
    };
  }
}

/** Every value a choice question can have; undefined for questions that take free input. */
function possibleValues(
  question: QuestionDefinition,
  sites: readonly Site[],
): readonly (string | number | boolean)[] | undefined {
  if (question.type === 'boolean') return [question.valueTrue ?? true, question.valueFalse ?? false];
  if (question.type !== 'radiogroup' && question.type !== 'dropdown' && question.type !== 'checkbox') return undefined;
  const own = question.choicesFrom === 'sites' ? sites.map(({ id }) => id) : (question.choices ?? []).map(choiceValue);
  return [
    ...own,
    ...((question.showNoneItem ?? question.hasNone) ? ['none'] : []),
    ...((question.showOtherItem ?? question.hasOther) ? ['other'] : []),
    ...(question.showRefuseItem ? ['refused'] : []),
    ...(question.showDontKnowItem ? ['dontknow'] : []),
  ];
}
