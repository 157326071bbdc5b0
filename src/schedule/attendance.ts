import { ATTENDANCE_DEFAULTS, type AttendanceRules, type MissedRule, type Series } from '../study/arms-part.ts';
import type { Text } from '../study/text.ts';
import { heldBy, missesOf, type SessionRecord } from './session-record.ts';

/** What follows from the sessions of one series that were missed: which are outstanding, what is offered, who looks at it. */

/** A session with what the events say of it. */
export interface Recorded {
  readonly id: string;
  readonly record: SessionRecord;
}

export interface Offer {
  readonly series: string;
  /** `recording` and `new-time` are there for whoever wants them; to `reschedule` is asked for. */
  readonly offer: 'recording' | 'new-time' | 'reschedule';
  /** The sessions that it is about, in their order. */
  readonly sessions: readonly string[];
  /** The study's own words for it. */
  readonly text?: Text;
}

/** The rules of a series, the defaults where it says nothing. */
export function rulesOf({ attendance = {} }: Series): AttendanceRules {
  return {
    misses: attendance.misses ?? ATTENDANCE_DEFAULTS.misses,
    clearedBy: attendance.clearedBy ?? [...ATTENDANCE_DEFAULTS.clearedBy],
    movedInTime: attendance.movedInTime ?? ATTENDANCE_DEFAULTS.movedInTime,
    excused: attendance.excused ?? ATTENDANCE_DEFAULTS.excused,
    recordingSeen: attendance.recordingSeen ?? ATTENDANCE_DEFAULTS.recordingSeen,
    unseen: attendance.unseen ?? ATTENDANCE_DEFAULTS.unseen,
  };
}

/** Whether a session was missed, as far as misses count: an excused absence does unless the study says otherwise (10). */
export function wasMissed(record: SessionRecord, { excused }: AttendanceRules): boolean {
  return missesOf(record).some((miss) => !(miss.excused && excused === 'not-a-miss'));
}

/** Whether its content was received: there, in part, or by its recording (default 8). */
export function wasReceived(record: SessionRecord): boolean {
  return heldBy(record) !== undefined || record.recordingSeen;
}

/** Missed, and not made good since: by attending at another time (default 3) or by its recording (default 8). */
export function isOutstanding(record: SessionRecord, rules: AttendanceRules): boolean {
  if (!wasMissed(record, rules)) return false;
  const isHeld = heldBy(record) !== undefined && rules.clearedBy.includes('attended');
  return !isHeld && !(record.recordingSeen && rules.clearedBy.includes('recording'));
}

/** How many misses count for what is offered: all that are outstanding (default 2), or those since the last session held. */
export function reached(sessions: readonly Recorded[], rules: AttendanceRules): number {
  const lastHeld = sessions.findLastIndex(({ record }) => heldBy(record) !== undefined);
  const counted = rules.misses === 'consecutive' ? sessions.slice(lastHeld + 1) : sessions;
  return counted.filter(({ record }) => isOutstanding(record, rules)).length;
}

/** The reviews that so many misses call for. */
export function reviewsAt(series: Series, misses: number): readonly Extract<MissedRule, { review: unknown }>[] {
  return (series.missed ?? []).flatMap((rule) => ('review' in rule && rule.outstanding <= misses ? [rule] : []));
}

/**
 * What the participant is offered now. Of several rules those with the highest number reached count.
 *
 * @param isClosed no session can be held any more: a recording can be seen all the same
 */
export function offersOf(series: Series, sessions: readonly Recorded[], isClosed: boolean): readonly Offer[] {
  const rules = rulesOf(series);
  const misses = reached(sessions, rules);
  const offers = (series.missed ?? []).flatMap((rule) => ('offer' in rule && rule.outstanding <= misses ? [rule] : []));
  const most = Math.max(...offers.map(({ outstanding }) => outstanding));
  return offers
    .filter(({ outstanding }) => outstanding === most)
    .flatMap(({ offer, sessions: which = 'all', text }): readonly Offer[] => {
      const ids = sessions.filter(({ record }) => canTake(offer, record, rules, isClosed)).map(({ id }) => id);
      if (ids.length === 0) return [];
      return [{ series: series.id, offer, sessions: which === 'latest' ? ids.slice(-1) : ids, ...(text && { text }) }];
    });
}

function canTake(offer: Offer['offer'], record: SessionRecord, rules: AttendanceRules, isClosed: boolean): boolean {
  if (offer === 'recording') return wasMissed(record, rules) && !wasReceived(record);
  const hasTime = record.startsAt !== undefined && record.claims.length === 0;
  return !isClosed && isOutstanding(record, rules) && !hasTime;
}
