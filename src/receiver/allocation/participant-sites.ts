import { SteadyError } from '../../study/steady-error.ts';
import { participantChain } from '../audit.ts';
import { assertKnown, keptStudy } from '../kept-study.ts';
import type { KeyRing } from '../keys.ts';
import { nobodyCalled } from '../participants/nobody-called.ts';
import type { ParticipantRow } from '../store/participants-store.ts';
import type { ParticipantSiteRow } from '../store/sites-store.ts';
import { StoreError, type StoreTransaction } from '../store/store.ts';
import { allocationIn } from './kept-allocation.ts';
import { recordSealed } from './seal.ts';

/**
 * Which site a participant belongs to. In a study that allocates sites, their arm is that of their site at the baseline,
 * whenever it is drawn; where they move later is kept, and changes no arm.
 */

export interface SiteDesk {
  readonly keys: KeyRing;
  readonly newId: () => string;
}

/** Settles the site where a participant is now. Once. */
export async function settleSite(
  tx: StoreTransaction,
  desk: SiteDesk,
  participant: ParticipantRow,
  at: string,
): Promise<'settled' | 'settled-before' | 'no-site'> {
  const { study, id, site } = participant;
  if (settledSite(await tx.participantSites(study, id)) !== undefined) return 'settled-before';
  if (site === null) return 'no-site';
  await addSite(tx, desk, participant, { kind: 'baseline', site, reason: null, at });
  return 'settled';
}

/** The site that counts: that at the baseline, as it was corrected last. Undefined before the baseline. */
export function settledSite(rows: readonly ParticipantSiteRow[]): string | undefined {
  return rows.findLast(({ kind }) => kind !== 'move')?.site;
}

/** What is told of a change of site. */
export interface SiteChange {
  readonly study: string;
  readonly participant: string;
  readonly site: string;
  readonly reason: string;
  readonly at: string;
}

/**
 * Somebody works at another site from now on.
 *
 * @throws SteadyError `unknown-study`, `no-sites`, `unknown-participant`, `unknown-site`, `same-site`
 */
export async function moveToSite(tx: StoreTransaction, desk: SiteDesk, change: SiteChange): Promise<void> {
  const row = await changing(tx, change);
  if (row.site === change.site) {
    throw new SteadyError('same-site', `Participant ${row.id} is at the site "${change.site}" already.`);
  }
  await addSite(tx, desk, row, { ...change, kind: 'move' });
  await tx.changeParticipant(row.study, row.id, { site: change.site });
}

/**
 * The site that was settled for somebody, or should have been, was another one. The first one stays, with the reason
 * beside it.
 *
 * @throws as `moveToSite`
 */
export async function correctSettledSite(tx: StoreTransaction, desk: SiteDesk, change: SiteChange): Promise<void> {
  const row = await changing(tx, change);
  const settled = settledSite(await tx.participantSites(row.study, row.id));
  if (settled === change.site) {
    throw new SteadyError('same-site', `Participant ${row.id} is counted with the site "${change.site}" already.`);
  }
  await addSite(tx, desk, row, { ...change, kind: 'correction' });
}

async function changing(tx: StoreTransaction, { study, participant, site }: SiteChange): Promise<ParticipantRow> {
  const { sites } = await keptStudy(tx, study);
  if (sites.length === 0) throw await noSites(tx, study);
  assertKnown('site', [site], sites, study);
  return enrolled(tx, study, participant);
}

async function noSites(tx: StoreTransaction, study: string): Promise<SteadyError> {
  const file = (await tx.studyFiles(study)).at(-1);
  const byPerson = file !== undefined && allocationIn(file)?.unit === 'participant';
  const stays = byPerson
    ? ' It allocates participants, each by themselves, so an arm stays wherever somebody works. An arm that was told wrongly is put right with steady allocation correct and --arm.'
    : '';
  return new SteadyError(
    'no-sites',
    `The study "${study}", in its newest file, has no sites, so nobody is at one.${stays} To keep where people work, add "sites" to the study file and serve it first.`,
  );
}

/** @throws SteadyError `unknown-participant` */
export async function enrolled(tx: StoreTransaction, study: string, participant: string): Promise<ParticipantRow> {
  const row = await tx.participant(study, participant);
  if (row !== undefined) return row;
  throw new SteadyError('unknown-participant', nobodyCalled(participant, study));
}

async function addSite(
  tx: StoreTransaction,
  desk: SiteDesk,
  { study, id: participant, mode }: ParticipantRow,
  { kind, site, reason, at }: Pick<ParticipantSiteRow, 'kind' | 'site' | 'reason' | 'at'>,
): Promise<void> {
  const seq = (await tx.participantSites(study, participant)).length + 1;
  const row = { study, participant, seq, id: desk.newId(), mode, kind, site, reason, at };
  if (!(await tx.addParticipantSite(row))) throw new StoreError('run-again', 'Their site was changed meanwhile.');
  const event = kind === 'baseline' ? 'site-settled' : 'site-changed';
  const told = { study, chain: participantChain(participant), event, subjects: [participant], at, mode } as const;
  await recordSealed(tx, desk, told, sealedSite(row));
}

export function sealedSite(row: ParticipantSiteRow) {
  return { id: row.id, content: row };
}
