import type { ChoiceDefinition, QuestionDefinition } from './form-definition.ts';
import { choiceValue } from './form-walk.ts';
import type { Site } from './schema.ts';

/** Which values a question's choices have, the special ones included. */

export type ChoiceQuestion = Extract<QuestionDefinition, { type: 'radiogroup' | 'dropdown' | 'checkbox' }>;
export type SpecialChoiceKind = keyof typeof SPECIAL_VALUES;

/** The choices that a property adds after the study's own, in the order shown, with SurveyJS's values for them. */
export const SPECIAL_VALUES = { other: 'other', none: 'none', refuse: 'refused', unknown: 'dontknow' } as const;

export function isChoiceQuestion(question: QuestionDefinition): question is ChoiceQuestion {
  return question.type === 'radiogroup' || question.type === 'dropdown' || question.type === 'checkbox';
}

export function specialChoices(question: ChoiceQuestion): readonly SpecialChoiceKind[] {
  const wanted: Readonly<Record<SpecialChoiceKind, boolean | undefined>> = {
    other: question.showOtherItem ?? question.hasOther,
    none: question.showNoneItem ?? question.hasNone,
    refuse: question.showRefuseItem,
    unknown: question.showDontKnowItem,
  };
  return (Object.keys(SPECIAL_VALUES) as SpecialChoiceKind[]).filter((kind) => wanted[kind] === true);
}

/**
 * The steps of a rating: its own, or those from `rateMin` (1) to `rateMax` (5) by `rateStep` (1), as SurveyJS counts.
 * A `rateCount` without `rateMax` says how many there are.
 */
export function scaleOf(question: Extract<QuestionDefinition, { type: 'rating' }>): readonly ChoiceDefinition[] {
  const { rateValues = [], rateMin: low = 1, rateStep: step = 1, rateCount } = question;
  if (rateValues.length > 0 && question.autoGenerate !== true) return rateValues;
  const high = question.rateMax ?? (rateCount === undefined ? 5 : low + (rateCount - 1) * step);
  const steps = Math.floor((high - low) / step + 1e-9);
  if (!(steps >= 0 && steps <= LONGEST_SCALE)) return [];
  return Array.from({ length: steps + 1 }, (_, index) => Number((low + index * step).toFixed(6)));
}

const LONGEST_SCALE = 100;

/** Every value that an answer can have, or hold; undefined for questions that take free input. */
export function possibleValues(
  question: QuestionDefinition,
  sites: readonly Site[],
): readonly (string | number | boolean)[] | undefined {
  if (question.type === 'boolean') return [question.valueTrue ?? true, question.valueFalse ?? false];
  if (question.type === 'rating') return scaleOf(question).map(choiceValue);
  if (!isChoiceQuestion(question)) return undefined;
  const own = question.choicesFrom === 'sites' ? sites.map(({ id }) => id) : (question.choices ?? []).map(choiceValue);
  return [...own, ...specialChoices(question).map((kind) => SPECIAL_VALUES[kind])];
}
