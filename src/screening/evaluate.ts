import type { Answers, Value } from '../study/answers.ts';
import type { Condition } from '../study/condition.ts';

/** A condition over answers has three values: a question not yet answered, or declined, leaves it unknown. */
export type Truth = true | false | 'unknown';

/** What a declined answer is kept as: "prefer not to answer" and "I don't know" (SurveyJS's values). */
const DECLINED: ReadonlySet<unknown> = new Set(['refused', 'dontknow']);

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
  const bound = 'atLeast' in condition ? condition.atLeast : condition.atMost;
  // A number compared with a date, or a text that should have been a number, is an answer that says nothing.
  if (typeof answer !== typeof bound || (typeof answer !== 'number' && typeof answer !== 'string')) return 'unknown';
  return 'atLeast' in condition ? answer >= bound : answer <= bound;
}
