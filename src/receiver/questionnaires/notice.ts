import { type AllocationOutcome, allocateParticipant, type Baseline } from '../allocation/allocate-participant.ts';
import { participantChain } from '../audit.ts';
import type { Desk } from '../desk.ts';
import { raiseFlag } from '../flags.ts';
import type { QuestionnaireRow } from '../store/questionnaires-store.ts';
import type { StoreTransaction } from '../store/store.ts';
import type { ScoredPart } from './scoring.ts';

/** What somebody on the staff has to know of a questionnaire, in the transaction that takes it in. */

/**
 * An answer that its instrument's safety rule names: a flag, a row in the audit, and an event for the study's webhook. Also of
 * what is kept apart: whoever may be in danger is somebody to see at once, whatever they have signed.
 *
 * @param chain the audit chain of whom it came from
 */
export async function noticeSafety(
  tx: StoreTransaction,
  desk: Pick<Desk, 'keys' | 'mode' | 'queueEvent'>,
  row: Pick<QuestionnaireRow, 'study' | 'submission' | 'participant'> & { readonly site: string | null },
  { scored, at, chain }: { readonly scored: readonly ScoredPart[]; readonly at: string; readonly chain: string },
): Promise<void> {
  const raising = scored.filter(({ score }) => score.flags.length > 0).map(({ instrument }) => instrument.id);
  if (raising.length === 0) return;
  const { study, submission, participant, site } = row;
  const subjects = [...(participant === null ? [] : [participant]), submission, ...raising];
  await raiseFlag(tx, desk, { study, kind: 'safety', subjects, at, event: 'safety-noticed', chain });
  await desk.queueEvent(tx, {
    ...{ study, type: 'safety', submission, at, mode: desk.mode },
    ...(participant !== null && { participant }),
    ...(site !== null && { site }),
  });
}

const WANTING = {
  'no-site': 'not-allocated-no-site',
  'no-consent': 'not-allocated-no-consent',
  'not-eligible': 'not-allocated-not-eligible',
  'other-mode': 'not-allocated-other-mode',
} as const;

const isWanting = (outcome: AllocationOutcome): outcome is keyof typeof WANTING => Object.hasOwn(WANTING, outcome);

/**
 * Allocates whose assessment is the one that the study allocates after. Who should be and is not is flagged; nobody is told
 * more of it, nor where anybody was allocated.
 */
export async function allocateBy(
  tx: StoreTransaction,
  desk: Pick<Desk, 'keys' | 'mode' | 'newId'>,
  baseline: Baseline,
): Promise<void> {
  const outcome = await allocateParticipant(tx, desk, baseline);
  if (!isWanting(outcome)) return;
  const { participant, submission, at } = baseline;
  const { study, id } = participant;
  const flag = { study, kind: WANTING[outcome], subjects: [id, submission], at } as const;
  await raiseFlag(tx, desk, { ...flag, event: 'allocation-wanting', chain: participantChain(id) });
}
