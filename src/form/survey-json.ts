import type { FormDefinition } from '../study/form-definition.ts';
import { isText } from '../study/text.ts';
import { LOGIC } from './logic.ts';

/**
 * A definition as SurveyJS reads it: a copy (it keeps and changes what it is given), with each text under SurveyJS's
 * `default` for the study's first language.
 */
export function surveyJson(definition: FormDefinition, first: string): object {
  return copy(definition, first) as object;
}

function copy(value: unknown, first: string): unknown {
  if (isText(value)) {
    const { [first]: own, ...others } = value;
    return { ...others, default: own ?? value.default ?? Object.values(value)[0] };
  }
  if (Array.isArray(value)) return value.map((part) => copy(part, first));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([key]) => DECIDES.has(key) || LOGIC.has(key));
  return Object.fromEntries(
    entries.map(([key, part]) => [key, key === 'defaultValue' ? JSON.parse(JSON.stringify(part)) : copy(part, first)]),
  );
}

/**
 * What survey-core needs to decide and to pipe. What a page looks like and what an answer must be are the kit's alone: by
 * a limit to choices, survey-core would disable the rest; by when to look for errors, keep an answer to itself.
 */
const DECIDES: ReadonlySet<string> = new Set([
  ...['pages', 'elements', 'type', 'name', 'visible', 'isRequired', 'readOnly', 'defaultValue'],
  ...['clearInvisibleValues', 'clearIfInvisible', 'includeIntoResult', 'inputType'],
  ...['choices', 'columns', 'rows', 'rateValues', 'value', 'text', 'rateMin', 'rateMax', 'rateStep', 'rateCount'],
  ...['autoGenerate', 'valueTrue', 'valueFalse', 'labelTrue', 'labelFalse', 'useDisplayValuesInDynamicTexts'],
  ...['showOtherItem', 'hasOther', 'otherText', 'showNoneItem', 'hasNone', 'noneText', 'showRefuseItem', 'refuseText'],
  ...['showDontKnowItem', 'dontKnowText', 'displayStyle', 'maximumFractionDigits', 'minimumFractionDigits'],
  ...['format', 'currency', 'useGrouping', 'precision'],
]);
