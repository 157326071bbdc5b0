import { closeSync, openSync } from 'node:fs';
import { DatabaseSync, type DatabaseSyncOptions } from 'node:sqlite';
import { setTimeout as delay } from 'node:timers/promises';
import { CamelCasePlugin, Kysely } from 'kysely';
import { createKyselyStore } from './kysely-store.ts';
import { migrate } from './migrate.ts';
import { NodeSqliteDialect } from './node-sqlite-dialect.ts';
import { backOff, type Engine } from './run-again.ts';
import { type Store, StoreError } from './store.ts';
import type { Tables } from './tables.ts';

/**
 * The embedded store. Durable: write-ahead log with `synchronous = FULL`, so that what was acknowledged outlives a power
 * cut (with NORMAL it does not).
 */

/** Before it, a write-ahead log with two connections can be corrupted (https://sqlite.org/releaselog/3_51_3.html). */
const OLDEST_SQLITE = [3, 51, 3] as const;

/**
 * How long SQLite itself waits for another process, in milliseconds: at the start as long as a migration may take;
 * afterwards hardly, for it waits with the whole process. Longer waits are ours, between attempts.
 */
const WAIT_AT_START = 5_000;
const WAIT = 100;
/** Of ours: 30 ms at first, 4 s in all. */
const FIRST_WAIT = 30;
const ATTEMPTS = 8;

export interface SqliteOptions {
  /** How a database file is opened; the tests hand in one that fails. */
  readonly open?: (path: string, options: DatabaseSyncOptions) => DatabaseSync;
  readonly wait?: (attempt: number) => Promise<void>;
}

/**
 * Opens or creates the database and brings its tables up to date.
 *
 * @param path the database file; `:memory:` for one that is gone when closed
 * @throws StoreError `engine-too-old`, `database-unusable`, `migration-failed`
 */
export async function openSqliteStore(path: string, options: SqliteOptions = {}): Promise<Store> {
  const { open = (file, how) => new DatabaseSync(file, how), wait = backOff(delay, FIRST_WAIT) } = options;
  const judge: Engine['judge'] = (error) => (isBusy(error) ? 'again' : 'other');
  const engine: Engine = { judge, isUndone: isBusy, attempts: ATTEMPTS, wait };
  const database = openDatabase(path, open);
  const db = new Kysely<Tables>({ dialect: new NodeSqliteDialect(database), plugins: [new CamelCasePlugin()] });
  try {
    await migrate(db.withoutPlugins(), engine);
  } catch (error) {
    await db.destroy();
    throw error;
  }
  // A database in memory is one connection's own.
  return createKyselyStore(db, engine, path === ':memory:' ? {} : { openReader: () => openReader(path, open) });
}

function openDatabase(path: string, open: NonNullable<SqliteOptions['open']>): DatabaseSync {
  let database: DatabaseSync | undefined;
  try {
    // SQLite gives its log files the database's mode: nobody else on the machine reads who took part.
    if (path !== ':memory:') closeSync(openSync(path, 'a', 0o600));
    database = open(path, { timeout: WAIT_AT_START, enableForeignKeyConstraints: true });
    assertVersion(String(database.prepare('select sqlite_version() as version').get()?.version));
    database.exec('pragma journal_mode = WAL');
    database.exec('pragma synchronous = FULL');
    // What is erased is written over, not only forgotten.
    database.exec('pragma secure_delete = ON');
    database.exec(`pragma busy_timeout = ${WAIT}`);
    return database;
  } catch (cause) {
    if (database?.isOpen) database.close();
    if (cause instanceof StoreError) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new StoreError('database-unusable', `${path} cannot be used as a database: ${reason}.`, { cause });
  }
}

/** Another connection: with a write-ahead log it reads what stood when it began, and is in nobody's way. */
function openReader(path: string, open: NonNullable<SqliteOptions['open']>): Kysely<Tables> {
  const database = open(path, { readOnly: true, timeout: WAIT });
  return new Kysely<Tables>({
    dialect: new NodeSqliteDialect(database, { reads: true }),
    plugins: [new CamelCasePlugin()],
  });
}

/** @throws StoreError `engine-too-old` */
export function assertVersion(version: string): void {
  const found = version.split('.').map(Number);
  const at = OLDEST_SQLITE.findIndex((part, index) => part !== found[index]);
  if (at === -1 || (found[at] ?? 0) > (OLDEST_SQLITE[at] ?? 0)) return;
  throw new StoreError(
    'engine-too-old',
    `This Node.js carries SQLite ${version}, which can corrupt a database. Use a Node.js with SQLite ${OLDEST_SQLITE.join('.')} or later, such as the newest 24.`,
  );
}

/** SQLITE_BUSY or SQLITE_LOCKED, whatever the extended code says beyond. */
function isBusy(error: unknown): boolean {
  const code = error instanceof Error && 'errcode' in error ? Number(error.errcode) & 0xff : 0;
  return code === 5 || code === 6;
}
