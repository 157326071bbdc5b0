import { type Kysely, sql } from 'kysely';

/** Staff tokens and the queue of webhook events. A migration that has been released is never changed. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const mode = sql`mode in ('live', 'test')`;

  await db.schema
    .createTable('staff')
    .addColumn('study', 'text', (column) => column.notNull())
    .addColumn('id', 'text', (column) => column.notNull())
    .addColumn('mode', 'text', (column) => column.notNull().check(mode))
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('role', 'text', (column) =>
      column.notNull().check(sql`role in ('recruiter', 'facilitator', 'coordinator', 'statistician')`),
    )
    .addColumn('sites', 'text')
    .addColumn('series', 'text')
    .addColumn('hash_prefix', 'text', (column) => column.notNull())
    .addColumn('token_hash', 'text', (column) => column.notNull())
    .addColumn('created_at', 'text', (column) => column.notNull())
    .addColumn('expires_at', 'text', (column) => column.notNull())
    .addColumn('revoked_at', 'text')
    .addPrimaryKeyConstraint('staff_key', ['study', 'id'])
    .addUniqueConstraint('staff_token', ['study', 'token_hash'])
    .execute();
  await db.schema.createIndex('staff_by_prefix').on('staff').columns(['study', 'hash_prefix']).execute();

  await db.schema
    .createTable('webhook_events')
    .addColumn('study', 'text', (column) => column.notNull())
    .addColumn('id', 'text', (column) => column.notNull())
    .addColumn('type', 'text', (column) => column.notNull())
    .addColumn('mode', 'text', (column) => column.notNull().check(mode))
    .addColumn('site', 'text')
    .addColumn('body', 'text', (column) => column.notNull())
    .addColumn('created_at', 'text', (column) => column.notNull())
    .addColumn('due_at', 'text')
    .addColumn('attempts', 'integer', (column) => column.notNull())
    .addColumn('last_status', 'integer')
    .addColumn('last_failure', 'text')
    .addColumn('delivered_at', 'text')
    .addColumn('gave_up_at', 'text')
    .addPrimaryKeyConstraint('webhook_events_key', ['study', 'id'])
    .execute();
  await db.schema.createIndex('webhook_events_due').on('webhook_events').columns(['study', 'due_at']).execute();
}
