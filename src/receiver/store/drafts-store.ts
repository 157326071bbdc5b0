import type { Transaction } from 'kysely';
import type { Tables } from './tables.ts';

/** What participants have typed and not yet sent: the port's part, and its statements. */

export interface DraftsTransaction {
  draft(study: string, participant: string, key: string): Promise<DraftRow | undefined>;
  /** In place of the one that stands. */
  keepDraft(row: DraftRow): Promise<void>;
  dropDraft(study: string, participant: string, key: string): Promise<void>;
  countDrafts(study: string, participant: string): Promise<number>;
  /** Drops every draft of a study that was last written before then. */
  dropDraftsBefore(study: string, time: string): Promise<void>;
}

export interface DraftRow {
  readonly study: string;
  readonly participant: string;
  readonly key: string;
  /** The entity tag, without its quotes. */
  readonly etag: string;
  /** JSON, as it was received. */
  readonly body: string;
  readonly writtenAt: string;
}

export interface DraftsTables {
  drafts: DraftRow;
}

export function draftsStatements(trx: Transaction<Tables>): DraftsTransaction {
  return {
    draft: (study, participant, key) =>
      trx
        .selectFrom('drafts')
        .selectAll()
        .where('study', '=', study)
        .where('participant', '=', participant)
        .where('key', '=', key)
        .executeTakeFirst(),
    async keepDraft(row) {
      const { etag, body, writtenAt } = row;
      await trx
        .insertInto('drafts')
        .values(row)
        .onConflict((conflict) =>
          conflict.columns(['study', 'participant', 'key']).doUpdateSet({ etag, body, writtenAt }),
        )
        .execute();
    },
    async dropDraft(study, participant, key) {
      await trx
        .deleteFrom('drafts')
        .where('study', '=', study)
        .where('participant', '=', participant)
        .where('key', '=', key)
        .execute();
    },
    async countDrafts(study, participant) {
      const { count } = await trx
        .selectFrom('drafts')
        .select((row) => row.fn.countAll().as('count'))
        .where('study', '=', study)
        .where('participant', '=', participant)
        .executeTakeFirstOrThrow();
      return Number(count);
    },
    async dropDraftsBefore(study, time) {
      await trx.deleteFrom('drafts').where('study', '=', study).where('writtenAt', '<', time).execute();
    },
  };
}
