import { type Kysely, sql } from 'kysely';

/**
 * Participants: who takes part, by which keys, invited how, what they have typed and not sent, and what a person should
 * look at. A migration that has been released is never changed.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  const mode = sql`mode in ('live', 'test')`;

  await db.schema
    .createTable('participants')
    .addColumn('study', 'text', (column) => column.notNull())
    .addColumn('id', 'text', (column) => column.notNull())
    .addColumn('mode', 'text', (column) => column.notNull().check(mode))
    .addColumn('site', 'text')
    .addColumn('enrolled_at', 'text', (column) => column.notNull())
    .addColumn('screening_id_hash', 'text')
    .addColumn('contact', 'text')
    .addPrimaryKeyConstraint('participants_key', ['study', 'id'])
    .execute();

  await db.schema
    .createTable('credentials')
    .addColumn('study', 'text', (column) => column.notNull())
    .addColumn('hash', 'text', (column) => column.notNull())
    .addColumn('hash_prefix', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull().check(sql`kind in ('token', 'write-key')`))
    .addColumn('participant', 'text', (column) => column.notNull())
    .addColumn('created_at', 'text', (column) => column.notNull())
    .addColumn('used_at', 'text', (column) => column.notNull())
    .addColumn('replaced_at', 'text')
    .addColumn('ends_at', 'text')
    .addPrimaryKeyConstraint('credentials_key', ['study', 'hash'])
    .addForeignKeyConstraint('credentials_participant', ['study', 'participant'], 'participants', ['study', 'id'])
    .execute();
  await db.schema.createIndex('credentials_by_prefix').on('credentials').columns(['study', 'hash_prefix']).execute();
  await db.schema
    .createIndex('credentials_by_participant')
    .on('credentials')
    .columns(['study', 'participant'])
    .execute();

  await db.schema
    .createTable('invitations')
    .addColumn('study', 'text', (column) => column.notNull())
    .addColumn('id', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull().check(sql`kind in ('first', 'again', 'return')`))
    .addColumn('mode', 'text', (column) => column.notNull().check(mode))
    .addColumn('participant', 'text', (column) => column.notNull())
    .addColumn('site', 'text')
    .addColumn('code_hash', 'text', (column) => column.notNull())
    .addColumn('hash_prefix', 'text', (column) => column.notNull())
    .addColumn('check_hash', 'text')
    .addColumn('check_key_id', 'text')
    .addColumn('wrong_checks', 'integer', (column) => column.notNull())
    .addColumn('created_at', 'text', (column) => column.notNull())
    .addColumn('expires_at', 'text', (column) => column.notNull())
    .addColumn('ended_at', 'text')
    .addColumn('spent_at', 'text')
    .addColumn('spent_by', 'text')
    .addPrimaryKeyConstraint('invitations_key', ['study', 'id'])
    .addUniqueConstraint('invitations_code', ['study', 'code_hash'])
    .execute();
  await db.schema.createIndex('invitations_by_prefix').on('invitations').columns(['study', 'hash_prefix']).execute();
  await db.schema
    .createIndex('invitations_by_participant')
    .on('invitations')
    .columns(['study', 'participant'])
    .execute();

  await db.schema
    .createTable('drafts')
    .addColumn('study', 'text', (column) => column.notNull())
    .addColumn('participant', 'text', (column) => column.notNull())
    .addColumn('key', 'text', (column) => column.notNull())
    .addColumn('etag', 'text', (column) => column.notNull())
    .addColumn('body', 'text', (column) => column.notNull())
    .addColumn('written_at', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('drafts_key', ['study', 'participant', 'key'])
    .addForeignKeyConstraint('drafts_participant', ['study', 'participant'], 'participants', ['study', 'id'])
    .execute();
  await db.schema.createIndex('drafts_by_age').on('drafts').columns(['study', 'written_at']).execute();

  await db.schema
    .createTable('flags')
    .addColumn('study', 'text', (column) => column.notNull())
    .addColumn('id', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull().check(sql`kind in ('repeat-contact', 'repeat-screening')`))
    .addColumn('mode', 'text', (column) => column.notNull().check(mode))
    .addColumn('subjects', 'text', (column) => column.notNull())
    .addColumn('raised_at', 'text', (column) => column.notNull())
    .addColumn('resolved_at', 'text')
    .addColumn('resolved_by', 'text')
    .addColumn('note', 'text')
    .addPrimaryKeyConstraint('flags_key', ['study', 'id'])
    .execute();

  await db.schema
    .createTable('contact_fingerprints')
    .addColumn('study', 'text', (column) => column.notNull())
    .addColumn('fingerprint', 'text', (column) => column.notNull())
    .addColumn('contact', 'text', (column) => column.notNull())
    .addColumn('screening_id_hash', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('contact_fingerprints_key', ['study', 'fingerprint', 'contact'])
    .addForeignKeyConstraint('contact_fingerprints_contact', ['study', 'contact'], 'contacts', ['study', 'id'])
    .execute();

  for (const table of ['submissions', 'screenings', 'contacts']) {
    await db.schema.alterTable(table).addColumn('participant', 'text').execute();
  }
}
