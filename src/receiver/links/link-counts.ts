import type { LinkCounts } from '../store/links-store.ts';

/**
 * What of a link's counts a recruiter may see. They know the people they speak to: a count of a few would tell them what one
 * person answered, or signed.
 */

/** Counts of people below this are not told; neither is zero, or "less than" would not hide it. */
export const SMALLEST_TOLD = 5;

export interface ToldCounts {
  readonly opened: number;
  readonly completed: number;
  readonly eligible: number | string;
  readonly consented: number | string;
}

/**
 * Each link stands by itself, without sums over several: a sum less the others would tell what is left out. Of one link nothing
 * that is told can be taken from something else that is told to give a number that is not: whoever has signed was eligible,
 * so `consented` is told only where `eligible` is, and neither is a difference of the others.
 */
export function toldCounts({ opened, completed, eligible, consented }: Omit<LinkCounts, 'code'>): ToldCounts {
  return { opened, completed, eligible: told(eligible), consented: told(consented) };
}

function told(count: number): number | string {
  return count < SMALLEST_TOLD ? `<${SMALLEST_TOLD}` : count;
}
