import type { Answers } from '../study/answers.ts';
import type { Criterion } from '../study/screening-part.ts';
import { evaluate } from './evaluate.ts';

export interface Verdict {
  readonly verdict: 'eligible' | 'ineligible' | 'incomplete';
  /** Ids of the inclusion criteria that are not met and of the exclusion criteria that are. */
  readonly failed: readonly string[];
  /** Ids of the criteria that these answers cannot decide. */
  readonly unknown: readonly string[];
}

/**
 * Decides by the declared criteria: any exclusion true or inclusion false is `ineligible`; else anything unknown is
 * `incomplete`; else `eligible`.
 *
 * @param shown the questions that the form shows with these answers
 */
export function verdict(criteria: readonly Criterion[], answers: Answers, shown: ReadonlySet<string>): Verdict {
  const failed: string[] = [];
  const unknown: string[] = [];
  for (const { id, kind, when } of criteria) {
    const truth = evaluate(when, answers, shown);
    if (truth === 'unknown') unknown.push(id);
    else if (truth === (kind === 'exclusion')) failed.push(id);
  }
  return {
    verdict: failed.length > 0 ? 'ineligible' : unknown.length > 0 ? 'incomplete' : 'eligible',
    failed,
    unknown,
  };
}
