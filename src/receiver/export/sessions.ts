import { rulesOf } from '../../schedule/attendance.ts';
import type { Counts } from '../../schedule/counts.ts';
import type { InterventionPlan } from '../../schedule/participant-plan.ts';
import type { HistoryEntry, SessionStatus } from '../../schedule/session-status.ts';
import type { Series } from '../../study/arms-part.ts';
import type { ScheduleEvent } from '../../study/session-events.ts';
import { detailsOf } from '../sessions/postings.ts';
import { planOf, type SessionCourse, sessionCourse } from '../sessions/session-course.ts';
import type { Decided } from '../store/consent-store.ts';
import type { ParticipantRow } from '../store/participants-store.ts';
import type { SessionEventRow } from '../store/sessions-store.ts';
import type { StoreTransaction } from '../store/store.ts';
import { daysBetween, studyDay } from './coding.ts';
import type { PersonRules } from './person.ts';

/**
 * What was done with somebody in their arm, session by session, and everything that was said of it, coded. Who has sessions, how
 * many and which, tells an arm: it is for exports with arms alone, and in the others nothing of it is left, not even a number.
 */
export interface ExportedSessions {
  /** The day that sessions count from; null while it is not known. */
  readonly start: number | null;
  /** The day on which they left the intervention, or all of the study. */
  readonly left: number | null;
  /** Code of the group that they are in now. */
  readonly group: string | null;
  readonly series: readonly (Counts & { readonly series: string })[];
  readonly sessions: readonly ExportedSession[];
  readonly sessionEvents: readonly ExportedSessionEvent[];
}

export interface ExportedSession
  extends Pick<SessionStatus, 'series' | 'number' | 'state' | 'missed' | 'outstanding' | 'received'> {
  readonly session: string;
  readonly optional: boolean;
  /** Days, as all that follow. */
  readonly windowFirst: number | null;
  readonly windowLast: number | null;
  /** On which it begins, or began; null where no time is set. */
  readonly scheduledDay: number | null;
  readonly heldDay: number | null;
  readonly onTime: boolean | null;
  /** How long it was to take. */
  readonly minutes: number | null;
  /** How often, and how many of these with a good reason. */
  readonly misses: number;
  readonly excused: number;
  /** How a miss was made good. */
  readonly madeUp: 'new-time' | 'recording' | null;
  readonly recordingDay: number | null;
  readonly homework: 'not-yet' | 'open' | 'done' | null;
  readonly participantSaid: Attendance | null;
  readonly facilitatorSaid: Attendance | null;
}

const ATTENDANCE = ['attended', 'partial', 'missed'] as const;
type Attendance = (typeof ATTENDANCE)[number];

export interface ExportedSessionEvent {
  /** 1, 2, 3 … in the order in which they were taken in. */
  readonly order: number;
  readonly event: ScheduleEvent['event'] | 'homework';
  readonly session: string | null;
  /** What was written, of homework. */
  readonly task: string | null;
  readonly by: 'participant' | 'facilitator';
  /** When it happened; `receivedDay`, when it was taken in. */
  readonly day: number;
  readonly receivedDay: number;
  /** The day that it sets for the session. */
  readonly startsDay: number | null;
  readonly excused: boolean;
  /** Taken though it came too late. */
  readonly override: boolean;
  /** The event that was a mistake, by its order. */
  readonly retracts: number | null;
  /** Why it changes nothing. */
  readonly setAside: string | null;
  readonly deviations: readonly string[];
  /** With free text alone: the reason, or the homework. */
  readonly text?: string | null;
}

export interface SessionRules extends Pick<PersonRules, 'study' | 'coding' | 'freeText' | 'at'> {
  readonly decided: readonly Decided[];
  /** The participant's first day. */
  readonly first: string;
}

/** What was not taken along, by why. */
interface LeftOut {
  readonly keptApart: number;
  readonly values: number;
}

/** Kept apart, or of the other mode: not exported, as questionnaires are not. Other names say why it changes nothing. */
const APART: ReadonlySet<string> = new Set(['mode', 'no-consent', 'consent-declined', 'consent-withdrawn']);

export async function sessionsOf(
  tx: StoreTransaction,
  participant: ParticipantRow,
  rules: SessionRules,
): Promise<{ readonly found: ExportedSessions; readonly leftOut: LeftOut }> {
  const { study, coding, decided, at, first, freeText } = rules;
  const offset = (instant: string): number => daysBetween(first, studyDay(instant, study)) ?? 0;
  const said = await tx.sessionEvents(study.id, participant.id);
  const rows = said.filter(({ apart }) => apart === null || !APART.has(apart));
  const course = await sessionCourse(tx, study, participant, { decided, now: at });
  const plan = course && planOf(course);
  const group = (await tx.groupsOf(study.id, participant.id)).at(-1)?.name;
  const told = eventsIn(rows, plan, offset);
  const texts = told.filter(({ text }) => text !== null).length;
  const found: ExportedSessions = {
    start: plan?.start == null ? null : (daysBetween(first, plan.start) ?? null),
    left: plan?.leftAt === undefined ? null : offset(plan.leftAt),
    group: group === undefined ? null : coding.group(group),
    series: (plan?.series ?? []).flatMap(({ id, counts }) => (counts === undefined ? [] : [{ series: id, ...counts }])),
    sessions: course && plan ? sessionsIn(course, plan, { first, today: studyDay(at, study), offset }) : [],
    sessionEvents: told.map(({ text, ...event }) => ({ ...event, ...(freeText && { text }) })),
  };
  return { found, leftOut: { keptApart: said.length - rows.length, values: freeText ? 0 : texts } };
}

interface Days {
  readonly first: string;
  readonly today: string;
  offset(instant: string): number;
}

/** Of a series without an end those that have begun, and whatever something was said of. */
function sessionsIn(course: SessionCourse, plan: InterventionPlan, days: Days): readonly ExportedSession[] {
  return plan.sessions.flatMap((session) => {
    const series = course.arm.series.find(({ id }) => id === session.series);
    const isReal = series?.count !== undefined || session.window.first <= days.today || session.history.length > 0;
    return series === undefined || !isReal ? [] : [exportedSession(session, series, course, days)];
  });
}

function exportedSession(
  session: SessionStatus,
  series: Series,
  { postings }: SessionCourse,
  { first, offset }: Days,
): ExportedSession {
  const { id, number, state, window, startsAt, heldOn, onTime, misses, missed, outstanding, received } = session;
  const day = (one: string | null | undefined) => (one == null ? null : (daysBetween(first, one) ?? null));
  const viewed = session.history.find((one) => isViewing(one, series));
  return {
    ...{ series: series.id, session: id, number, optional: series.optional === true, state },
    ...{ windowFirst: day(window.first), windowLast: day(window.last) },
    ...{ scheduledDay: startsAt === undefined ? null : offset(startsAt), heldDay: day(heldOn), onTime: onTime ?? null },
    minutes: detailsOf(session, postings)?.minutes ?? series.minutes ?? null,
    ...{ misses: misses.length, excused: misses.filter(({ excused }) => excused).length, missed, outstanding },
    madeUp: madeUpBy(session, viewed),
    ...{ recordingDay: viewed === undefined ? null : offset(viewed.at), received },
    homework: session.homework ?? null,
    ...{ participantSaid: wordOf('participant', session), facilitatorSaid: wordOf('facilitator', session) },
  };
}

function madeUpBy({ misses, heldOn }: SessionStatus, viewed: HistoryEntry | undefined): ExportedSession['madeUp'] {
  if (misses.length === 0) return null;
  if (heldOn !== undefined) return 'new-time';
  return viewed === undefined ? null : 'recording';
}

function isViewing({ event, setAside }: HistoryEntry, series: Series): boolean {
  const isOpened = event === 'recording-opened' && rulesOf(series).recordingSeen === 'opened';
  return setAside === undefined && (event === 'recording-viewed' || isOpened);
}

/** What somebody said last, whether it holds or the other's word does: both stay (default 20 of docs/schedule.md). */
function wordOf(by: HistoryEntry['by'], { history }: SessionStatus): Attendance | null {
  const last = history.findLast((one) => one.by === by && isAttendance(one.event) && isSaid(one));
  return last !== undefined && isAttendance(last.event) ? last.event : null;
}

const isSaid = ({ setAside }: HistoryEntry): boolean => setAside === undefined || setAside === 'overruled';

const isAttendance = (event: HistoryEntry['event']): event is Attendance =>
  ATTENDANCE.some((attendance) => attendance === event);

type Told = Omit<ExportedSessionEvent, 'text'> & { readonly text: string | null };

function eventsIn(
  rows: readonly SessionEventRow[],
  plan: InterventionPlan | undefined,
  offset: Days['offset'],
): readonly Told[] {
  const orders = new Map(rows.map(({ id }, index) => [id, index + 1]));
  return rows.map((row, index): Told => {
    const { session, task, homework, receivedAt, deviations, apart } = row;
    const event: ScheduleEvent | undefined = row.event ? JSON.parse(row.event) : undefined;
    const said = event ?? { event: 'homework' as const, at: receivedAt, by: 'participant' as const, reason: undefined };
    const starts = 'startsAt' in said ? said.startsAt : undefined;
    return {
      ...{ order: index + 1, event: said.event, session, task, by: said.by },
      ...{
        day: offset(said.at),
        receivedDay: offset(receivedAt),
        startsDay: starts === undefined ? null : offset(starts),
      },
      excused: 'excused' in said && said.excused === true,
      override: 'override' in said && said.override === true,
      retracts: 'of' in said ? (orders.get(said.of) ?? null) : null,
      setAside: apart ?? whyNot(plan, { row, event }) ?? null,
      deviations,
      // A reason that was erased is there without a word.
      text: homework ?? (said.reason || null),
    };
  });
}

/** By id, as the course has it: that somebody left is there by the decision that it came with. */
function whyNot(
  plan: InterventionPlan | undefined,
  { row, event }: { readonly row: SessionEventRow; readonly event: ScheduleEvent | undefined },
): string | undefined {
  if (plan === undefined) return 'not-allocated';
  const found = plan.setAside.find(({ event: one }) =>
    event === undefined
      ? one.event === 'homework-done' && one.session === row.session
      : one.id === row.id || (one.event === 'left' && one.id === row.submission),
  );
  return found?.why;
}
