import type { Transaction } from 'kysely';
import type { Mode } from '../mode.ts';
import type { Stored, Tables } from './tables.ts';

/**
 * What was said of sessions, what staff have put up for them, groups, and calendar feeds: the port's part, and its
 * statements. Rows are added and stay, but for the words that an erasure takes; what follows from them is reckoned when it is asked for.
 */

export interface SessionsTransaction {
  addSessionEvent(row: SessionEventRow): Promise<void>;
  /** All that was said of a participant's sessions, in the order in which it was taken in. */
  sessionEvents(study: string, participant: string): Promise<SessionEventRow[]>;

  addPosting(row: PostingRow): Promise<void>;
  /** Everything that was ever put up for one audience, the oldest first. */
  postings(study: string, mode: Mode, audience: Audience, target: string): Promise<PostingRow[]>;
  posting(study: string, id: string): Promise<PostingRow | undefined>;
  /** False, without effect, when it was taken down before. */
  endPosting(study: string, id: string, endedAt: string): Promise<boolean>;
  /** Takes one seat of a slot. False, without effect, when there is none left: two at once cannot both have the last. */
  takeSeat(study: string, slot: string): Promise<boolean>;
  giveBackSeat(study: string, slot: string): Promise<void>;

  /** False, without effect, when the participant has a row of this number already. */
  addToGroup(row: SessionGroupRow): Promise<boolean>;
  /** The groups that a participant was ever in, in order: the last counts. */
  groupsOf(study: string, participant: string): Promise<SessionGroupRow[]>;
  /** The participants who are in a group now. */
  groupMembers(study: string, mode: Mode, name: string): Promise<string[]>;

  addFeed(row: CalendarFeedRow): Promise<void>;
  /** As `credentialsByPrefix`. */
  feedsByPrefix(study: string, hashPrefix: string): Promise<CalendarFeedRow[]>;
  /** The one that has not ended. */
  feedOf(study: string, participant: string): Promise<CalendarFeedRow | undefined>;
  /** Ends what stands. */
  endFeeds(study: string, participant: string, endedAt: string): Promise<void>;
}

/** Something that somebody said of a participant's sessions. */
export interface SessionEventRow {
  readonly study: string;
  /** UUIDv7, by the receiver: the event's own id. */
  readonly id: string;
  readonly participant: string;
  /** Of its row in the participant's audit chain: by it they are in order, whoever received them. */
  readonly seq: number;
  readonly mode: Mode;
  /** The submission that it came by; null for what staff say. */
  readonly submission: string | null;
  /** The id of the staff token; null for a participant's own word, and for the command line. */
  readonly staff: string | null;
  readonly session: string | null;
  /** `ScheduleEvent` as JSON; null for a text of homework. A reason that was erased is ''. */
  readonly event: string | null;
  /** Of homework: which text, and the text as it was typed; null beside a task where it was erased. */
  readonly task: string | null;
  readonly homework: string | null;
  /** The slot that was asked for. */
  readonly slot: string | null;
  /** Why it counts nowhere, as a deviation; null for what counts. */
  readonly apart: string | null;
  readonly deviations: readonly string[];
  readonly receivedAt: string;
}

/** Whom something is put up for, the narrowest first. */
export const AUDIENCES = ['participant', 'group', 'site', 'series'] as const;

export type Audience = (typeof AUDIENCES)[number];

/**
 * What staff have put up: the time of a session or that it is cancelled, a recording (for one participant: a make-up link),
 * or a slot that can be asked for.
 */
export interface PostingRow {
  readonly study: string;
  /** UUIDv7, by the receiver. */
  readonly id: string;
  readonly mode: Mode;
  readonly kind: 'time' | 'cancelled' | 'recording' | 'slot';
  readonly audience: Audience;
  /** The participant, group, site or series. */
  readonly target: string;
  readonly series: string;
  /** Null for a slot that is good for every session of its series. */
  readonly session: string | null;
  readonly startsAt: string | null;
  readonly minutes: number | null;
  readonly place: string | null;
  readonly link: string | null;
  readonly leader: string | null;
  readonly reason: string | null;
  /** Of a slot: for how many, and how many have it. */
  readonly seats: number | null;
  readonly taken: number;
  /** The id of the staff token; null for the command line. */
  readonly staff: string | null;
  readonly postedAt: string;
  readonly endedAt: string | null;
}

export interface SessionGroupRow {
  readonly study: string;
  readonly participant: string;
  /** 1, 2, 3 … of the participant. */
  readonly seq: number;
  readonly mode: Mode;
  readonly name: string;
  readonly staff: string | null;
  readonly since: string;
}

/** The address of somebody's calendar, by the hash of its secret. */
export interface CalendarFeedRow {
  readonly study: string;
  /** SHA-256, hex. */
  readonly hash: string;
  /** Its first 16 characters. */
  readonly hashPrefix: string;
  readonly participant: string;
  readonly language: string;
  readonly madeAt: string;
  readonly endedAt: string | null;
}

export interface SessionsTables {
  sessionEvents: Stored<SessionEventRow>;
  sessionPostings: PostingRow;
  sessionGroups: SessionGroupRow;
  calendarFeeds: CalendarFeedRow;
}

export function sessionsStatements(trx: Transaction<Tables>): SessionsTransaction {
  return {
    async addSessionEvent(row) {
      await trx
        .insertInto('sessionEvents')
        .values({ ...row, deviations: JSON.stringify(row.deviations) })
        .execute();
    },
    async sessionEvents(study, participant) {
      const rows = await trx
        .selectFrom('sessionEvents')
        .selectAll()
        .where('study', '=', study)
        .where('participant', '=', participant)
        .orderBy('seq')
        .execute();
      return rows.map((row) => ({ ...row, deviations: JSON.parse(row.deviations) }));
    },

    async addPosting(row) {
      await trx.insertInto('sessionPostings').values(row).execute();
    },
    postings: (study, mode, audience, target) =>
      trx
        .selectFrom('sessionPostings')
        .selectAll()
        .where('study', '=', study)
        .where('audience', '=', audience)
        .where('target', '=', target)
        .where('mode', '=', mode)
        .orderBy('id')
        .execute(),
    posting: (study, id) =>
      trx.selectFrom('sessionPostings').selectAll().where('study', '=', study).where('id', '=', id).executeTakeFirst(),
    async endPosting(study, id, endedAt) {
      const ended = await trx
        .updateTable('sessionPostings')
        .set({ endedAt })
        .where('study', '=', study)
        .where('id', '=', id)
        .where('endedAt', 'is', null)
        .returning('id')
        .executeTakeFirst();
      return ended !== undefined;
    },
    async takeSeat(study, slot) {
      const taken = await trx
        .updateTable('sessionPostings')
        .set((row) => ({ taken: row('taken', '+', 1) }))
        .where('study', '=', study)
        .where('id', '=', slot)
        .whereRef('taken', '<', 'seats')
        .returning('taken')
        .executeTakeFirst();
      return taken !== undefined;
    },
    async giveBackSeat(study, slot) {
      await trx
        .updateTable('sessionPostings')
        .set((row) => ({ taken: row('taken', '-', 1) }))
        .where('study', '=', study)
        .where('id', '=', slot)
        .where('taken', '>', 0)
        .execute();
    },

    async addToGroup(row) {
      const added = await trx
        .insertInto('sessionGroups')
        .values(row)
        .onConflict((conflict) => conflict.columns(['study', 'participant', 'seq']).doNothing())
        .returning('seq')
        .executeTakeFirst();
      return added !== undefined;
    },
    groupsOf: (study, participant) =>
      trx
        .selectFrom('sessionGroups')
        .selectAll()
        .where('study', '=', study)
        .where('participant', '=', participant)
        .orderBy('seq')
        .execute(),
    async groupMembers(study, mode, name) {
      const rows = await trx
        .selectFrom('sessionGroups as here')
        .select('here.participant')
        .where('here.study', '=', study)
        .where('here.name', '=', name)
        .where('here.mode', '=', mode)
        .where(({ not, exists, selectFrom }) =>
          not(
            exists(
              selectFrom('sessionGroups as later')
                .select('later.seq')
                .whereRef('later.study', '=', 'here.study')
                .whereRef('later.participant', '=', 'here.participant')
                .whereRef('later.seq', '>', 'here.seq'),
            ),
          ),
        )
        .orderBy('here.participant')
        .execute();
      return rows.map(({ participant }) => participant);
    },

    async addFeed(row) {
      await trx.insertInto('calendarFeeds').values(row).execute();
    },
    feedsByPrefix: (study, hashPrefix) =>
      trx
        .selectFrom('calendarFeeds')
        .selectAll()
        .where('study', '=', study)
        .where('hashPrefix', '=', hashPrefix)
        .execute(),
    feedOf: (study, participant) =>
      trx
        .selectFrom('calendarFeeds')
        .selectAll()
        .where('study', '=', study)
        .where('participant', '=', participant)
        .where('endedAt', 'is', null)
        .executeTakeFirst(),
    async endFeeds(study, participant, endedAt) {
      await trx
        .updateTable('calendarFeeds')
        .set({ endedAt })
        .where('study', '=', study)
        .where('participant', '=', participant)
        .where('endedAt', 'is', null)
        .execute();
    },
  };
}
