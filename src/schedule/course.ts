import type { AttendanceRules, Series } from '../study/arms-part.ts';
import type { ScheduleEvent, SessionEvent } from '../study/session-events.ts';
import type { Text } from '../study/text.ts';
import { type Recorded, reached, reviewsAt, rulesOf } from './attendance.ts';
import { dayIn, timeOf } from './days.ts';
import type { PlannedSeries } from './session-plan.ts';
import { advance, NOTHING_YET, overruledClaims, type Refusal, type SessionRecord } from './session-record.ts';

/**
 * A participant's way through an arm: everything that happened, in the order in which it happened, whatever the order in
 * which it was heard of. What cannot follow changes nothing, and is named. Nobody is withdrawn here by anything but `left`.
 */

/** A series with its sessions on the calendar. */
export interface PlacedSeries {
  readonly series: Series;
  readonly plan: PlannedSeries;
}

export interface Situation {
  /** UTC: what is later has not happened. */
  readonly now: string;
  readonly zone: string;
}

/** Staff are to speak with the participant. Raised once by each rule, and closed by staff alone (defaults 6 and 15). */
export interface Review {
  readonly series: string;
  readonly review: 'withdrawal';
  /** The number of misses that raised it. */
  readonly outstanding: number;
  /** UTC. */
  readonly raisedAt: string;
  readonly state: 'open' | 'closed';
  readonly closedAt?: string;
  /** What was decided, in staff's words. */
  readonly decision?: string;
  /** What the participant is told meanwhile, in the study's words. */
  readonly text?: Text;
}

/** An event that changes nothing, by its place in the list. */
export interface SetAside {
  readonly index: number;
  readonly event: ScheduleEvent;
  readonly why: Refusal;
}

export interface Course {
  /** By session; one that nothing was said of is not in it. */
  readonly records: Readonly<Record<string, SessionRecord>>;
  readonly reviews: readonly Review[];
  /** When the participant left the intervention, UTC; absent while they are in it. */
  readonly leftAt?: string;
  readonly setAside: readonly SetAside[];
}

/** The course without what was set aside. */
type Standing = Omit<Course, 'setAside'>;

/** What only a facilitator can say. A participant's word on it is named and changes nothing. */
const FACILITATORS: readonly ScheduleEvent['event'][] = [
  ...(['scheduled', 'cancelled', 'partial', 'returned', 'review-closed', 'retracted'] as const),
];

/** What must not be said without a reason. */
const REASONED: readonly ScheduleEvent['event'][] = ['returned', 'review-closed', 'retracted'];

/** @param events in any order; those of one instant count in the order of the list */
export function follow(
  events: readonly ScheduleEvent[],
  placed: readonly PlacedSeries[],
  situation: Situation,
): Course {
  const retracted = retractedIds(events, situation);
  const setAside: SetAside[] = [];
  let standing: Standing = { records: {}, reviews: [] };
  const inOrder = events
    .map((event, index) => ({ event, index }))
    .sort((a, b) => timeOf(a.event.at) - timeOf(b.event.at));
  for (const { event, index } of inOrder) {
    const isRetracted = event.event !== 'retracted' && event.id !== undefined && retracted.has(event.id);
    const next = isRetracted ? 'retracted' : step(standing, event, placed, situation, events);
    if (typeof next === 'string') setAside.push({ index, event, why: next });
    else standing = next;
  }
  // Known only at the end: a facilitator's word may come after the participant's.
  const overruled = new Set<ScheduleEvent>(Object.values(standing.records).flatMap(overruledClaims));
  for (const { event, index } of inOrder) {
    const isNamed = setAside.some((one) => one.index === index);
    if (overruled.has(event) && !isNamed) setAside.push({ index, event, why: 'overruled' });
  }
  return { ...standing, setAside: setAside.sort((a, b) => a.index - b.index) };
}

/** Ids of events that a facilitator has since called a mistake. */
function retractedIds(events: readonly ScheduleEvent[], { now }: Situation): ReadonlySet<string> {
  return new Set(
    events.flatMap((event) => {
      if (event.event !== 'retracted' || event.by !== 'facilitator' || event.reason === undefined) return [];
      return timeOf(event.at) <= timeOf(now) ? [event.of] : [];
    }),
  );
}

/** The course after an event; a refusal where it cannot follow. */
function step(
  course: Standing,
  event: ScheduleEvent,
  placed: readonly PlacedSeries[],
  situation: Situation,
  events: readonly ScheduleEvent[],
): Standing | Refusal {
  const isOverride = 'session' in event && event.override === true;
  if (timeOf(event.at) > timeOf(situation.now)) return 'future';
  if (event.by !== 'facilitator' && (isOverride || FACILITATORS.includes(event.event))) return 'facilitator-only';
  if (event.reason === undefined && (isOverride || REASONED.includes(event.event))) return 'needs-reason';
  switch (event.event) {
    case 'left':
      return course.leftAt === undefined ? { ...course, leftAt: event.at } : 'twice';
    case 'returned': {
      const { leftAt, ...rest } = course;
      return leftAt === undefined ? 'twice' : rest;
    }
    case 'review-closed':
      return closeReviews(course, event, placed);
    case 'retracted':
      return events.some(({ id, event: what }) => id === event.of && what !== 'retracted') ? course : 'unknown-event';
    default:
      return sessionStep(course, event, placed, situation);
  }
}

function sessionStep(
  course: Standing,
  event: SessionEvent,
  placed: readonly PlacedSeries[],
  { zone }: Situation,
): Standing | Refusal {
  const found = placed.find(({ plan }) => plan.sessions.some(({ id }) => id === event.session));
  const session = found?.plan.sessions.find(({ id }) => id === event.session);
  if (found === undefined || session === undefined) {
    return placed.some(({ plan }) => plan.before.includes(event.session)) ? 'before-joining' : 'unknown-session';
  }
  const record = course.records[event.session] ?? NOTHING_YET;
  const isOpen = event.override === true || record.overridden;
  if (course.leftAt !== undefined && !isOpen) return 'after-leaving';
  const { ends } = found.plan;
  const day = dayOf(event, record, zone);
  if (ends !== null && day !== undefined && day > ends && !isOpen) return 'after-end';
  if (event.event === 'missed' && day !== undefined && day < session.window.first) return 'not-begun';
  const refused = refusedBy(found.series, session.number, event);
  if (refused !== undefined) return refused;
  const rules = rulesOf(found.series);
  const next = advance(record, event, rules);
  if (typeof next === 'string') return next;
  return raiseReviews({ ...course, records: { ...course.records, [event.session]: next } }, found, rules, event.at);
}

/** What the series, or this session of it, does not have. */
function refusedBy(series: Series, number: number, { event }: SessionEvent): Refusal | undefined {
  const hasRecording = series.missed?.some((rule) => 'offer' in rule && rule.offer === 'recording') ?? false;
  if ((event === 'recording-opened' || event === 'recording-viewed') && !hasRecording) return 'no-recording';
  return event === 'homework-done' && !hasHomework(series, number) ? 'no-homework' : undefined;
}

/** Whether homework follows a session: all but the last, where the series does not say which (default 13). */
export function hasHomework({ homework, count }: Series, number: number): boolean {
  if (homework === undefined) return false;
  return homework.after === undefined ? number !== count : homework.after.includes(number);
}

const A_DAY = 24 * 60 * 60 * 1000;

/**
 * The day on which a session is held by this event: one that began before midnight is held on the day it began, whenever it
 * was over. Undefined for what can come after the last session: a recording, homework, staff's word that there was none.
 */
export function dayOf(event: SessionEvent, { startsAt }: SessionRecord, zone: string): string | undefined {
  switch (event.event) {
    case 'scheduled':
    case 'rescheduled':
      return dayIn(event.startsAt ?? event.at, zone);
    case 'attended':
    case 'partial':
    case 'missed': {
      const since = startsAt === undefined ? -1 : timeOf(event.at) - timeOf(startsAt);
      return dayIn(startsAt !== undefined && since >= 0 && since < A_DAY ? startsAt : event.at, zone);
    }
    default:
      return undefined;
  }
}

/** The sessions of a series in their order, with what is known of them. */
export const recordedIn = ({ plan }: PlacedSeries, records: Course['records']): readonly Recorded[] =>
  plan.sessions.map(({ id }) => ({ id, record: records[id] ?? NOTHING_YET }));

function raiseReviews(course: Standing, placed: PlacedSeries, rules: AttendanceRules, at: string): Standing {
  const { series } = placed;
  const misses = reached(recordedIn(placed, course.records), rules);
  const raised = reviewsAt(series, misses)
    .filter(
      ({ outstanding }) => !course.reviews.some((one) => one.series === series.id && one.outstanding === outstanding),
    )
    .map(
      ({ review, outstanding, text }): Review => ({
        ...{ series: series.id, review, outstanding, raisedAt: at, state: 'open' },
        ...(text && { text }),
      }),
    );
  return raised.length === 0 ? course : { ...course, reviews: [...course.reviews, ...raised] };
}

function closeReviews(
  course: Standing,
  { series, at, reason = '' }: Extract<ScheduleEvent, { event: 'review-closed' }>,
  placed: readonly PlacedSeries[],
): Standing | Refusal {
  if (!placed.some((one) => one.series.id === series)) return 'unknown-series';
  const isMeant = (review: Review): boolean => review.series === series && review.state === 'open';
  if (!course.reviews.some(isMeant)) return 'no-review';
  const closed = { state: 'closed', closedAt: at, decision: reason } as const;
  return { ...course, reviews: course.reviews.map((one) => (isMeant(one) ? { ...one, ...closed } : one)) };
}
