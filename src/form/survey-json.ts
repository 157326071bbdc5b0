import type { FormDefinition } from '../study/form-definition.ts';
import { isText } from '../study/text.ts';

/**
 * A definition as SurveyJS reads it: a copy (it keeps and changes what it is given), with each text under SurveyJS's
 * `default` for the study's first language.
 *
 * @param keepDefaults off where answers are handed in: a default that is missing there was taken back
 */
export function surveyJson(definition: FormDefinition, first: string, keepDefaults: boolean): object {
  return copy(definition, first, keepDefaults) as object;
}

function copy(value: unknown, first: string, keepDefaults: boolean): unknown {
  if (isText(value)) {
    const { [first]: own, ...others } = value;
    return { ...others, default: own ?? value.default ?? Object.values(value)[0] };
  }
  if (Array.isArray(value)) return value.map((part) => copy(part, first, keepDefaults));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([key]) => !JUDGED.has(key) && (keepDefaults || key !== 'defaultValue'));
  return Object.fromEntries(entries.map(([key, part]) => [key, copy(part, first, keepDefaults)]));
}

/** What an answer must be is judged by the kit alone; by these, survey-core would also disable choices or cut texts. */
const JUDGED: ReadonlySet<string> = new Set([
  'validators',
  'minSelectedChoices',
  'maxSelectedChoices',
  'maxLength',
  'isAllRowRequired',
  'eachRowRequired',
]);
