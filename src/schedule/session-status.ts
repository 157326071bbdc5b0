import type { ScheduleEvent, Sender } from '../study/session-events.ts';
import { isOutstanding, type Recorded, rulesOf, wasMissed, wasReceived } from './attendance.ts';
import { type Course, dayOf, hasHomework, type PlacedSeries, recordedIn } from './course.ts';
import { timeOf } from './days.ts';
import type { PlannedSession, Window } from './session-plan.ts';
import {
  heldBy,
  type Miss,
  missesOf,
  NOTHING_YET,
  type Refusal,
  type SessionRecord,
  type SessionState,
  stateOf,
} from './session-record.ts';

/** Sessions as somebody is shown them on a day: plain data, with days and UTC times as text. */

/** An event of a session, with whether it counts. */
export interface HistoryEntry {
  readonly event: ScheduleEvent['event'];
  readonly at: string;
  readonly by: Sender;
  readonly reason?: string;
  /** The time that it set, UTC. */
  readonly startsAt?: string;
  /** Why it does not count; absent where it does. */
  readonly setAside?: Refusal;
}

export interface SessionStatus {
  readonly id: string;
  readonly series: string;
  readonly number: number;
  readonly window: Window;
  readonly state: SessionState;
  /** Where today lies to the window. A session that is past and still `scheduled` is one that nobody has said anything of. */
  readonly timing: 'upcoming' | 'open' | 'past';
  /** UTC; absent while no time is set. */
  readonly startsAt?: string;
  /** The day on which it was held; one that began before midnight, on the day it began. */
  readonly heldOn?: string;
  /** Whether that was within its window. */
  readonly onTime?: boolean;
  /** Every time that it was missed, whatever came of it. */
  readonly misses: readonly Miss[];
  /** Whether one of them counts: an excused absence may not, if the study says so. */
  readonly missed: boolean;
  /** Missed and not made good. Never in an optional series. */
  readonly outstanding: boolean;
  /** Whether its content was received: there, in part, or by its recording. */
  readonly received: boolean;
  /** Of a session that homework follows. */
  readonly homework?: 'not-yet' | 'open' | 'done';
  /** Of sequential sessions: earlier ones that were missed and whose content was not received since. */
  readonly unseen: readonly string[];
  /** Whether it waits for those, because the study says so. */
  readonly locked: boolean;
  /** Everything that was said of it, oldest first. */
  readonly history: readonly HistoryEntry[];
}

export interface Today {
  readonly day: string;
  readonly zone: string;
}

/** Whether a series takes no more sessions: its last day is over, or the participant has left the intervention. */
export function isClosed({ plan }: PlacedSeries, { leftAt }: Course, day: string): boolean {
  return leftAt !== undefined || (plan.ends !== null && day > plan.ends);
}

export function sessionStatuses(
  placed: PlacedSeries,
  course: Course,
  events: readonly ScheduleEvent[],
  today: Today,
): readonly SessionStatus[] {
  const { series, plan } = placed;
  const rules = rulesOf(series);
  const closed = isClosed(placed, course, today.day);
  const recorded = recordedIn(placed, course.records);
  return plan.sessions.map((session): SessionStatus => {
    const record = course.records[session.id] ?? NOTHING_YET;
    const state = closed ? closedState(record) : stateOf(record);
    const timing = timingOf(session.window, today.day);
    const unseen = series.sequential === true && isToCome(state) ? unseenBefore(session, recorded, placed) : [];
    return {
      ...{ id: session.id, series: series.id, number: session.number, window: session.window, state, timing },
      ...(record.startsAt !== undefined && { startsAt: record.startsAt }),
      ...heldIn(record, session.window, today.zone),
      misses: missesOf(record),
      missed: wasMissed(record, rules),
      outstanding: series.optional !== true && isOutstanding(record, rules),
      received: wasReceived(record),
      ...(hasHomework(series, session.number) && { homework: homeworkState(record, state, timing) }),
      unseen,
      locked: rules.unseen === 'gate' && unseen.length > 0,
      history: historyOf(session.id, course, events),
    };
  });
}

/** What is left when a series closes is not completed (default 14), but for what staff took by override. */
function closedState(record: SessionRecord): SessionState {
  const state = stateOf(record);
  const isLeft = state === 'scheduled' || state === 'rescheduled' || state === 'cancelled-by-staff';
  return isLeft && !record.overridden ? 'not-completed' : state;
}

const isToCome = (state: SessionState): boolean => state === 'scheduled' || state === 'rescheduled';

function timingOf({ first, last }: Window, day: string): SessionStatus['timing'] {
  if (day < first) return 'upcoming';
  return last !== null && day > last ? 'past' : 'open';
}

function heldIn(record: SessionRecord, { first, last }: Window, zone: string): Partial<SessionStatus> {
  const held = heldBy(record);
  const heldOn = held && dayOf(held, record, zone);
  return heldOn === undefined ? {} : { heldOn, onTime: heldOn >= first && (last === null || heldOn <= last) };
}

/** Earlier sessions that this one builds on, and whose recording waits to be seen (default 9). */
function unseenBefore(
  { id }: PlannedSession,
  recorded: readonly Recorded[],
  { series }: PlacedSeries,
): readonly string[] {
  return recorded
    .slice(
      0,
      recorded.findIndex((one) => one.id === id),
    )
    .filter(({ record }) => wasMissed(record, rulesOf(series)) && !wasReceived(record))
    .map((one) => one.id);
}

/** Open from the session that it follows, held or missed; that it is missing blocks nothing (default 13). */
function homeworkState(
  { homeworkDone }: SessionRecord,
  state: SessionState,
  timing: SessionStatus['timing'],
): NonNullable<SessionStatus['homework']> {
  if (homeworkDone) return 'done';
  const isOver = state === 'attended' || state === 'partial' || state === 'missed' || state === 'made-up';
  return isOver || (state === 'scheduled' && timing === 'past') ? 'open' : 'not-yet';
}

function historyOf(session: string, { setAside }: Course, events: readonly ScheduleEvent[]): readonly HistoryEntry[] {
  return events
    .flatMap((event, index): readonly HistoryEntry[] => {
      if (!('session' in event) || event.session !== session) return [];
      const { at, by, reason } = event;
      const why = setAside.find((one) => one.index === index)?.why;
      return [
        {
          ...{ event: event.event, at, by },
          ...(reason !== undefined && { reason }),
          ...('startsAt' in event && event.startsAt !== undefined && { startsAt: event.startsAt }),
          ...(why !== undefined && { setAside: why }),
        },
      ];
    })
    .sort((a, b) => timeOf(a.at) - timeOf(b.at));
}
