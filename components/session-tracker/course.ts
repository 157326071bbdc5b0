import type { MyAssessment, MySession, MySessions } from '../../src/submission/participation.ts';
import { dayIn } from './times.ts';

/**
 * A participant's way through the study as somebody looks at it: what is open now, what comes next, and a line of stops for
 * everything. Plain data from what the endpoint says; no state is decided here.
 */

/** What is shown: told by `GET /me`, or by the page. */
export interface Plan {
  /** Absent until it is known what is done in the participant's arm. */
  readonly sessions?: MySessions | undefined;
  readonly assessments?: readonly MyAssessment[] | undefined;
}

/** What a stop looks like. `open`: an assessment that can be answered now. `unsaid`: over, and nobody has said anything of it. */
export type Mark =
  | MySession['state']
  | 'next'
  | 'unsaid'
  | 'waiting'
  | 'open'
  | 'done'
  | 'not-yet'
  | 'not-answered'
  | 'unknown';

export type Stop =
  | {
      readonly kind: 'session';
      readonly id: string;
      readonly mark: Mark;
      readonly day: string;
      readonly session: MySession;
    }
  | {
      readonly kind: 'assessment';
      readonly id: string;
      readonly mark: Mark;
      /** Absent while it is not known. */
      readonly day: string | undefined;
      readonly assessment: MyAssessment;
    };

/** One line of stops. */
export interface Track {
  /** The series that it is of; absent on the main line, which has the assessments too. */
  readonly series?: string;
  readonly optional: boolean;
  readonly stops: readonly Stop[];
  /** How many stops there are in all, where only those around today are among `stops`. */
  readonly total: number;
}

export interface Course {
  /** Assessments that can be answered now, the soonest to close first. */
  readonly open: readonly MyAssessment[];
  /** The session that comes next, of those that are asked for; else of those that are optional. */
  readonly next: MySession | undefined;
  /** What comes after that, of each other series and of the assessments, the soonest first; two at most. */
  readonly after: readonly Stop[];
  readonly tracks: readonly Track[];
}

/** Of a longer series only the stops around today stand on its line. */
const LONG = 12;
const BEHIND = 2;
const AHEAD = 4;
/** Minutes after its start, where its length is not known, until a session is taken to be over. */
const USUAL_LENGTH = 60;

/** @param long how many stops of a series stand on one line with the others; a longer series has a line of those around today */
export function courseOf(plan: Plan, now: Date, long = LONG): Course {
  const sessions = plan.sessions?.plan ?? [];
  const zone = plan.sessions?.timeZone ?? 'UTC';
  const isLeft = plan.sessions?.state === 'left';
  const coming = sessions
    .filter((session) => !isLeft && isToCome(session, now))
    .sort((one, other) => compare(whenOf(one), whenOf(other)));
  const next = coming.find(({ optional }) => !optional) ?? coming[0];
  const assessments = plan.assessments ?? [];
  const stops = sessions.map((session) => sessionStop(session, { now, zone, isNext: session.id === next?.id }));
  const checks = assessments.map(assessmentStop);
  return {
    open: assessments
      .filter(({ state }) => state === 'open')
      .sort((one, other) => compare(one.closes ?? '', other.closes ?? '')),
    next,
    after: afterOf(coming, next, stops, checks),
    tracks: tracksOf(stops, checks, long),
  };
}

/** A session is to come while it is neither held nor over: a clock says that it is over, and never that it was missed. */
export function isToCome(session: MySession, now: Date): boolean {
  return isPlanned(session) && !isOver(session, now);
}

/**
 * Whether it has begun, so that somebody can say that they could not come. A group meets some day of its window, whether or not
 * its time has been put up; what is for one person alone does not begin without a time.
 */
export function hasBegun({ startsAt, timing, format }: MySession, now: Date): boolean {
  if (startsAt !== undefined) return Date.parse(startsAt) <= now.getTime();
  return timing === 'past' || (timing === 'open' && format.startsWith('group'));
}

/** The day that a session is looked for on: when it was held, is, or can be from. */
export function dayOf({ heldOn, startsAt, window }: MySession, zone: string): string {
  return heldOn ?? (startsAt === undefined ? window.first : dayIn(new Date(startsAt), zone));
}

/** Whether it is, or was, on a certain day; else it can be on any of its window. */
export function isDated({ startsAt, heldOn }: MySession): boolean {
  return startsAt !== undefined || heldOn !== undefined;
}

/** Sessions that somebody can still say of that they could not come, the latest first. In an optional series nothing is missed. */
export function absences({ plan, state }: MySessions, now: Date): readonly MySession[] {
  if (state === 'left') return [];
  return plan
    .filter((session) => !session.optional && isPlanned(session) && hasBegun(session, now) && !isWaiting(session))
    .sort((one, other) => compare(whenOf(other), whenOf(one)));
}

/** Whether one of the times that are offered can be asked for. Which are offered, and for what, is the endpoint's to say. */
export function canMove({ slots, asked }: MySession, { state }: MySessions): boolean {
  return state === 'open' && slots.length > 0 && asked === undefined;
}

/** A recording that is there to be seen, and has not been. */
export function isToSee({ recording }: MySession): boolean {
  return recording?.link !== undefined && recording.viewedAt === undefined;
}

const isPlanned = ({ state }: MySession): boolean => state === 'scheduled' || state === 'rescheduled';

/** It has no time any more, and not yet another. */
const isWaiting = ({ state, startsAt, asked }: MySession): boolean =>
  asked !== undefined || (state === 'rescheduled' && startsAt === undefined);

function isOver({ startsAt, minutes = USUAL_LENGTH, timing }: MySession, now: Date): boolean {
  if (startsAt === undefined) return timing === 'past';
  return Date.parse(startsAt) + minutes * 60_000 <= now.getTime();
}

/** To be compared: a session without a time lies where its days begin. */
const whenOf = ({ startsAt, window }: MySession): string =>
  startsAt === undefined ? window.first : new Date(startsAt).toISOString();

function sessionStop(
  session: MySession,
  { now, zone, isNext }: { readonly now: Date; readonly zone: string; readonly isNext: boolean },
): Stop {
  const mark: Mark = !isPlanned(session)
    ? session.state
    : isWaiting(session)
      ? 'waiting'
      : isNext
        ? 'next'
        : isOver(session, now)
          ? 'unsaid'
          : session.state;
  return { kind: 'session', id: session.id, mark, day: dayOf(session, zone), session };
}

function assessmentStop(assessment: MyAssessment): Stop {
  const { id, state, due, opens } = assessment;
  const mark: Mark = state === 'missed' ? 'not-answered' : state;
  return { kind: 'assessment', id, mark, day: due ?? opens, assessment };
}

/** The next one of each other series that is asked for, and the next questionnaire. */
function afterOf(
  coming: readonly MySession[],
  next: MySession | undefined,
  stops: readonly Stop[],
  checks: readonly Stop[],
): readonly Stop[] {
  const seen = new Set([next?.series]);
  const others = coming.filter(({ series, optional }) => {
    if (optional || seen.has(series)) return false;
    seen.add(series);
    return true;
  });
  const sessions = stops.filter(({ id }) => others.some((other) => other.id === id));
  const check = checks.find(({ mark, day }) => mark === 'not-yet' && day !== undefined);
  return [...sessions, ...(check ? [check] : [])].sort(byDay).slice(0, 2);
}

/** Short series that are asked for share the main line with the assessments; every other has one of its own. */
function tracksOf(stops: readonly Stop[], checks: readonly Stop[], long: number): readonly Track[] {
  const series = new Map<string, Stop[]>();
  for (const stop of stops) {
    if (stop.kind === 'session') series.set(stop.session.series, [...(series.get(stop.session.series) ?? []), stop]);
  }
  const all = [...series].map(([id, own]) => ({
    ...{ id, own, optional: own.some((stop) => stop.kind === 'session' && stop.session.optional) },
  }));
  const isMain = ({ own, optional }: (typeof all)[number]): boolean => !optional && own.length <= long;
  // Of one day, what is asked comes before what is held.
  const main = [...checks, ...all.filter(isMain).flatMap(({ own }) => own)].sort(byDay);
  return [
    ...(main.length === 0 ? [] : [{ optional: false, stops: main, total: main.length }]),
    ...all
      .filter((one) => !isMain(one))
      .map(({ id, own, optional }) => ({ series: id, optional, stops: around(own, long), total: own.length })),
  ];
}

/** The stops around the first that is still to come; of a short line all. */
function around(stops: readonly Stop[], long: number): readonly Stop[] {
  if (stops.length <= long) return stops;
  const found = stops.findIndex(({ mark }) => mark === 'next' || mark === 'scheduled' || mark === 'rescheduled');
  const at = found === -1 ? stops.length : found;
  const first = Math.max(0, Math.min(at - BEHIND, stops.length - BEHIND - AHEAD));
  return stops.slice(first, first + BEHIND + AHEAD);
}

/** What has no day yet comes last. */
const byDay = (one: Stop, other: Stop): number => compare(one.day ?? '9999', other.day ?? '9999');

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);
