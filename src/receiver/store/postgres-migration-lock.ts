import { type Kysely, type MigrationLockOptions, PostgresAdapter, sql } from 'kysely';
import { DEFAULT_MIGRATION_LOCK_TABLE, DEFAULT_MIGRATION_TABLE, MIGRATION_LOCK_ID } from 'kysely/migration';
import { isMadeMeanwhile, isNoSuchTable, reasonOf } from './postgres-errors.ts';
import { type Engine, runAgain } from './run-again.ts';
import { StoreError } from './store.ts';

/**
 * Of several receivers that start at once one migrates. They queue at a row: an advisory lock, kysely's own choice, is not to
 * be had on every engine, and belongs to a session, which a pooler may share.
 */

export class RowLockAdapter extends PostgresAdapter {
  /** Within the transaction that migrates. Who comes second waits here, and is told to run again when the first has ended. */
  override async acquireMigrationLock(
    db: Kysely<unknown>,
    { lockTable, lockRowId }: MigrationLockOptions,
  ): Promise<void> {
    // A table takes as long to be rewritten as it takes.
    await sql`set local statement_timeout = 0`.execute(db);
    await sql`update ${sql.table(lockTable)} set is_locked = 1 where id = ${lockRowId}`.execute(db);
  }

  override async releaseMigrationLock(): Promise<void> {}
}

/**
 * Makes the row, and the tables by which kysely's Migrator knows what was done, before anything else is made: in a
 * transaction of their own, two that start at once would not see each other's.
 *
 * @throws StoreError `no-database` (they are not there, and not to be made), `database-unusable`
 */
export async function makeMigrationLock<Schema>(
  db: Kysely<Schema>,
  engine: Engine,
  { create, shown }: { readonly create: boolean; readonly shown: string },
): Promise<void> {
  const making: Engine = { ...engine, judge: (error) => (isMadeMeanwhile(error) ? 'again' : engine.judge(error)) };
  try {
    await runAgain(making, async () => {
      if (await hasLock(db)) return;
      if (!create) {
        const fix = 'Name the database that steady serve was given.';
        throw new StoreError('no-database', `${shown} has no tables of a receiver. ${fix}`);
      }
      await make(db);
    });
  } catch (cause) {
    if (cause instanceof StoreError) throw cause;
    const reason = reasonOf(cause);
    throw new StoreError('database-unusable', `${shown} does not let its tables be made: ${reason}.`, { cause });
  }
}

/** Asked first: "create if not exists" wants the right to create also where there is nothing to be made. */
async function hasLock<Schema>(db: Kysely<Schema>): Promise<boolean> {
  try {
    const { rows } = await sql`select id from ${sql.table(DEFAULT_MIGRATION_LOCK_TABLE)}`.execute(db);
    return rows.length > 0;
  } catch (error) {
    if (isNoSuchTable(error)) return false;
    throw error;
  }
}

/** As the Migrator itself would make them. */
async function make<Schema>(db: Kysely<Schema>): Promise<void> {
  await db.schema
    .createTable(DEFAULT_MIGRATION_TABLE)
    .ifNotExists()
    .addColumn('name', 'varchar(255)', (column) => column.notNull().primaryKey())
    .addColumn('timestamp', 'varchar(255)', (column) => column.notNull())
    .execute();
  await db.schema
    .createTable(DEFAULT_MIGRATION_LOCK_TABLE)
    .ifNotExists()
    .addColumn('id', 'varchar(255)', (column) => column.notNull().primaryKey())
    .addColumn('is_locked', 'integer', (column) => column.notNull().defaultTo(0))
    .execute();
  await sql`insert into ${sql.table(DEFAULT_MIGRATION_LOCK_TABLE)} (id, is_locked)
    values (${MIGRATION_LOCK_ID}, 0) on conflict (id) do nothing`.execute(db);
}
