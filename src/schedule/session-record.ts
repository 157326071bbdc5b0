import type { AttendanceRules } from '../study/arms-part.ts';
import type { Sender, SessionEvent } from '../study/session-events.ts';
import { timeOf } from './days.ts';

/**
 * What the events so far say of one session, and what the next one changes. An event that cannot follow changes nothing and
 * is named; it is kept where it came from.
 */

/** As docs/schedule.md has them. */
export type SessionState =
  | 'scheduled'
  | 'attended'
  | 'partial'
  | 'missed'
  | 'made-up'
  | 'rescheduled'
  | 'cancelled-by-staff'
  | 'not-completed';

/** Why an event changes nothing. */
export type Refusal =
  | 'unknown-session'
  | 'unknown-series'
  | 'unknown-event'
  | 'future'
  | 'twice'
  | 'retracted'
  /** Attendance is a facilitator's word where there are two (default 20). */
  | 'overruled'
  | 'facilitator-only'
  | 'needs-reason'
  | 'already-held'
  /** Nobody has missed what has not begun. */
  | 'not-begun'
  | 'nothing-missed'
  | 'no-recording'
  | 'no-homework'
  | 'no-review'
  | 'before-joining'
  | 'after-leaving'
  | 'after-end';

export interface Miss {
  /** UTC. */
  readonly at: string;
  readonly by: Sender;
  readonly reason?: string;
  readonly excused: boolean;
}

/** Somebody's word on whether a session was attended. */
type Claim = Extract<SessionEvent, { event: 'attended' | 'partial' | 'missed' }>;

export interface SessionRecord {
  /** When it begins, UTC; absent while no time is known. */
  readonly startsAt?: string;
  /** What its time depends on now. */
  readonly time: 'open' | 'scheduled' | 'rescheduled' | 'cancelled';
  /** What was said of it since that time was set. */
  readonly claims: readonly Claim[];
  /** Misses at times that it had before. */
  readonly missedBefore: readonly Miss[];
  /** What was said of those times and counts no longer. */
  readonly setAside: readonly Claim[];
  readonly recordingSeen: boolean;
  readonly homeworkDone: boolean;
  /** Something of it was taken by a facilitator's override: it stays open after the series' end. */
  readonly overridden: boolean;
}

export const NOTHING_YET: SessionRecord = {
  ...{ time: 'open', claims: [], missedBefore: [], setAside: [] },
  ...{ recordingSeen: false, homeworkDone: false, overridden: false },
};

/** The claims that count: a facilitator's, where there are any (default 20). */
export function decidingClaims({ claims }: SessionRecord): readonly Claim[] {
  const own = claims.filter(({ by }) => by === 'facilitator');
  return own.length > 0 ? own : claims;
}

/**
 * Every miss of the session, also one that was made good since: the history keeps it (default 3). The reason may be the
 * participant's, where the facilitator gives none; whether it excuses them is a facilitator's word.
 */
export function missesOf(record: SessionRecord): readonly Miss[] {
  const reasons = record.claims.flatMap(({ event, reason }) =>
    event === 'missed' && reason !== undefined ? [reason] : [],
  );
  const now = decidingClaims(record).flatMap((claim): readonly Miss[] => {
    if (claim.event !== 'missed') return [];
    const { at, by, reason = reasons[0] } = claim;
    const excused = by === 'facilitator' && claim.excused === true;
    return [{ at, by, excused, ...(reason !== undefined && { reason }) }];
  });
  return [...record.missedBefore, ...now];
}

/** The claims that count no longer: a facilitator said otherwise, or there was no session. */
export function overruledClaims(record: SessionRecord): readonly Claim[] {
  return [...record.setAside, ...contradicted(record)];
}

function contradicted(record: SessionRecord): readonly Claim[] {
  const deciding = decidingClaims(record);
  const wasMissed = deciding.some(({ event }) => event === 'missed');
  return record.claims.filter(({ event }) => event !== deciding.at(-1)?.event && !(event === 'missed' && wasMissed));
}

/** The claim that it was held, where that stands. */
export function heldBy(record: SessionRecord): Claim | undefined {
  const last = decidingClaims(record).at(-1);
  return last?.event === 'missed' ? undefined : last;
}

export function stateOf(record: SessionRecord): Exclude<SessionState, 'not-completed'> {
  const last = decidingClaims(record).at(-1);
  if (last !== undefined && last.event !== 'missed') return last.event;
  if (last !== undefined) return record.recordingSeen ? 'made-up' : 'missed';
  if (record.time === 'cancelled') return 'cancelled-by-staff';
  return record.time === 'rescheduled' || record.missedBefore.length > 0 ? 'rescheduled' : 'scheduled';
}

/** What the event makes of the record; a refusal where it cannot follow. */
export function advance(record: SessionRecord, event: SessionEvent, rules: AttendanceRules): SessionRecord | Refusal {
  const next = after(record, event, rules);
  return typeof next === 'string' || event.override !== true ? next : { ...next, overridden: true };
}

function after(record: SessionRecord, event: SessionEvent, rules: AttendanceRules): SessionRecord | Refusal {
  switch (event.event) {
    case 'scheduled':
    case 'rescheduled':
    case 'cancelled':
      return withNewTime(record, event, rules);
    case 'attended':
    case 'partial':
    case 'missed': {
      if (event.event === 'missed' && record.startsAt !== undefined && timeOf(event.at) < timeOf(record.startsAt)) {
        return 'not-begun';
      }
      const isAgain = record.claims.findLast(({ by }) => by === event.by)?.event === event.event;
      return isAgain ? 'twice' : { ...record, claims: [...record.claims, event] };
    }
    case 'recording-opened':
    case 'recording-viewed': {
      if (missesOf(record).length === 0) return 'nothing-missed';
      if (event.event === 'recording-viewed' && record.recordingSeen) return 'twice';
      const isSeen = event.event === 'recording-viewed' || rules.recordingSeen === 'opened';
      return isSeen ? { ...record, recordingSeen: true } : record;
    }
    case 'homework-done':
      return record.homeworkDone ? 'twice' : { ...record, homeworkDone: true };
  }
}

type NewTime = Extract<SessionEvent, { event: 'scheduled' | 'rescheduled' | 'cancelled' }>;

function withNewTime(record: SessionRecord, event: NewTime, rules: AttendanceRules): SessionRecord | Refusal {
  const startsAt = event.event === 'cancelled' ? undefined : event.startsAt;
  const held = heldBy(record);
  // A participant's word that they came does not keep staff from saying that there was no session.
  if (held !== undefined && (held.by === 'facilitator' || event.by === 'participant')) return 'already-held';
  if (record.claims.length === 0 && record.time === event.event && record.startsAt === startsAt) return 'twice';
  const { startsAt: _, ...rest } = record;
  // Cancelled by staff or for a technical failure, nobody missed it (default 11).
  const isCancelled = event.event === 'cancelled';
  return {
    ...rest,
    ...(startsAt !== undefined && { startsAt }),
    time: event.event,
    claims: [],
    missedBefore: isCancelled ? record.missedBefore : [...missesOf(record), ...missedByAsking(record, event, rules)],
    setAside: [...record.setAside, ...(isCancelled ? record.claims : contradicted(record))],
  };
}

/** Who asks for another time before the session begins has not missed it, whoever asks later has (default 4). */
function missedByAsking(
  { startsAt, claims }: SessionRecord,
  { event, at, by, reason }: NewTime,
  { movedInTime }: AttendanceRules,
): readonly Miss[] {
  if (event !== 'rescheduled' || claims.length > 0) return [];
  const isLate = startsAt !== undefined && timeOf(at) >= timeOf(startsAt);
  if (!isLate && movedInTime === 'not-a-miss') return [];
  return [{ at, by, excused: false, ...(reason !== undefined && { reason }) }];
}
