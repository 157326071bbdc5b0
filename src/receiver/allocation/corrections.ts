import { v7 } from 'uuid';
import { SteadyError } from '../../study/steady-error.ts';
import { participantChain, STUDY_CHAIN } from '../audit.ts';
import { assertKnown } from '../kept-study.ts';
import type { KeyRing } from '../keys.ts';
import type { AllocationCorrectionRow, CorrectionSubject } from '../store/allocation-store.ts';
import { type Store, StoreError, type StoreTransaction } from '../store/store.ts';
import { armOf, armOfSite, type StandingArm } from './arm-of.ts';
import { assertArm, keptAllocation, keptSiteAllocation } from './kept-allocation.ts';
import { correctSettledSite, enrolled, moveToSite } from './participant-sites.ts';
import { recordSealed } from './seal.ts';

/**
 * What was wrong about an allocation, told after it: a row is added with its reason, and what was drawn stays. So an
 * analysis can go by what was drawn, and everybody else by what holds.
 */

export interface CorrectionOffice {
  readonly store: Store;
  readonly keys: KeyRing;
  readonly now?: () => Date;
  readonly newId?: () => string;
}

type Of<Subject extends string, Change extends string> = {
  readonly [Key in Subject | Change | 'study' | 'reason']: string;
};

/**
 * A participant is in another arm than the one that was drawn for them.
 *
 * @throws SteadyError `unknown-study`, `no-allocation`, `by-site`, `unknown-arm`, `unknown-participant`,
 *   `not-allocated`, `same-arm`
 */
export function correctArm(office: CorrectionOffice, change: Of<'participant', 'arm'>): Promise<void> {
  const { study, participant, arm, reason } = change;
  return at(office, study, async (tx, desk) => {
    const kept = await keptAllocation(tx, study);
    if (kept.allocation.unit === 'site') {
      throw new SteadyError(
        'by-site',
        `"${study}" allocates sites. Correct which site the participant is counted with, or the arm of that site.`,
      );
    }
    assertArm(kept, arm);
    const row = await enrolled(tx, study, participant);
    const subject = { study, mode: row.mode, unit: 'participant', subject: participant } as const;
    await correct(tx, desk, { subject, before: await armOf(tx, row), arm, reason });
  });
}

/**
 * A site is in another arm than the one that was drawn for it.
 *
 * @throws SteadyError `unknown-study`, `no-allocation`, `not-by-site`, `unknown-arm`, `unknown-site`, `not-allocated`,
 *   `same-arm`
 */
export function correctSiteArm(office: CorrectionOffice, change: Of<'site', 'arm'>): Promise<void> {
  const { study, site, arm, reason } = change;
  return at(office, study, async (tx, desk) => {
    const kept = await keptSiteAllocation(tx, study);
    const ids = kept.sites.map(({ id }) => id);
    assertArm(kept, arm);
    assertKnown('site', [site], ids, study);
    const { mode } = kept;
    const before = await armOfSite(tx, { study, mode, site });
    await correct(tx, desk, { subject: { study, mode, unit: 'site', subject: site }, before, arm, reason });
  });
}

/**
 * A participant is counted with another site than the one that was settled at their baseline.
 *
 * @throws SteadyError `unknown-study`, `no-allocation`, `not-by-site`, `unknown-site`, `unknown-participant`, `same-site`
 */
export function correctSite(office: CorrectionOffice, change: Of<'participant', 'site'>): Promise<void> {
  return at(office, change.study, async (tx, desk) => {
    await keptSiteAllocation(tx, change.study);
    await correctSettledSite(tx, desk, { ...change, at: desk.at });
  });
}

/**
 * A participant works at another site from now on. Their arm stays.
 *
 * @throws SteadyError `unknown-study`, `no-sites`, `unknown-site`, `unknown-participant`, `same-site`
 */
export function recordMove(office: CorrectionOffice, change: Of<'participant', 'site'>): Promise<void> {
  return at(office, change.study, (tx, desk) => moveToSite(tx, desk, { ...change, at: desk.at }));
}

interface CorrectionDesk {
  readonly keys: KeyRing;
  readonly newId: () => string;
  readonly at: string;
}

function at(
  { store, keys, now = () => new Date(), newId = v7 }: CorrectionOffice,
  study: string,
  work: (tx: StoreTransaction, desk: CorrectionDesk) => Promise<void>,
): Promise<void> {
  const time = now().toISOString();
  return store.transaction(async (tx) => {
    await work(tx, { keys, newId, at: time });
    await tx.keepKeyId({ study, keyId: keys.current.id, firstUsedAt: time });
  });
}

async function correct(
  tx: StoreTransaction,
  desk: CorrectionDesk,
  {
    subject: of,
    before,
    arm,
    reason,
  }: { subject: CorrectionSubject; before: StandingArm | undefined; arm: string; reason: string },
): Promise<void> {
  const { study, mode, unit, subject } = of;
  const who = `${unit === 'site' ? 'Site' : 'Participant'} ${subject}`;
  if (before === undefined) {
    throw new SteadyError('not-allocated', `${who} has no arm yet, so there is nothing to correct.`);
  }
  if (before.arm === arm) throw new SteadyError('same-arm', `${who} is in that arm already. Nothing was changed.`);
  const seq = (await tx.corrections(of)).length + 1;
  const row: AllocationCorrectionRow = { ...of, seq, id: desk.newId(), arm, reason, correctedAt: desk.at };
  if (!(await tx.addCorrection(row))) throw new StoreError('run-again', 'Somebody else has corrected it meanwhile.');
  const chain = unit === 'site' ? STUDY_CHAIN : participantChain(subject);
  const event = { study, chain, event: 'allocation-corrected', subjects: [subject], at: desk.at, mode } as const;
  await recordSealed(tx, desk, event, sealedCorrection(row));
}

export function sealedCorrection(row: AllocationCorrectionRow) {
  return { id: row.id, content: row };
}
