import type { Band } from './schema.ts';

/** What a score is called. Bands are conventions of publications, each with its source; no band is a diagnosis. */

type Limits = Pick<Band, 'min' | 'max' | 'minInclusive' | 'maxInclusive'>;

/** Scores are compared to this: 0.1 + 0.2 is not 0.3. */
export const TOLERANCE = 1e-6;

/** The band of a subscale that a score lies in; undefined where it lies in none. */
export function bandOf(bands: readonly Band[], subscale: string, score: number): Band | undefined {
  return bands.find((band) => band.subscale === subscale && liesIn(score, band));
}

/** Whether a score lies between these limits. */
export function liesIn(score: number, limits: Limits): boolean {
  return isAbove(score, limits) && isBelow(score, limits);
}

function isAbove(score: number, { min, minInclusive }: Limits): boolean {
  return minInclusive ? score >= min - TOLERANCE : score > min + TOLERANCE;
}

function isBelow(score: number, { max, maxInclusive }: Limits): boolean {
  return maxInclusive ? score <= max + TOLERANCE : score < max - TOLERANCE;
}
