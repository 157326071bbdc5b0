import { type Kysely, sql } from 'kysely';

/**
 * Sessions: what participants and staff have said of them, the times, recordings and slots that staff have put up, who is in
 * which group, and calendar feeds. A migration that has been released is never changed.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  const mode = sql`mode in ('live', 'test')`;

  await db.schema
    .createTable('session_events')
    .addColumn('study', 'text', (column) => column.notNull())
    .addColumn('id', 'text', (column) => column.notNull())
    .addColumn('participant', 'text', (column) => column.notNull())
    .addColumn('seq', 'integer', (column) => column.notNull())
    .addColumn('mode', 'text', (column) => column.notNull().check(mode))
    .addColumn('submission', 'text')
    .addColumn('staff', 'text')
    .addColumn('session', 'text')
    .addColumn('event', 'text')
    .addColumn('task', 'text')
    .addColumn('homework', 'text')
    .addColumn('slot', 'text')
    .addColumn('apart', 'text')
    .addColumn('deviations', 'text', (column) => column.notNull())
    .addColumn('received_at', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('session_events_key', ['study', 'id'])
    .addUniqueConstraint('session_events_order', ['study', 'participant', 'seq'])
    .addForeignKeyConstraint('session_events_participant', ['study', 'participant'], 'participants', ['study', 'id'])
    .execute();

  await db.schema
    .createTable('session_postings')
    .addColumn('study', 'text', (column) => column.notNull())
    .addColumn('id', 'text', (column) => column.notNull())
    .addColumn('mode', 'text', (column) => column.notNull().check(mode))
    .addColumn('kind', 'text', (column) =>
      column.notNull().check(sql`kind in ('time', 'cancelled', 'recording', 'slot')`),
    )
    .addColumn('audience', 'text', (column) =>
      column.notNull().check(sql`audience in ('participant', 'group', 'site', 'series')`),
    )
    .addColumn('target', 'text', (column) => column.notNull())
    .addColumn('series', 'text', (column) => column.notNull())
    .addColumn('session', 'text')
    .addColumn('starts_at', 'text')
    .addColumn('minutes', 'integer')
    .addColumn('place', 'text')
    .addColumn('link', 'text')
    .addColumn('leader', 'text')
    .addColumn('reason', 'text')
    .addColumn('seats', 'integer')
    .addColumn('taken', 'integer', (column) => column.notNull())
    .addColumn('staff', 'text')
    .addColumn('posted_at', 'text', (column) => column.notNull())
    .addColumn('ended_at', 'text')
    .addPrimaryKeyConstraint('session_postings_key', ['study', 'id'])
    .execute();
  await db.schema
    .createIndex('session_postings_for')
    .on('session_postings')
    .columns(['study', 'audience', 'target'])
    .execute();

  await db.schema
    .createTable('session_groups')
    .addColumn('study', 'text', (column) => column.notNull())
    .addColumn('participant', 'text', (column) => column.notNull())
    .addColumn('seq', 'integer', (column) => column.notNull())
    .addColumn('mode', 'text', (column) => column.notNull().check(mode))
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('staff', 'text')
    .addColumn('since', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('session_groups_key', ['study', 'participant', 'seq'])
    .addForeignKeyConstraint('session_groups_participant', ['study', 'participant'], 'participants', ['study', 'id'])
    .execute();
  await db.schema.createIndex('session_groups_by_name').on('session_groups').columns(['study', 'name']).execute();

  await db.schema
    .createTable('calendar_feeds')
    .addColumn('study', 'text', (column) => column.notNull())
    .addColumn('hash', 'text', (column) => column.notNull())
    .addColumn('hash_prefix', 'text', (column) => column.notNull())
    .addColumn('participant', 'text', (column) => column.notNull())
    .addColumn('language', 'text', (column) => column.notNull())
    .addColumn('made_at', 'text', (column) => column.notNull())
    .addColumn('ended_at', 'text')
    .addPrimaryKeyConstraint('calendar_feeds_key', ['study', 'hash'])
    .addForeignKeyConstraint('calendar_feeds_participant', ['study', 'participant'], 'participants', ['study', 'id'])
    .execute();
  await db.schema
    .createIndex('calendar_feeds_by_prefix')
    .on('calendar_feeds')
    .columns(['study', 'hash_prefix'])
    .execute();
  await db.schema.createIndex('calendar_feeds_of').on('calendar_feeds').columns(['study', 'participant']).execute();
}
