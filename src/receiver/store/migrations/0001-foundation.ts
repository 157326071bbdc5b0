import { type Kysely, sql } from 'kysely';

/**
 * Studies, submissions, screenings, contacts, audit. Portable: text and integers, keys made by the application, every
 * unique key starts with the study. A migration that has been released is never changed.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  const mode = sql`mode in ('live', 'test')`;

  await db.schema
    .createTable('study_files')
    .addColumn('study', 'text', (column) => column.notNull())
    .addColumn('version', 'text', (column) => column.notNull())
    .addColumn('digest', 'text', (column) => column.notNull())
    .addColumn('content', 'text', (column) => column.notNull())
    .addColumn('mode', 'text', (column) => column.notNull().check(mode))
    .addColumn('first_served_at', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('study_files_key', ['study', 'version'])
    .execute();

  await db.schema
    .createTable('study_keys')
    .addColumn('study', 'text', (column) => column.notNull())
    .addColumn('key_id', 'text', (column) => column.notNull())
    .addColumn('first_used_at', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('study_keys_key', ['study', 'key_id'])
    .execute();

  await db.schema
    .createTable('intake')
    .addColumn('study', 'text', (column) => column.notNull())
    .addColumn('id_hash', 'text', (column) => column.notNull())
    .addColumn('content_hash', 'text', (column) => column.notNull())
    .addColumn('key_id', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('mode', 'text', (column) => column.notNull().check(mode))
    .addColumn('received_at', 'text', (column) => column.notNull())
    .addColumn('audit_head', 'text', (column) => column.notNull())
    .addColumn('deviations', 'text', (column) => column.notNull())
    .addColumn('next', 'text')
    .addPrimaryKeyConstraint('intake_key', ['study', 'id_hash'])
    .execute();

  await db.schema
    .createTable('submissions')
    .addColumn('study', 'text', (column) => column.notNull())
    .addColumn('id', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('mode', 'text', (column) => column.notNull().check(mode))
    .addColumn('study_version', 'text', (column) => column.notNull())
    .addColumn('received_at', 'text', (column) => column.notNull())
    .addColumn('body', 'text', (column) => column.notNull())
    .addColumn('body_sha256', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('submissions_key', ['study', 'id'])
    .execute();

  await db.schema
    .createTable('screenings')
    .addColumn('study', 'text', (column) => column.notNull())
    .addColumn('id_hash', 'text', (column) => column.notNull())
    .addColumn('id', 'text')
    .addColumn('mode', 'text', (column) => column.notNull().check(mode))
    .addColumn('study_version', 'text', (column) => column.notNull())
    .addColumn('judged_by', 'text', (column) => column.notNull())
    .addColumn('verdict', 'text', (column) =>
      column.notNull().check(sql`verdict in ('eligible', 'ineligible', 'incomplete')`),
    )
    .addColumn('failed', 'text', (column) => column.notNull())
    .addColumn('unknown', 'text', (column) => column.notNull())
    .addColumn('source', 'text')
    .addColumn('day', 'text', (column) => column.notNull())
    .addColumn('received_at', 'text')
    .addColumn('deviations', 'text', (column) => column.notNull())
    .addColumn('contacts', 'integer', (column) => column.notNull().defaultTo(0))
    .addPrimaryKeyConstraint('screenings_key', ['study', 'id_hash'])
    .addUniqueConstraint('screenings_id', ['study', 'id'])
    .execute();

  await db.schema
    .createTable('contacts')
    .addColumn('study', 'text', (column) => column.notNull())
    .addColumn('id', 'text', (column) => column.notNull())
    .addColumn('screening', 'text', (column) => column.notNull())
    .addColumn('screening_id_hash', 'text', (column) => column.notNull())
    .addColumn('mode', 'text', (column) => column.notNull().check(mode))
    .addColumn('study_version', 'text', (column) => column.notNull())
    .addColumn('received_at', 'text', (column) => column.notNull())
    .addColumn('body', 'text', (column) => column.notNull())
    .addColumn('body_sha256', 'text', (column) => column.notNull())
    .addColumn('token_hash', 'text')
    .addColumn('write_hash', 'text')
    .addColumn('return_hash', 'text')
    .addColumn('deviations', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('contacts_key', ['study', 'id'])
    .addForeignKeyConstraint('contacts_screening', ['study', 'screening_id_hash'], 'screenings', ['study', 'id_hash'])
    .execute();
  await db.schema.createIndex('contacts_by_screening').on('contacts').columns(['study', 'screening_id_hash']).execute();

  await db.schema
    .createTable('audit')
    .addColumn('study', 'text', (column) => column.notNull())
    .addColumn('chain', 'text', (column) => column.notNull())
    .addColumn('seq', 'integer', (column) => column.notNull())
    .addColumn('id', 'text', (column) => column.notNull())
    .addColumn('event', 'text', (column) => column.notNull())
    .addColumn('subjects', 'text', (column) => column.notNull())
    .addColumn('at', 'text', (column) => column.notNull())
    .addColumn('mode', 'text', (column) => column.notNull().check(mode))
    .addColumn('key_id', 'text', (column) => column.notNull())
    .addColumn('previous', 'text', (column) => column.notNull())
    .addColumn('mac', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('audit_key', ['study', 'chain', 'seq'])
    .addUniqueConstraint('audit_id', ['study', 'id'])
    .execute();

  await db.schema
    .createTable('audit_heads')
    .addColumn('study', 'text', (column) => column.notNull())
    .addColumn('chain', 'text', (column) => column.notNull())
    .addColumn('seq', 'integer', (column) => column.notNull())
    .addColumn('mac', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('audit_heads_key', ['study', 'chain'])
    .execute();
}
