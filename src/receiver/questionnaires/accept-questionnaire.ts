import { standing } from '../../consent/standing.ts';
import type { AssessmentStatus } from '../../schedule/assessments.ts';
import type { QuestionnaireSubmission } from '../../submission/questionnaire-submission.ts';
import { openChain, participantChain, recordEvent } from '../audit.ts';
import { asDecisions } from '../consent/standing.ts';
import { dayOf } from '../days.ts';
import type { Acceptance, Accepted, Desk } from '../desk.ts';
import { type Deviation, envelopeDeviations } from '../deviations.ts';
import { notSignedIn } from '../gate.ts';
import type { Arrival } from '../parse-submission.ts';
import { meOf } from '../participants/me.ts';
import type { SignedIn } from '../participants/sign-in.ts';
import { Refusal } from '../refusal.ts';
import type { KnownStudy } from '../served-study.ts';
import { storable } from '../storable.ts';
import type { QuestionnaireRow } from '../store/questionnaires-store.ts';
import type { StoreTransaction } from '../store/store.ts';
import { askedOf } from './asked.ts';
import { followUp } from './follow-up.ts';
import { allocateBy, noticeSafety } from './notice.ts';
import { readParts } from './read-parts.ts';
import { type ScoredPart, scoreParts, scoreRows } from './scoring.ts';

/**
 * A questionnaire: kept as it came, scored by the receiver in the same transaction, and, where the study allocates after it,
 * allocated by. Refused is only what is malformed or not from whom it must be; what is unusual is kept and named. What comes
 * from somebody whose consent does not stand is kept apart, until somebody on the staff decides.
 *
 * @throws Refusal `not-offered`, `not-signed-in`, `malformed-answers`
 */
export async function acceptQuestionnaire(
  desk: Desk,
  known: KnownStudy,
  arrival: Arrival & { submission: QuestionnaireSubmission; caller: SignedIn | undefined },
): Promise<Acceptance> {
  const { submission, caller } = arrival;
  const now = desk.now();
  const current = known.current.study;
  const asking = known.version(submission.studyVersion);
  const study = asking ?? current;
  const asked = askedOf(study, submission, caller !== undefined);
  const { languages } = study;
  const isKnown = asking !== undefined;
  const read = await readParts(submission, { asked, shelf: known.shelf, languages, isKnown });
  if (read.faults.length > 0) {
    const fix = 'Send each part once, as the study asks it, with values that it has; see "problems".';
    throw new Refusal('malformed-answers', fix, { faults: read.faults });
  }
  const envelope = envelopeDeviations(submission, { current, known: asking, mode: desk.mode, now });
  const noted: readonly Deviation[] = [
    // Who takes part goes on answering when nobody new is taken.
    ...envelope.filter((one) => caller === undefined || one !== 'recruitment-closed'),
    ...read.deviations,
    ...(caller?.replaced ? ['replaced-key' as const] : []),
  ];
  const scored = scoreParts(study, known.shelf.rules, submission);
  const taking = { known, judgedBy: study.version, at: now.toISOString(), noted, scored };
  return (tx) =>
    caller === undefined ? takeFromAnybody(tx, desk, arrival, taking) : takeFrom(tx, desk, caller, arrival, taking);
}

interface Taking {
  readonly known: KnownStudy;
  readonly judgedBy: string;
  readonly at: string;
  readonly noted: readonly Deviation[];
  readonly scored: readonly ScoredPart[];
}

type QuestionnaireArrival = Arrival & { readonly submission: QuestionnaireSubmission };

async function takeFromAnybody(
  tx: StoreTransaction,
  desk: Desk,
  arrival: QuestionnaireArrival,
  { known, judgedBy, at, noted, scored }: Taking,
): Promise<Accepted> {
  const { keys, mode } = desk;
  const { id, study, source } = arrival.submission;
  const day = dayOf(new Date(at), known.current.study);
  const chain = openChain(day, source === undefined ? undefined : storable(source));
  const received = { study, chain, event: 'questionnaire-received', subjects: [id], at: day, mode } as const;
  const { seq, mac } = await recordEvent(tx, keys.current, received);
  const apart = noted.includes('mode') ? 'mode' : null;
  await keep(tx, desk, arrival, {
    ...{ judgedBy, at, scored },
    row: { participant: null, seq, apart, deviations: noted },
  });
  await noticeSafety(tx, desk, { study, submission: id, participant: null, site: null }, { scored, at, chain });
  return { receivedAt: at, auditHead: mac, deviations: noted };
}

/**
 * The audit row comes first: whatever else the same participant hands in or decides waits for its transaction, so that one
 * of two is the first, and what they have decided stands.
 */
async function takeFrom(
  tx: StoreTransaction,
  desk: Desk,
  caller: SignedIn,
  arrival: QuestionnaireArrival,
  { known, judgedBy, at, noted, scored }: Taking,
): Promise<Accepted> {
  const { keys, mode } = desk;
  const { id, study, assessment, mode: claimed } = arrival.submission;
  const { participant, site } = caller;
  const chain = participantChain(participant);
  const received = { study, chain, event: 'questionnaire-received', subjects: [participant, id], at, mode } as const;
  const { seq, mac } = await recordEvent(tx, keys.current, received);
  const row = await tx.participant(study, participant);
  if (row === undefined) throw notSignedIn();
  const decided = await tx.decisions(study, participant);
  const current = known.current.study;
  const { barred, statuses, counting } = await followUp(tx, current, row, { decided, now: at });
  const status = statuses.find((one) => one.id === assessment);
  const day = dayOf(new Date(at), current);
  const deviations = [
    ...noted,
    ...(status !== undefined && isOutside(status, day, barred === undefined) ? ['out-of-window' as const] : []),
    ...(assessment !== undefined && counting.has(assessment) ? ['answered-before' as const] : []),
    ...(barred === undefined ? [] : [barred]),
  ];
  const apart = noted.includes('mode') ? 'mode' : (barred ?? null);
  await keep(tx, desk, arrival, { ...{ judgedBy, at, scored }, row: { participant, seq, apart, deviations } });
  await noticeSafety(tx, desk, { study, submission: id, participant, site }, { scored, at, chain });
  if (apart === null && assessment !== undefined) {
    const agreed = standing(asDecisions(decided));
    const baseline = { known, participant: row, assessment, submission: id, mode: claimed, standing: agreed, at };
    await allocateBy(tx, desk, baseline);
  }
  const { next } = await meOf(tx, known, caller, desk);
  return { receivedAt: at, auditHead: mac, deviations, ...(next !== null && { next }) };
}

/** @param isAsked whether windows are theirs at all: of who has not signed none is known */
function isOutside({ window, state }: AssessmentStatus, day: string, isAsked: boolean): boolean {
  if (window === undefined) return isAsked && state !== 'done';
  return day < window.first || day > window.last;
}

/** Keeps it as it came, and what it scores, unless it is kept apart. */
async function keep(
  tx: StoreTransaction,
  { mode, newId }: Desk,
  { submission, body, bodySha256 }: QuestionnaireArrival,
  {
    judgedBy,
    at,
    scored,
    row,
  }: Pick<Taking, 'judgedBy' | 'at' | 'scored'> & {
    readonly row: Pick<QuestionnaireRow, 'participant' | 'seq' | 'apart' | 'deviations'>;
  },
): Promise<void> {
  const { id, kind, study, studyVersion, assessment = null } = submission;
  const { participant, seq, apart } = row;
  await tx.addSubmission({ study, id, kind, mode, studyVersion, receivedAt: at, body, bodySha256, participant });
  const kept = { ...row, study, id: newId(), submission: id, assessment, mode, studyVersion, judgedBy, receivedAt: at };
  await tx.addQuestionnaire({ ...kept, counted: apart === null ? seq : null });
  if (apart === null) await tx.addScores(scoreRows(scored, kept, at));
}
