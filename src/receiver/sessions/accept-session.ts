import { hasHomework } from '../../schedule/course.ts';
import type { InterventionPlan } from '../../schedule/participant-plan.ts';
import { HOMEWORK_TASKS } from '../../study/homework.ts';
import type { ScheduleEvent } from '../../study/session-events.ts';
import type { SessionSubmission } from '../../submission/session-submission.ts';
import { type AuditEventName, participantChain, recordEvent } from '../audit.ts';
import type { Acceptance, Accepted, Desk } from '../desk.ts';
import { type Deviation, envelopeDeviations } from '../deviations.ts';
import { notSignedIn } from '../gate.ts';
import type { Arrival } from '../parse-submission.ts';
import { meOf, nextInReceipt } from '../participants/me.ts';
import type { SignedIn } from '../participants/sign-in.ts';
import type { KnownStudy } from '../served-study.ts';
import { storable } from '../storable.ts';
import type { SessionEventRow } from '../store/sessions-store.ts';
import type { StoreTransaction } from '../store/store.ts';
import { offeredSlots } from './my-sessions.ts';
import { noticeReviews } from './notice-reviews.ts';
import { planOf, type SessionCourse, sessionCourse } from './session-course.ts';

/**
 * What a participant says of their sessions: kept as it came, whatever it says, and read into their plan where it follows
 * from what is known. What does not is kept with why; nobody is asked to say it again, and nobody is ever withdrawn by it.
 */

type SessionArrival = Arrival & { readonly submission: SessionSubmission; readonly caller: SignedIn };

export async function acceptSession(desk: Desk, known: KnownStudy, arrival: SessionArrival): Promise<Acceptance> {
  const { submission } = arrival;
  const now = desk.now();
  const current = known.current.study;
  const asked = known.version(submission.studyVersion);
  const noted = envelopeDeviations(submission, { current, known: asked, mode: desk.mode, now })
    // Who takes part goes on when nobody new is taken.
    .filter((one) => one !== 'recruitment-closed');
  return (tx) => take(tx, desk, known, arrival, { noted, at: now.toISOString() });
}

/**
 * The audit row comes first: whatever else is said of the same participant waits for its transaction, and is then read with
 * what this one says.
 */
async function take(
  tx: StoreTransaction,
  desk: Desk,
  known: KnownStudy,
  arrival: SessionArrival,
  { noted, at }: { readonly noted: readonly Deviation[]; readonly at: string },
): Promise<Accepted> {
  const { submission, caller, body, bodySha256 } = arrival;
  const { keys, mode } = desk;
  const { id, kind, study, studyVersion, event } = submission;
  const { participant, site } = caller;
  const name: AuditEventName = event.type === 'left-intervention' ? 'intervention-withdrawn' : 'session-received';
  const subjects = [participant, id];
  const happened = { study, chain: participantChain(participant), event: name, subjects, at, mode };
  const { seq, mac } = await recordEvent(tx, keys.current, happened);
  const row = await tx.participant(study, participant);
  if (row === undefined) throw notSignedIn();
  const decided = await tx.decisions(study, participant);
  const course = await sessionCourse(tx, known.current.study, row, { decided, now: at });
  const eventId = desk.newId();
  const apart = noted.includes('mode') ? 'mode' : (course?.barred ?? null);
  const read = await reading(tx, course, { submission, eventId, at, isApart: apart !== null });
  const deviations = [...noted, ...(course?.barred ? [course.barred] : []), ...read.deviations];

  await tx.addSubmission({ study, id, kind, mode, studyVersion, receivedAt: at, body, bodySha256, participant });
  const given = { study, id: eventId, participant, seq, mode, submission: id, staff: null, receivedAt: at, deviations };
  await tx.addSessionEvent({ ...given, ...read.kept, apart: apart ?? read.apart });
  if (event.type === 'left-intervention') {
    await tx.addDecision({
      ...{ study, id: desk.newId(), submission: id, participant, seq, mode, studyVersion, receivedAt: at },
      ...{ version: null, language: null, documentDigest: null, outcome: 'withdrawn', scope: 'intervention' },
      ...{ erase: false, deviations: noted, body, bodySha256 },
    });
    const told = { study, type: 'withdrawn', participant, submission: id, at, mode } as const;
    await desk.queueEvent(tx, { ...told, ...(site !== null && { site }) });
  }
  if (course !== undefined && apart === null && read.event !== undefined) {
    const about = { study, participant, at, before: planOf(course), after: planOf(course, [read.event]) };
    await noticeReviews(tx, desk, about);
  }
  const next = nextInReceipt(await meOf(tx, known, caller, desk));
  return { receivedAt: at, auditHead: mac, deviations, ...next };
}

type Kept = Pick<SessionEventRow, 'session' | 'event' | 'task' | 'homework' | 'slot'>;

/** What a submission is among the events of sessions. */
interface Reading {
  readonly kept: Kept;
  /** Absent where it is none, or counts nowhere. */
  readonly event?: ScheduleEvent;
  /** Why it counts nowhere, where the events themselves would not say so. */
  readonly apart: string | null;
  readonly deviations: readonly Deviation[];
}

interface Reported {
  readonly submission: SessionSubmission;
  readonly eventId: string;
  readonly at: string;
  /** It counts nowhere, whatever it says. */
  readonly isApart: boolean;
}

const NOTHING: Kept = { session: null, event: null, task: null, homework: null, slot: null };

async function reading(tx: StoreTransaction, course: SessionCourse | undefined, reported: Reported): Promise<Reading> {
  const { submission, eventId, at, isApart } = reported;
  const said = submission.event;
  const own = { id: eventId, at, by: 'participant' as const };
  switch (said.type) {
    case 'left-intervention': {
      const { reason } = said;
      const event: ScheduleEvent = { ...own, event: 'left', ...(reason !== undefined && { reason: storable(reason) }) };
      const deviations = course === undefined ? [] : whyNot(course, event);
      return { kept: { ...NOTHING, event: JSON.stringify(event) }, apart: null, deviations };
    }
    case 'homework':
      return homeworkReading(course, said, own);
    case 'reschedule-asked':
      return slotReading(tx, course, said, reported);
    case 'missed':
    case 'recording-viewed': {
      const { session } = said;
      const event: ScheduleEvent =
        said.type === 'missed'
          ? { ...own, event: 'missed', session, reason: storable(said.reason) }
          : { ...own, event: 'recording-viewed', session };
      const kept = { ...NOTHING, session, event: JSON.stringify(event) };
      if (course === undefined) return { kept, apart: 'not-allocated', deviations: ['not-allocated'] };
      return { kept, apart: null, deviations: whyNot(course, event), ...(!isApart && { event }) };
    }
  }
}

type Said<Type extends SessionSubmission['event']['type']> = Extract<SessionSubmission['event'], { type: Type }>;

function homeworkReading(
  course: SessionCourse | undefined,
  { session, task, text }: Said<'homework'>,
  own: Pick<ScheduleEvent, 'id' | 'at' | 'by'>,
): Reading {
  const kept = { ...NOTHING, session, task, homework: storable(text) };
  if (course === undefined) return { kept, apart: 'not-allocated', deviations: ['not-allocated'] };
  // That something was written before is how homework is done.
  const why = whyNot(course, { ...own, event: 'homework-done', session }).filter((one) => one !== 'twice');
  const isKnown = why.length > 0 || tasksOf(course, planOf(course), session).includes(task);
  return { kept, apart: null, deviations: isKnown ? why : ['unknown-task'] };
}

function tasksOf({ arm }: SessionCourse, { sessions }: InterventionPlan, session: string): readonly string[] {
  const status = sessions.find(({ id }) => id === session);
  const series = arm.series.find(({ id }) => id === status?.series);
  if (status === undefined || series?.homework === undefined || !hasHomework(series, status.number)) return [];
  return HOMEWORK_TASKS[series.homework.kind];
}

/** A slot is taken only where asking for it follows; the one that they had before is somebody else's to take again. */
async function slotReading(
  tx: StoreTransaction,
  course: SessionCourse | undefined,
  { session, slot }: Said<'reschedule-asked'>,
  { submission: { study }, eventId, at, isApart }: Reported,
): Promise<Reading> {
  const asking: ScheduleEvent = { id: eventId, at, by: 'participant', event: 'rescheduled', session };
  const kept = { ...NOTHING, session, event: JSON.stringify(asking) };
  if (course === undefined) return { kept, apart: 'not-allocated', deviations: ['not-allocated'] };
  const why = whyNot(course, asking);
  if (why.length > 0 || isApart) return { kept, apart: null, deviations: why };
  const plan = planOf(course);
  const status = plan.sessions.find(({ id }) => id === session);
  const offered = status && offeredSlots(status, course, plan).find(({ id }) => id === slot);
  if (offered === undefined) {
    const row = course.postings.find(({ id, kind }) => id === slot && kind === 'slot');
    const isTaken = row !== undefined && row.taken >= (row.seats ?? 0);
    const reason = isTaken ? ('slot-taken' as const) : ('unknown-slot' as const);
    return { kept, apart: reason, deviations: [reason] };
  }
  const event: ScheduleEvent = { ...asking, startsAt: offered.startsAt };
  const again = whyNot(course, event);
  const given = { ...kept, event: JSON.stringify(event) };
  if (again.length > 0) return { kept: given, apart: null, deviations: again };
  if (!(await tx.takeSeat(study, slot))) return { kept, apart: 'slot-taken', deviations: ['slot-taken'] };
  const before = course.slots.get(session);
  if (before !== undefined) await tx.giveBackSeat(study, before);
  return { kept: { ...given, slot }, apart: null, deviations: [], event };
}

/** Why an event changes nothing, were it the next; nothing where it counts. */
function whyNot(course: SessionCourse, event: ScheduleEvent): readonly Deviation[] {
  return planOf(course, [event])
    .setAside.filter((one) => one.event === event)
    .map(({ why }) => why);
}
