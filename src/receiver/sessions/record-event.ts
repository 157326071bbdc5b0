import { v7 } from 'uuid';
import { timeOf } from '../../schedule/days.ts';
import type { Refusal } from '../../schedule/session-record.ts';
import type { ScheduleEvent } from '../../study/session-events.ts';
import { participantChain, recordEvent } from '../audit.ts';
import type { Desk } from '../desk.ts';
import type { KnownStudy } from '../served-study.ts';
import type { ParticipantRow } from '../store/participants-store.ts';
import type { StoreTransaction } from '../store/store.ts';
import { noticeReviews } from './notice-reviews.ts';
import { planOf, type SessionCourse, sessionCourse } from './session-course.ts';

/**
 * What staff say of a participant's session: attendance above all, which counts before the participant's own word. It is
 * added to what was said before and changes none of it; what does not follow is not recorded, and staff are told why.
 */

/** An event without what the receiver adds: its id, and that it is a facilitator's. */
export type StaffEvent = ScheduleEvent extends infer Event
  ? Event extends ScheduleEvent
    ? Omit<Event, 'id' | 'by' | 'at'> & { readonly at?: string | undefined }
    : never
  : never;

export type RecordOutcome =
  | { readonly outcome: 'recorded'; readonly id: string }
  /** It says what stands already: nothing was added. */
  | { readonly outcome: 'stands' }
  | { readonly outcome: 'refused'; readonly why: Refusal | 'not-allocated' };

export interface StaffWord {
  readonly participant: ParticipantRow;
  readonly event: StaffEvent;
  /** The id of the staff token; null for the command line. */
  readonly staff: string | null;
  /** When it is entered, UTC. */
  readonly at: string;
}

export async function recordStaffEvent(
  tx: StoreTransaction,
  desk: Pick<Desk, 'keys'> & Partial<Pick<Desk, 'newId'>>,
  study: KnownStudy['current']['study'],
  { participant, event: said, staff, at }: StaffWord,
): Promise<RecordOutcome> {
  const { id: person, mode } = participant;
  const decided = await tx.decisions(study.id, person);
  const course = await sessionCourse(tx, study, participant, { decided, now: at });
  if (course === undefined) return { outcome: 'refused', why: 'not-allocated' };
  const id = (desk.newId ?? v7)();
  const event = { ...said, id, by: 'facilitator', at: said.at ?? usualTime(course, said, at) } as ScheduleEvent;
  const after = planOf(course, [event]);
  const aside = after.setAside.find((one) => one.event === event);
  if (aside?.why === 'twice') return { outcome: 'stands' };
  if (aside !== undefined) return { outcome: 'refused', why: aside.why };

  const chain = participantChain(person);
  const happened = { study: study.id, chain, event: 'session-recorded', at, mode } as const;
  const { seq } = await recordEvent(tx, desk.keys.current, { ...happened, subjects: [person, id, staff ?? ''] });
  await tx.addSessionEvent({
    ...{ study: study.id, id, participant: person, seq, mode, submission: null, staff },
    ...{ session: 'session' in event ? event.session : null, event: JSON.stringify(event) },
    ...{ task: null, homework: null, slot: null, apart: null, deviations: [], receivedAt: at },
  });
  const about = { study: study.id, participant: person, at, before: planOf(course), after };
  await noticeReviews(tx, { ...desk, mode }, about);
  return { outcome: 'recorded', id };
}

/** Attendance that is entered later is of the time at which the session began. */
function usualTime(course: SessionCourse, event: StaffEvent, now: string): string {
  const isAttendance = event.event === 'attended' || event.event === 'partial' || event.event === 'missed';
  if (!isAttendance) return now;
  const startsAt = planOf(course).sessions.find(({ id }) => id === event.session)?.startsAt;
  return startsAt !== undefined && timeOf(startsAt) <= timeOf(now) ? startsAt : now;
}
