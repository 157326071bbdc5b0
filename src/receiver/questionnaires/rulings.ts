import { standing } from '../../consent/standing.ts';
import { parseJson } from '../../study/read.ts';
import { SteadyError } from '../../study/steady-error.ts';
import type { QuestionnaireSubmission } from '../../submission/questionnaire-submission.ts';
import { type AuditEventName, participantChain, recordEvent } from '../audit.ts';
import { asDecisions } from '../consent/standing.ts';
import type { Desk } from '../desk.ts';
import { isSubmission } from '../parse-submission.ts';
import { type ProblemName, Refusal } from '../refusal.ts';
import type { KnownStudy } from '../served-study.ts';
import { ERASED } from '../store/erasures-store.ts';
import type { QuestionnaireRow, RulingRow } from '../store/questionnaires-store.ts';
import { StoreError, type StoreTransaction } from '../store/store.ts';
import { allocateBy } from './notice.ts';
import { scoreParts, scoreRows } from './scoring.ts';

/**
 * What becomes of a questionnaire that is kept apart: a coordinator releases it, and from then on it counts, or keeps it out.
 * What is kept out can be released later; what counts has scores, and may have allocated somebody, and stays.
 */

export const RULING_PROBLEMS = [
  'unknown-questionnaire',
  'ruled-before',
  'not-releasable',
  'was-erased',
] as const satisfies readonly ProblemName[];

export type NewRuling = Pick<RulingRow, 'study' | 'submission' | 'ruling' | 'reason' | 'staff'>;

const EVENTS: Readonly<Record<RulingRow['ruling'], AuditEventName>> = {
  release: 'questionnaire-released',
  'keep-out': 'questionnaire-kept-out',
};

/**
 * @param isTheirs whether the caller may decide about this participant
 * @throws Refusal as `RULING_PROBLEMS`
 */
export async function ruleOn(
  tx: StoreTransaction,
  desk: Pick<Desk, 'keys' | 'mode' | 'now' | 'newId'>,
  known: KnownStudy,
  { study, submission, ruling, reason, staff }: NewRuling,
  isTheirs: (participant: string) => Promise<boolean>,
): Promise<void> {
  const at = desk.now().toISOString();
  const participant = (await tx.questionnaire(study, submission))?.participant ?? null;
  if (participant === null || !(await isTheirs(participant))) throw unknown();
  // Whoever else rules on it waits for this transaction from here on, and then sees what it decided.
  const told = { study, chain: participantChain(participant), event: EVENTS[ruling], at, mode: desk.mode } as const;
  const { seq: counted } = await recordEvent(tx, desk.keys.current, {
    ...told,
    subjects: [participant, submission, staff],
  });
  const row = await tx.questionnaire(study, submission);
  if (row === undefined || row.apart === null) throw unknown();
  const before = await tx.rulings(study, submission);
  if (row.counted !== null || before.at(-1)?.ruling === ruling) {
    throw new Refusal('ruled-before', 'What was decided stands already: GET /staff/kept-apart has it.');
  }
  if (ruling === 'release' && row.apart === 'mode') {
    throw new Refusal('not-releasable', 'It claims another mode than this receiver’s, and counts nowhere.');
  }
  if (ruling === 'release' && (await isErased(tx, row))) {
    throw new Refusal('was-erased', 'Its answers are gone, as its participant has asked. Keep it out.');
  }
  const added = await tx.addRuling({ study, submission, seq: before.length + 1, ruling, reason, staff, ruledAt: at });
  if (!added) throw new StoreError('run-again', 'Somebody else has ruled on it meanwhile.');
  if (ruling === 'release') await release(tx, desk, known, { row, participant, counted, at });
}

async function isErased(tx: StoreTransaction, { study, submission }: QuestionnaireRow): Promise<boolean> {
  return (await tx.submission(study, submission))?.body === ERASED;
}

/** Does what would have been done when it came, had the consent stood. */
async function release(
  tx: StoreTransaction,
  desk: Pick<Desk, 'keys' | 'mode' | 'newId'>,
  known: KnownStudy,
  {
    row,
    participant: id,
    counted,
    at,
  }: { readonly row: QuestionnaireRow; readonly participant: string; readonly counted: number; readonly at: string },
): Promise<void> {
  const { study, submission, assessment } = row;
  await tx.countQuestionnaire(study, submission, counted);
  const given = await submissionOf(tx, row);
  const judgedBy = known.version(row.judgedBy) ?? known.current.study;
  await tx.addScores(scoreRows(scoreParts(judgedBy, known.shelf.rules, given), row, at));
  const participant = await tx.participant(study, id);
  if (assessment === null || participant === undefined) return;
  const agreed = standing(asDecisions(await tx.decisions(study, id)));
  await allocateBy(tx, desk, { known, participant, assessment, submission, mode: given.mode, standing: agreed, at });
}

/**
 * What was handed in, read again from the bytes that were kept.
 *
 * @throws SteadyError `body-unreadable`
 */
export async function submissionOf(
  tx: StoreTransaction,
  { study, submission }: Pick<QuestionnaireRow, 'study' | 'submission'>,
): Promise<QuestionnaireSubmission> {
  const body = (await tx.submission(study, submission))?.body;
  const given = body === undefined ? undefined : parseJson(body);
  if (isSubmission(given) && given.kind === 'questionnaire') return given;
  throw new SteadyError('body-unreadable', `The submission ${submission}, as it was kept, cannot be read.`);
}

function unknown(): Refusal {
  const fix = 'Check the id in the address: GET /staff/kept-apart has those that are kept apart.';
  return new Refusal('unknown-questionnaire', fix);
}
