import type { Anchors } from '../../schedule/assessments.ts';
import { type InterventionPlan, planFor } from '../../schedule/participant-plan.ts';
import type { Arm } from '../../study/arms-part.ts';
import type { Study } from '../../study/schema.ts';
import type { ScheduleEvent } from '../../study/session-events.ts';
import { armOf } from '../allocation/arm-of.ts';
import { settledSite } from '../allocation/participant-sites.ts';
import { type ConsentDeviation, deviationBy } from '../consent/standing.ts';
import { zoneOf } from '../days.ts';
import { anchorsOf } from '../questionnaires/follow-up.ts';
import type { Decided } from '../store/consent-store.ts';
import type { ParticipantRow } from '../store/participants-store.ts';
import type { PostingRow, SessionEventRow } from '../store/sessions-store.ts';
import type { StoreTransaction } from '../store/store.ts';
import { postingsFor, timesIn } from './postings.ts';

/**
 * Everything that the receiver knows of a participant's sessions, gathered from its rows: what was said of them, what staff
 * have put up, and the decisions that end them. Where somebody stands is never kept; `planOf` reckons it from all of this.
 */
export interface SessionCourse {
  readonly study: Study;
  readonly arm: Arm;
  readonly anchors: Anchors;
  /** Why nothing is asked of them; undefined where their consent stands. */
  readonly barred: ConsentDeviation | undefined;
  readonly events: readonly ScheduleEvent[];
  /** Texts of homework, in order: the last of each is the one that counts. */
  readonly homework: readonly Homework[];
  readonly postings: readonly PostingRow[];
  /** By session, the slot that the participant has. */
  readonly slots: ReadonlyMap<string, string>;
  /** UTC. */
  readonly now: string;
}

export interface Homework {
  readonly session: string;
  readonly task: string;
  /** Null where it was erased: that something was written stays. */
  readonly text: string | null;
  readonly at: string;
}

/**
 * @param study as it stands now
 * @param decided all that they have decided about the consent
 * @returns undefined for who is in no arm (yet), or in one that the study does not have any more
 */
export async function sessionCourse(
  tx: StoreTransaction,
  study: Study,
  participant: ParticipantRow,
  { decided, now }: { readonly decided: readonly Decided[]; readonly now: string },
): Promise<SessionCourse | undefined> {
  if (study.arms === undefined) return undefined;
  const standing = await armOf(tx, participant);
  const arm = study.arms.find(({ id }) => id === standing?.arm);
  if (arm === undefined) return undefined;
  const { id } = participant;
  const rows = (await tx.sessionEvents(study.id, id)).filter(({ apart }) => apart === null);
  // That a participant has left is a decision of theirs, and counts by that.
  const said = rows.flatMap(({ event, submission }) => {
    const read = event === null ? undefined : eventIn(event);
    return read === undefined || (read.event === 'left' && submission !== null) ? [] : [read];
  });
  const postings = await postingsFor(tx, participant, {
    group: (await tx.groupsOf(study.id, id)).at(-1)?.name ?? null,
    site: settledSite(await tx.participantSites(study.id, id)) ?? participant.site,
    series: arm.series.map((one) => one.id),
  });
  const homework = rows.flatMap(homeworkIn);
  return {
    ...{ study, arm, anchors: await anchorsOf(tx, study, participant, decided), barred: deviationBy(study, decided) },
    events: [...timesIn(postings, ownTimes(said)), ...departures(decided, rows), ...said, ...handedIn(homework)],
    ...{ homework, postings, slots: slotsIn(rows), now },
  };
}

/**
 * Where the participant stands in their arm.
 *
 * @param more events that are not in the rows yet
 */
export function planOf(course: SessionCourse, more: readonly ScheduleEvent[] = []): InterventionPlan {
  const { study, arm, anchors, events, now } = course;
  const input = { arm: arm.id, anchors, events: [...events, ...more], handedIn: [], now, zone: zoneOf(study) };
  const { intervention } = planFor({ arms: [arm] }, input);
  if (intervention === null) throw new TypeError('A plan of an arm has sessions.');
  return intervention;
}

/** Written by this release's own schema, or an earlier one's. */
function eventIn(text: string): ScheduleEvent {
  return JSON.parse(text);
}

/** By session, when a time of the participant's own was first set. */
function ownTimes(events: readonly ScheduleEvent[]): ReadonlyMap<string, string> {
  const own = new Map<string, string>();
  for (const event of events) {
    const isTime = (event.event === 'scheduled' || event.event === 'rescheduled') && event.startsAt !== undefined;
    if (isTime && !own.has(event.session)) own.set(event.session, event.at);
  }
  return own;
}

/** Whoever has left the intervention, or all of the study, comes to no more sessions; questionnaires are apart. */
function departures(decided: readonly Decided[], rows: readonly SessionEventRow[]): readonly ScheduleEvent[] {
  return decided
    .filter(({ outcome, scope }) => outcome === 'withdrawn' && scope !== 'authorization')
    .map(({ submission: id, receivedAt: at }): ScheduleEvent => {
      const event = rows.find(({ submission }) => submission === id)?.event;
      const reason = event ? eventIn(event).reason : undefined;
      return { event: 'left', id, at, by: 'participant', ...(reason !== undefined && { reason }) };
    });
}

function homeworkIn({ session, task, homework, receivedAt }: SessionEventRow): readonly Homework[] {
  if (session === null || task === null) return [];
  return [{ session, task, text: homework, at: receivedAt }];
}

/** The texts of a session that count: of each task the newest. */
export function textsOf(session: string, homework: readonly Homework[]): ReadonlyMap<string, Homework> {
  return new Map(homework.filter((one) => one.session === session).map((one) => [one.task, one]));
}

/** Not taken back since. */
export const isWritten = ({ text }: Homework): boolean => text === null || text.trim() !== '';

/** A session's homework is done once something is written, until all of it is taken back. */
function handedIn(homework: readonly Homework[]): readonly ScheduleEvent[] {
  const sessions = [...new Set(homework.map(({ session }) => session))];
  return sessions.flatMap((session): readonly ScheduleEvent[] => {
    const written = [...textsOf(session, homework).values()].filter(isWritten);
    const [first] = written.map(({ at }) => at).sort();
    return first === undefined ? [] : [{ event: 'homework-done', session, at: first, by: 'participant' }];
  });
}

/** By session the slot that was asked for last: only what was given is kept so. */
function slotsIn(rows: readonly SessionEventRow[]): ReadonlyMap<string, string> {
  return new Map(
    rows.flatMap(({ session, slot }) => (session === null || slot === null ? [] : [[session, slot] as const])),
  );
}
