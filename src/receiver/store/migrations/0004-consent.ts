import { type Kysely, sql } from 'kysely';

/**
 * What participants have decided about taking part, the signed records, and who signs for whom. A migration that has been
 * released is never changed.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  const mode = sql`mode in ('live', 'test')`;

  await db.schema
    .createTable('consent_decisions')
    .addColumn('study', 'text', (column) => column.notNull())
    .addColumn('id', 'text', (column) => column.notNull())
    .addColumn('submission', 'text', (column) => column.notNull())
    .addColumn('participant', 'text', (column) => column.notNull())
    .addColumn('seq', 'integer', (column) => column.notNull())
    .addColumn('mode', 'text', (column) => column.notNull().check(mode))
    .addColumn('study_version', 'text', (column) => column.notNull())
    .addColumn('outcome', 'text', (column) =>
      column.notNull().check(sql`outcome in ('signed', 'declined', 'deferred', 'paper', 'withdrawn')`),
    )
    .addColumn('version', 'text')
    .addColumn('language', 'text')
    .addColumn('document_digest', 'text')
    .addColumn('scope', 'text', (column) => column.check(sql`scope in ('intervention', 'study', 'authorization')`))
    .addColumn('erase', 'integer')
    .addColumn('deviations', 'text', (column) => column.notNull())
    .addColumn('received_at', 'text', (column) => column.notNull())
    .addColumn('body', 'text', (column) => column.notNull())
    .addColumn('body_sha256', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('consent_decisions_key', ['study', 'id'])
    .addUniqueConstraint('consent_decisions_submission', ['study', 'submission'])
    .addUniqueConstraint('consent_decisions_order', ['study', 'participant', 'seq'])
    .addForeignKeyConstraint('consent_decisions_participant', ['study', 'participant'], 'participants', ['study', 'id'])
    .execute();

  await db.schema
    .createTable('consent_records')
    .addColumn('study', 'text', (column) => column.notNull())
    .addColumn('submission', 'text', (column) => column.notNull())
    .addColumn('participant', 'text', (column) => column.notNull())
    .addColumn('key_id', 'text', (column) => column.notNull())
    .addColumn('record', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('consent_records_key', ['study', 'submission'])
    .addForeignKeyConstraint('consent_records_decision', ['study', 'submission'], 'consent_decisions', [
      'study',
      'submission',
    ])
    .execute();

  await db.schema
    .createTable('consent_signers')
    .addColumn('study', 'text', (column) => column.notNull())
    .addColumn('subject_hash', 'text', (column) => column.notNull())
    .addColumn('key_id', 'text', (column) => column.notNull())
    .addColumn('participant', 'text', (column) => column.notNull())
    .addColumn('bound_at', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('consent_signers_key', ['study', 'subject_hash'])
    .addUniqueConstraint('consent_signers_participant', ['study', 'participant'])
    .addForeignKeyConstraint('consent_signers_of', ['study', 'participant'], 'participants', ['study', 'id'])
    .execute();
}
