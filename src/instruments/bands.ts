import type { Band } from './schema.ts';

/** What a score is called. Bands are conventions of publications, each with its source; no band is a diagnosis. */

/** Scores are compared to this: 0.1 + 0.2 is not 0.3. */
export const TOLERANCE = 1e-6;

/** The band of a subscale that a score lies in; undefined where it lies in none. */
export function bandOf(bands: readonly Band[], subscale: string, score: number): Band | undefined {
  return bands.find((band) => band.subscale === subscale && isAbove(score, band) && isBelow(score, band));
}

function isAbove(score: number, { min, minInclusive }: Band): boolean {
  return minInclusive ? score >= min - TOLERANCE : score > min + TOLERANCE;
}

function isBelow(score: number, { max, maxInclusive }: Band): boolean {
  return maxInclusive ? score <= max + TOLERANCE : score < max - TOLERANCE;
}
