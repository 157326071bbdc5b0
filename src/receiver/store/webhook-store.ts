import type { Transaction } from 'kysely';
import type { Mode } from '../mode.ts';
import type { Tables } from './tables.ts';

/** The queue of events that wait to be handed to a study's webhook: the port's part, and its statements. */

export interface WebhookTransaction {
  addEvent(row: EventRow): Promise<void>;
  /**
   * Takes a study's events that are due, the longest due first, and counts an attempt of each. They are due again at
   * `until`, unless `settleEvent` says otherwise before: who took them and died has then lost them.
   */
  claimEvents(claim: {
    readonly study: string;
    readonly now: string;
    readonly until: string;
    readonly limit: number;
  }): Promise<EventRow[]>;
  /** Writes what came of an attempt. False, without effect, when the event has been taken again since. */
  settleEvent(claimed: Pick<EventRow, 'study' | 'id' | 'attempts'>, outcome: EventOutcome): Promise<boolean>;
  /** When a study's next event is due; undefined when none waits. */
  nextEventDue(study: string): Promise<string | undefined>;
  /**
   * A study's events, the newest first.
   *
   * @param after the id that the page before ended with
   * @param sites only events of these sites
   */
  events(
    study: string,
    page: {
      readonly after?: string | undefined;
      readonly limit: number;
      readonly sites?: readonly string[] | undefined;
    },
  ): Promise<EventRow[]>;
}

export interface EventRow {
  readonly study: string;
  /** UUIDv7: in the order of queueing. It is what the other end knows a repetition by. */
  readonly id: string;
  readonly type: string;
  readonly mode: Mode;
  readonly site: string | null;
  /** JSON, as it is sent and signed on every attempt. */
  readonly body: string;
  readonly createdAt: string;
  /** When it is to be sent next; null when it is not any more. */
  readonly dueAt: string | null;
  readonly attempts: number;
  /** What the other end answered last; null when it did not. */
  readonly lastStatus: number | null;
  /** Why it did not answer last. */
  readonly lastFailure: string | null;
  readonly deliveredAt: string | null;
  readonly gaveUpAt: string | null;
}

export type EventOutcome = Pick<EventRow, 'dueAt' | 'lastStatus' | 'lastFailure' | 'deliveredAt' | 'gaveUpAt'>;

export interface WebhookTables {
  webhookEvents: EventRow;
}

export function webhookStatements(trx: Transaction<Tables>): WebhookTransaction {
  return {
    async addEvent(row) {
      await trx.insertInto('webhookEvents').values(row).execute();
    },
    async claimEvents({ study, now, until, limit }) {
      const due = await trx
        .selectFrom('webhookEvents')
        .select(['id', 'attempts'])
        .where('study', '=', study)
        .where('dueAt', '<=', now)
        .orderBy('dueAt')
        .orderBy('id')
        .limit(limit)
        .execute();
      const claimed: EventRow[] = [];
      for (const { id, attempts } of due) {
        // Where another receiver was faster, the row is not as it was read, and is left to it.
        const row = await trx
          .updateTable('webhookEvents')
          .set({ attempts: attempts + 1, dueAt: until })
          .where('study', '=', study)
          .where('id', '=', id)
          .where('attempts', '=', attempts)
          .where('dueAt', '<=', now)
          .returningAll()
          .executeTakeFirst();
        if (row !== undefined) claimed.push({ ...row });
      }
      return claimed;
    },
    async settleEvent({ study, id, attempts }, outcome) {
      const settled = await trx
        .updateTable('webhookEvents')
        .set(outcome)
        .where('study', '=', study)
        .where('id', '=', id)
        .where('attempts', '=', attempts)
        .where('dueAt', 'is not', null)
        .returning('id')
        .executeTakeFirst();
      return settled !== undefined;
    },
    async nextEventDue(study) {
      const next = await trx
        .selectFrom('webhookEvents')
        .select('dueAt')
        .where('study', '=', study)
        .where('dueAt', 'is not', null)
        .orderBy('dueAt')
        .limit(1)
        .executeTakeFirst();
      return next?.dueAt ?? undefined;
    },
    async events(study, { after, limit, sites }) {
      // "in ()" is no SQL.
      if (sites?.length === 0) return [];
      let query = trx.selectFrom('webhookEvents').selectAll().where('study', '=', study);
      if (after !== undefined) query = query.where('id', '<', after);
      if (sites !== undefined) query = query.where('site', 'in', [...sites]);
      const rows = await query.orderBy('id', 'desc').limit(limit).execute();
      return rows.map((row) => ({ ...row }));
    },
  };
}
