import type { Arm } from '../study/arms-part.ts';
import { isDay } from '../study/day.ts';
import type { Study } from '../study/schema.ts';
import type { ScheduleEvent } from '../study/session-events.ts';
import { list } from '../study/wording.ts';
import { type Anchors, type AssessmentStatus, assessmentStatuses } from './assessments.ts';
import { type Offer, offersOf } from './attendance.ts';
import { type Counts, countsOf } from './counts.ts';
import { follow, type PlacedSeries, type Review, recordedIn, type SetAside } from './course.ts';
import { dayIn } from './days.ts';
import { ScheduleError } from './schedule-error.ts';
import { planSeries } from './session-plan.ts';
import { isClosed, type SessionStatus, sessionStatuses } from './session-status.ts';

/**
 * Everything that a participant has to do, and everything that staff have to look at, on one day: from the study, the
 * participant's arm, the days that are known of them and what has happened. A pure function, run by the receiver for
 * `GET /me` and by the command line; its answer is plain data, days as `2026-03-08` and times in UTC, which Intl shows.
 */

export interface PlanInput {
  /** Absent until the participant is allocated. */
  readonly arm?: string;
  /** What is recorded of the participant, each as a day or as a UTC time. */
  readonly anchors: Anchors;
  /** The day that sessions count from, where it is not the arm's anchor. */
  readonly start?: string;
  readonly events: readonly ScheduleEvent[];
  /** What was handed in, with the time in UTC. */
  readonly handedIn: readonly { readonly assessment: string; readonly at: string }[];
  /** UTC. */
  readonly now: string;
  /** IANA name of the zone whose days count. */
  readonly zone: string;
}

export interface SeriesStatus {
  readonly id: string;
  readonly optional: boolean;
  /** The last day on which a session can be held; null where nothing ends it. */
  readonly ends: string | null;
  /** No session can be held any more: it has ended, or the participant has left. */
  readonly closed: boolean;
  /** Absent for an optional series. */
  readonly counts?: Counts;
}

export interface InterventionPlan {
  readonly arm: string;
  /** Null while the day is not known that its sessions count from: nothing is planned until then. */
  readonly start: string | null;
  readonly state: 'open' | 'left';
  /** UTC. */
  readonly leftAt?: string;
  readonly series: readonly SeriesStatus[];
  readonly sessions: readonly SessionStatus[];
  /** Ids of the sessions that were missed and not made good. */
  readonly outstanding: readonly string[];
  /** For the participant. */
  readonly offers: readonly Offer[];
  /** For staff. */
  readonly reviews: readonly Review[];
  /** Over every series that has a number of sessions and is not optional; null for an arm without one. */
  readonly total: Counts | null;
  /** Events that change nothing, each with why. */
  readonly setAside: readonly SetAside[];
}

export interface ParticipantPlan {
  readonly day: string;
  readonly zone: string;
  readonly assessments: readonly AssessmentStatus[];
  /** Null until the participant is allocated. What blinded staff are shown must not hold it. */
  readonly intervention: InterventionPlan | null;
}

/** @throws ScheduleError `no-such-arm` */
export function planFor(study: Pick<Study, 'arms' | 'assessments'>, input: PlanInput): ParticipantPlan {
  const { zone, now, handedIn } = input;
  const day = dayIn(now, zone);
  const anchors: Anchors = Object.fromEntries(
    Object.entries(input.anchors).map(([anchor, time]) => [anchor, asDay(time, zone)]),
  );
  const done = handedIn.map(({ assessment, at }) => ({ assessment, day: dayIn(at, zone) }));
  return {
    day,
    zone,
    assessments: assessmentStatuses(study.assessments ?? [], anchors, done, day),
    intervention: input.arm === undefined ? null : intervention(armOf(study, input.arm), anchors, day, input),
  };
}

const asDay = (time: string, zone: string): string => (isDay(time) ? time : dayIn(time, zone));

function armOf({ arms = [] }: Pick<Study, 'arms'>, id: string): Arm {
  const arm = arms.find((one) => one.id === id);
  if (arm !== undefined) return arm;
  const known = arms.map((one) => one.id);
  const fix = known.length === 0 ? 'It has no arms.' : `It has ${list(known, 'and')}.`;
  throw new ScheduleError('no-such-arm', `The study has no arm "${id}". ${fix}`);
}

function intervention(arm: Arm, anchors: Anchors, day: string, input: PlanInput): InterventionPlan {
  const { events, now, zone } = input;
  const start = input.start ?? anchors[arm.anchor ?? 'allocation'];
  const placed: readonly PlacedSeries[] =
    start === undefined
      ? []
      : arm.series.map((series) => ({ series, plan: planSeries(series, start, day, anchors.consent) }));
  const course = follow(events, placed, { now, zone });
  const statuses = placed.map((one) => ({
    placed: one,
    sessions: sessionStatuses(one, course, events, { day, zone }),
    closed: isClosed(one, course, day),
  }));
  const sessions = statuses.flatMap((one) => one.sessions);
  const counted = statuses.filter(({ placed: { series } }) => series.count !== undefined && series.optional !== true);
  return {
    arm: arm.id,
    start: start ?? null,
    state: course.leftAt === undefined ? 'open' : 'left',
    ...(course.leftAt !== undefined && { leftAt: course.leftAt }),
    series: statuses.map((one) => seriesStatus(one, day)),
    sessions,
    outstanding: sessions.filter(({ outstanding }) => outstanding).map(({ id }) => id),
    offers:
      course.leftAt === undefined
        ? statuses.flatMap((one) => offersOf(one.placed.series, recordedIn(one.placed, course.records), one.closed))
        : [],
    reviews: course.reviews,
    total: counted.length === 0 ? null : countsOf(counted.flatMap((one) => one.sessions)),
    setAside: course.setAside,
  };
}

function seriesStatus(
  {
    placed: { series, plan },
    sessions,
    closed,
  }: { readonly placed: PlacedSeries; readonly sessions: readonly SessionStatus[]; readonly closed: boolean },
  day: string,
): SeriesStatus {
  const begun = series.count === undefined ? sessions.filter(({ window }) => window.first <= day) : sessions;
  return {
    id: series.id,
    optional: series.optional === true,
    ends: plan.ends,
    closed,
    ...(series.optional !== true && { counts: countsOf(begun) }),
  };
}
