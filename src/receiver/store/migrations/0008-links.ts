import { type Kysely, sql } from 'kysely';

/**
 * Recruiters' links, how often each was opened, whether recruitment is paused, and what was erased of whom. A migration that has been
 * released is never changed.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  const mode = sql`mode in ('live', 'test')`;

  await db.schema
    .createTable('links')
    .addColumn('study', 'text', (column) => column.notNull())
    .addColumn('code', 'text', (column) => column.notNull())
    .addColumn('id', 'text', (column) => column.notNull())
    .addColumn('mode', 'text', (column) => column.notNull().check(mode))
    .addColumn('site', 'text')
    .addColumn('channel', 'text', (column) => column.notNull())
    .addColumn('language', 'text', (column) => column.notNull())
    .addColumn('source', 'text', (column) => column.notNull())
    .addColumn('created_by', 'text', (column) => column.notNull())
    .addColumn('created_at', 'text', (column) => column.notNull())
    .addColumn('expires_at', 'text')
    .addPrimaryKeyConstraint('links_key', ['study', 'code'])
    .addUniqueConstraint('links_id', ['study', 'id'])
    .execute();
  // What is typed is a code alone. That no two studies have the same is seen to when one is made.
  await db.schema.createIndex('links_by_code').on('links').column('code').execute();

  await db.schema
    .createTable('link_openings')
    .addColumn('study', 'text', (column) => column.notNull())
    .addColumn('code', 'text', (column) => column.notNull())
    .addColumn('day', 'text', (column) => column.notNull())
    .addColumn('opened', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('link_openings_key', ['study', 'code', 'day'])
    .addForeignKeyConstraint('link_openings_link', ['study', 'code'], 'links', ['study', 'code'])
    .execute();

  await db.schema
    .createTable('recruitment')
    .addColumn('study', 'text', (column) => column.notNull())
    .addColumn('site', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull().check(sql`state in ('open', 'paused')`))
    .addColumn('changed_by', 'text', (column) => column.notNull())
    .addColumn('changed_at', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('recruitment_key', ['study', 'site'])
    .execute();

  await db.schema
    .createTable('erasures')
    .addColumn('study', 'text', (column) => column.notNull())
    .addColumn('participant', 'text', (column) => column.notNull())
    .addColumn('id', 'text', (column) => column.notNull())
    .addColumn('staff', 'text', (column) => column.notNull())
    .addColumn('reason', 'text', (column) => column.notNull())
    .addColumn('key_id', 'text', (column) => column.notNull())
    .addColumn('certificate', 'text', (column) => column.notNull())
    .addColumn('erased_at', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('erasures_key', ['study', 'participant'])
    .addUniqueConstraint('erasures_id', ['study', 'id'])
    .addForeignKeyConstraint('erasures_participant', ['study', 'participant'], 'participants', ['study', 'id'])
    .execute();

  await db.schema.alterTable('screenings').addColumn('link', 'text').execute();
  await db.schema.createIndex('screenings_by_link').on('screenings').columns(['study', 'link']).execute();
}
