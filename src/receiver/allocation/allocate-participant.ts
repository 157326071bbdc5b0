import { randomBytes } from 'node:crypto';
import { type BlockPlan, blockPlan, drawArm, drawSize, isFull, samePlan } from '../../allocation/blocks.ts';
import { type RandomBytes, recording } from '../../allocation/random.ts';
import { stratumName } from '../../allocation/strata.ts';
import type { Standing } from '../../consent/standing.ts';
import { type ParticipantAllocation, strataOf } from '../../study/allocation-part.ts';
import { participantChain } from '../audit.ts';
import type { Desk } from '../desk.ts';
import type { Mode } from '../mode.ts';
import type { KnownStudy } from '../served-study.ts';
import type { AllocationBlockRow, AllocationList, AllocationRow } from '../store/allocation-store.ts';
import type { ParticipantRow } from '../store/participants-store.ts';
import { StoreError, type StoreTransaction } from '../store/store.ts';
import { settleSite } from './participant-sites.ts';
import { planOf, planText, textOf } from './rows.ts';
import { recordSealed } from './seal.ts';
import { sourceValues } from './source-values.ts';

/**
 * Allocates a participant, in the transaction that records the assessment after which the study allocates: both are there
 * or neither. Once, and only who has a consent that stands.
 */

export interface Baseline {
  /** The study as it is served. */
  readonly known: KnownStudy;
  readonly participant: ParticipantRow;
  /** The assessment that is recorded, by its id. */
  readonly assessment: string;
  /** The submission that answers it, by its id, and the mode that it claims. */
  readonly submission: string;
  readonly mode: Mode;
  /** What the participant has decided until now; see the consent room. */
  readonly standing: Standing;
  /** When it was received, UTC. */
  readonly at: string;
}

/**
 * What was done. It never says an arm: what is not there cannot find its way into a receipt, a log or an error.
 *
 * `settled`: in a study that allocates sites, which site the participant belongs to. The second of each pair: that it was
 * done before, and nothing was now.
 */
export type AllocationOutcome = 'allocated' | 'allocated-before' | 'settled' | 'settled-before' | NotAllocated;

export type NotAllocated =
  /** The study allocates nobody, or not after this assessment. */
  | 'not-asked'
  /** The participant, or what they sent, is of the other mode than the receiver. */
  | 'other-mode'
  /** No consent stands, or they have withdrawn from the sessions. */
  | 'no-consent'
  /** The screening that counts is not eligible. */
  | 'not-eligible'
  /** The study allocates sites, and the participant has none. */
  | 'no-site';

/**
 * Safe to be run again, by the same submission or another one, at once or later. Where the transaction is run again from
 * the start, what was drawn before is forgotten and drawn anew: that depends on other writers, never on what was drawn.
 *
 * @param random cryptographically secure bytes
 * @throws StoreError `run-again`; AllocationError `random-broken`
 */
export async function allocateParticipant(
  tx: StoreTransaction,
  desk: Pick<Desk, 'keys' | 'mode' | 'newId'>,
  baseline: Baseline,
  random: RandomBytes = randomBytes,
): Promise<AllocationOutcome> {
  const { known, participant, assessment, standing, mode } = baseline;
  const { allocation } = known.current.study;
  if (allocation?.after !== assessment) return 'not-asked';
  if (participant.mode !== desk.mode || mode !== desk.mode) return 'other-mode';
  if (standing.state !== 'signed' || standing.intervention === 'withdrawn') return 'no-consent';
  const { study, id, screeningIdHash } = participant;
  const screened = screeningIdHash === null ? undefined : await tx.screening(study, [screeningIdHash]);
  if (screened !== undefined && screened.verdict !== 'eligible') return 'not-eligible';

  if (allocation.unit === 'site') return settleSite(tx, desk, participant, baseline.at);
  if ((await tx.allocation(study, id)) !== undefined) return 'allocated-before';
  const values = await sourceValues(tx, known, participant, screened);
  const list = { study, mode: desk.mode, stratum: stratumName(strataOf(allocation), values) };
  await draw(tx, desk, { list, allocation, baseline, random });
  return 'allocated';
}

async function draw(
  tx: StoreTransaction,
  desk: Pick<Desk, 'keys' | 'newId'>,
  {
    list,
    allocation,
    baseline,
    random,
  }: { list: AllocationList; allocation: ParticipantAllocation; baseline: Baseline; random: RandomBytes },
): Promise<void> {
  const { participant, submission, at } = baseline;
  const { version: studyVersion } = baseline.known.current.study;
  const { row: block, places } = await openBlock(tx, { list, plan: blockPlan(allocation), studyVersion, at, random });
  const source = recording(random);
  const taken = places.map((place) => place.arm);
  const arm = drawArm({ plan: planOf(block), size: block.blockSize }, taken, source.random);
  const row: AllocationRow = {
    ...list,
    participant: participant.id,
    id: desk.newId(),
    block: block.block,
    place: places.length + 1,
    arm,
    bytes: textOf(source.taken()),
    submission,
    studyVersion,
    allocatedAt: at,
  };
  if (!(await tx.addAllocation(row))) throw new StoreError('run-again', 'Somebody was allocated meanwhile.');
  const { study, mode } = list;
  const chain = participantChain(participant.id);
  const event = { study, chain, event: 'participant-allocated', subjects: [participant.id], at, mode } as const;
  await recordSealed(tx, desk, event, sealedAllocation(row, block));
}

/** An allocation is sealed with the block it was drawn from. */
export function sealedAllocation(row: AllocationRow, block: AllocationBlockRow) {
  return { id: row.id, content: [row, block] };
}

/**
 * The block that has a place for whoever comes next: the one that is open, or a new one where that is full or was made for
 * a ratio or for sizes that are no longer the study's.
 */
async function openBlock(
  tx: StoreTransaction,
  {
    list,
    plan,
    studyVersion,
    at,
    random,
  }: { list: AllocationList; plan: BlockPlan; studyVersion: string; at: string; random: RandomBytes },
): Promise<{ readonly row: AllocationBlockRow; readonly places: readonly AllocationRow[] }> {
  const last = await tx.countDraw(list);
  const before = last === 0 ? undefined : await tx.allocationBlock(list, last);
  if (before !== undefined) {
    const places = await tx.places(list, last);
    const open = { plan: planOf(before), size: before.blockSize };
    const taken = places.map((place) => place.arm);
    if (samePlan(open.plan, plan) && !isFull(open, taken)) return { row: before, places };
  }
  const source = recording(random);
  const blockSize = drawSize(plan, source.random);
  const opened = { ...list, block: last + 1, plan: planText(plan), blockSize, studyVersion, blockOpenedAt: at };
  const row = { ...opened, bytes: textOf(source.taken()) };
  await tx.openBlock(row);
  return { row, places: [] };
}
