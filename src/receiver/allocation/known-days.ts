import type { Anchors } from '../../schedule/assessments.ts';
import type { Study } from '../../study/schema.ts';
import type { ParticipantRow } from '../store/participants-store.ts';
import type { StoreTransaction } from '../store/store.ts';
import { armOfSite } from './arm-of.ts';
import { settledSite } from './participant-sites.ts';

/**
 * The days of an allocation that assessments count from, without the arm: what is reckoned by them is told to participants.
 * Of somebody whose site was not settled yet, it is the start of the site where they are.
 *
 * @returns the time of the allocation, UTC, and the day on which the site started, as far as they are known
 */
export async function allocationDays(
  tx: StoreTransaction,
  { allocation }: Pick<Study, 'allocation'>,
  { study, id, mode, site: current }: ParticipantRow,
): Promise<Pick<Anchors, 'allocation' | 'site-start'>> {
  if (allocation?.unit === 'participant') {
    const allocated = await tx.allocation(study, id);
    return allocated === undefined ? {} : { allocation: allocated.allocatedAt };
  }
  if (allocation === undefined) return {};
  const site = settledSite(await tx.participantSites(study, id)) ?? current;
  const start = site === null ? undefined : (await armOfSite(tx, { study, mode, site }))?.siteStart;
  return start === undefined ? {} : { 'site-start': start };
}
