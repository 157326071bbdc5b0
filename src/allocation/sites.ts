import type { Share } from './blocks.ts';
import { roundedShares } from './controlled-rounding.ts';
import { type RandomBytes, shuffled } from './random.ts';

/**
 * Sites, all at once: which phase each belongs to, and, when a phase starts, which arm. Within every stratum each share
 * gets its part rounded up or down, over all exactly its part, and each site's chance is just that part.
 */

export interface PlacedSite {
  readonly site: string;
  /** The name of its stratum. */
  readonly stratum: string;
}

/**
 * Shares sites out. Neither their order nor that of the strata counts, so a replay needs no more than which there were.
 *
 * @returns by site, the id of its share, in the order of the sites' ids
 * @throws AllocationError `uneven`
 */
export function shareOut(
  sites: readonly PlacedSite[],
  shares: readonly Share[],
  random: RandomBytes,
): ReadonlyMap<string, string> {
  const byStratum = Object.entries(Object.groupBy(sites, ({ stratum }) => stratum))
    .map(([stratum, members = []]) => ({ stratum, sites: members.map(({ site }) => site).sort() }))
    .sort((a, b) => (a.stratum < b.stratum ? -1 : 1));
  const counts = roundedShares(
    byStratum.map((stratum) => stratum.sites.length),
    shares.map(({ share }) => share),
    random,
  );
  const drawn = byStratum.flatMap((stratum, row) => {
    const ids = shares.flatMap(({ id }, column) => Array<string>(counts[row]?.[column] ?? 0).fill(id));
    const order = shuffled(ids, random);
    return stratum.sites.map((site, at): [string, string] => [site, order[at] ?? '']);
  });
  return new Map(drawn.sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** The phases as shares, by their numbers from 1. */
export function phaseShares(phases: readonly { readonly sites: number }[]): Share[] {
  return phases.map(({ sites }, index) => ({ id: String(index + 1), share: sites }));
}
