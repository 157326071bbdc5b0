import type { Answers, Value } from '../study/answers.ts';
import { SPECIAL_VALUES } from '../study/choice-values.ts';
import type { Condition } from '../study/condition.ts';

/** A condition over answers has three values: a question not yet answered, or declined, leaves it unknown. */
export type Truth = true | false | 'unknown';

/** What a declined answer is kept as: "prefer not to answer" and "I don't know". */
const DECLINED: ReadonlySet<unknown> = new Set([SPECIAL_VALUES.refuse, SPECIAL_VALUES.unknown]);

type Comparison = Exclude<Condition, { all: Condition[] } | { any: Condition[] } | { not: Condition }>;

/**
 * Evaluates a condition in Kleene's strong three-valued logic.
 *
 * @param shown the questions that the form shows with these answers. One that it never shows is not applicable and makes
 *   its comparison false, whatever an old answer may say.
 */
export function evaluate(condition: Condition, answers: Answers, shown: ReadonlySet<string>): Truth {
  if ('all' in condition) return every(condition.all.map((part) => evaluate(part, answers, shown)));
  if ('any' in condition) {
    const parts = condition.any.map((part) => evaluate(part, answers, shown));
    return parts.includes(true) ? true : parts.includes('unknown') ? 'unknown' : false;
  }
  if ('not' in condition) {
    const part = evaluate(condition.not, answers, shown);
    return part === 'unknown' ? 'unknown' : !part;
  }
  return shown.has(condition.question) ? compare(condition, answers[condition.question]) : false;
}

function every(parts: readonly Truth[]): Truth {
  return parts.includes(false) ? false : parts.includes('unknown') ? 'unknown' : true;
}

function compare(condition: Comparison, answer: Value | undefined): Truth {
  const parts = answer === undefined || answer === '' ? [] : Array.isArray(answer) ? answer : [answer];
  if (parts.length === 0) return 'unknown';
  if (!('atLeast' in condition || 'atMost' in condition)) {
    const wanted =
      'equals' in condition ? [condition.equals] : 'includes' in condition ? [condition.includes] : condition.anyOf;
    // A criterion may ask for a declined answer by name; any other leaves it open.
    if (parts.some((part) => wanted.includes(part))) return true;
    return parts.some((part) => DECLINED.has(part)) ? 'unknown' : false;
  }
  const order = compared(answer, 'atLeast' in condition ? condition.atLeast : condition.atMost);
  if (order === undefined) return 'unknown';
  return 'atLeast' in condition ? order >= 0 : order <= 0;
}

/**
 * Below 0, 0 or above, as the answer lies under, at or over the bound; undefined where they cannot be compared: a number
 * with a date, a declined answer, a text that should have been a number.
 */
function compared(answer: Value | undefined, bound: number | string): number | undefined {
  if (typeof answer === 'number' && typeof bound === 'number') return answer - bound;
  if (typeof answer !== 'string' || typeof bound !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(answer)) return undefined;
  return Number(answer > bound) - Number(answer < bound);
}
