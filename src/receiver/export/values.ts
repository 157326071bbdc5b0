import type { Value } from '../../study/answers.ts';
import { type Coding, daysBetween } from './coding.ts';
import type { Variable } from './variables.ts';

/** One answer as it leaves: coded, unless all of it may leave as it is. */

/** A value without anything inside it: what a cell holds. `list` keeps its order. */
export type Plain = string | number | boolean | readonly (string | number | boolean)[];

export interface ValueRules {
  readonly coding: Coding;
  /** The participant's first day, which days are counted from. */
  readonly first: string;
  /** Whether what somebody wrote in their own words, and whatever its question does not offer, may leave. */
  readonly freeText: boolean;
}

/**
 * @param variable what the study says that it is; undefined for what no version of the study asks
 * @returns undefined for what must not leave
 */
export function exported(value: Plain, variable: Variable | undefined, rules: ValueRules): Plain | undefined {
  const { coding, first, freeText } = rules;
  if (variable?.kind === 'site' && isOneOf(variable, value)) return coding.site(String(value));
  if (variable?.kind === 'date' && typeof value === 'string') {
    const days = daysBetween(first, value);
    if (days !== undefined) return days;
  }
  return freeText || isHarmless(value, variable) ? value : undefined;
}

/** Whether it is what the variable can hold, and that is nothing in somebody's own words. */
function isHarmless(value: Plain, variable: Variable | undefined): boolean {
  switch (variable?.kind) {
    case 'number':
    case 'score':
      return typeof value === 'number';
    case 'item':
    case 'choice':
    case 'boolean':
      return isOneOf(variable, value);
    case 'choices':
      return isList(value) && value.every((one) => isOneOf(variable, one));
    default:
      return false;
  }
}

const isOneOf = ({ values }: Variable, value: Plain): boolean => values.some((one) => one.value === value);

export function isList(value: Plain): value is readonly (string | number | boolean)[] {
  return Array.isArray(value);
}

/** An answer as the values of its variables: of a matrix one for each row, by `question[row]`. */
export function plainValues(question: string, value: Value): readonly (readonly [item: string, value: Plain])[] {
  if (isPlain(value)) return [[question, value]];
  if (Array.isArray(value)) return [[question, JSON.stringify(value)]];
  return Object.entries(value).flatMap(([row, inner]) => plainValues(`${question}[${row}]`, inner));
}

function isPlain(value: Value): value is Plain {
  return typeof value !== 'object' || (Array.isArray(value) && value.every((one) => typeof one !== 'object'));
}
