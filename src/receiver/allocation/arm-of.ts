import type { Mode } from '../mode.ts';
import type { ParticipantRow } from '../store/participants-store.ts';
import type { StoreTransaction } from '../store/store.ts';
import { settledSite } from './participant-sites.ts';

/**
 * The arm that holds for somebody now. For those who may know: whatever answers a participant, or staff who are blinded,
 * has no need to ask.
 */
export interface StandingArm {
  readonly arm: string;
  /** What was drawn, where it was corrected since. */
  readonly drawn: string;
  /** When a participant was allocated, UTC; in a study that allocates sites, the day on which their site started. */
  readonly allocatedAt?: string;
  readonly siteStart?: string;
}

/** @returns undefined for who is not allocated, or whose site's phase has not started */
export async function armOf(tx: StoreTransaction, participant: ParticipantRow): Promise<StandingArm | undefined> {
  const { study, id, mode } = participant;
  const allocation = await tx.allocation(study, id);
  if (allocation !== undefined) {
    const corrections = await tx.corrections({ study, mode, unit: 'participant', subject: id });
    const { arm: drawn, allocatedAt } = allocation;
    return { arm: corrections.at(-1)?.arm ?? drawn, drawn, allocatedAt };
  }
  const site = settledSite(await tx.participantSites(study, id));
  return site === undefined ? undefined : armOfSite(tx, { study, mode, site });
}

/** @returns undefined before the site's phase has started */
export async function armOfSite(
  tx: StoreTransaction,
  { study, mode, site }: { readonly study: string; readonly mode: Mode; readonly site: string },
): Promise<StandingArm | undefined> {
  const row = await tx.siteArm(study, mode, site);
  if (row === undefined) return undefined;
  const corrections = await tx.corrections({ study, mode, unit: 'site', subject: site });
  const draw = await tx.siteDraw(study, mode, row.phase);
  const siteStart = draw?.startsOn ?? undefined;
  return { arm: corrections.at(-1)?.arm ?? row.arm, drawn: row.arm, ...(siteStart !== undefined && { siteStart }) };
}
