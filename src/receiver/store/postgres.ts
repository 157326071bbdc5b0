import { setTimeout as delay } from 'node:timers/promises';
import { CamelCasePlugin, Kysely, sql } from 'kysely';
import { createKyselyStore } from './kysely-store.ts';
import { migrate } from './migrate.ts';
import { readPostgresAddress } from './postgres-address.ts';
import { SerializablePostgresDialect, STATEMENT_TIMEOUT } from './postgres-dialect.ts';
import { isUndone, judge, reasonOf } from './postgres-errors.ts';
import { makeMigrationLock } from './postgres-migration-lock.ts';
import { createPool, type PoolOptions } from './postgres-pool.ts';
import { backOff, type Engine } from './run-again.ts';
import { type Store, StoreError } from './store.ts';
import type { Tables } from './tables.ts';
import { createTurns } from './turns.ts';

/**
 * The store for many receivers on one PostgreSQL, or on what speaks its protocol: nothing is used here that CockroachDB,
 * YugabyteDB and Citus lack (docs/scaling.md). Durable as the server is: by PostgreSQL's own default a commit that is
 * answered is on its disk.
 */

export interface PostgresOptions {
  /** Whether the tables are made where there are none. Default: true. */
  readonly create?: boolean;
  /** How many transactions of this process run at a time, each on a connection. Default: 4. */
  readonly connections?: number;
  /** How long a statement may go unanswered by the network, in milliseconds. Default: a little longer than the server takes. */
  readonly answerTimeout?: number;
  readonly onLost?: PoolOptions['onLost'];
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly wait?: (attempt: number) => Promise<void>;
}

/**
 * Measured: with 25 senders at once, ten connections do not get more done than four and make everybody wait longer, as
 * serializable transactions undo each other's work (docs/scaling.md).
 */
export const CONNECTIONS = 4;
/** Between attempts, in milliseconds: others are done in a few. About a second in all. */
const FIRST_WAIT = 4;
const LONGEST_WAIT = 30;
const ATTEMPTS = 40;
/** For a turn, in milliseconds. */
const PATIENCE = 10_000;
/** To be connected, in milliseconds. */
export const CONNECT_TIMEOUT = 5_000;
/** The server's own limit comes first; this one is for a network that has gone silent. */
const ANSWER_TIMEOUT = STATEMENT_TIMEOUT + 5_000;
/** A connection is made anew after so many seconds: the name may lead elsewhere by then. */
export const LIFETIME = 10 * 60;
/** How long one that nobody uses is kept, in milliseconds. */
const IDLE = 60_000;

/**
 * Connects to the database and brings its tables up to date.
 *
 * @param address as `readPostgresAddress` reads it
 * @throws StoreError `bad-address`, `unreachable`, `no-database` (there are no tables of ours, and none are to be made),
 *   `database-unusable`, `migration-failed`
 */
export async function openPostgresStore(address: string, options: PostgresOptions = {}): Promise<Store> {
  const { create = true, connections = CONNECTIONS, onLost = () => {}, env } = options;
  const { answerTimeout = ANSWER_TIMEOUT, wait = backOff(delay, FIRST_WAIT, LONGEST_WAIT) } = options;
  const { config, shown } = readPostgresAddress(address, env);
  const engine: Engine = { judge, isUndone, attempts: ATTEMPTS, wait };
  const usual = { ...config, connectionTimeoutMillis: CONNECT_TIMEOUT, keepAlive: true };

  // A connection that waits as long as a migration takes, and is then gone.
  const first = new Kysely<unknown>({
    dialect: new SerializablePostgresDialect({ pool: createPool({ ...usual, max: 1 }, { shown, onLost }) }),
  });
  try {
    await assertUsable(first, shown);
    await makeMigrationLock(first, engine, { create, shown });
    await migrate(first, engine);
  } finally {
    await first.destroy();
  }

  const pool = createPool(
    {
      ...usual,
      max: connections,
      query_timeout: answerTimeout,
      maxLifetimeSeconds: LIFETIME,
      idleTimeoutMillis: IDLE,
    },
    { shown, onLost },
  );
  const db = new Kysely<Tables>({
    dialect: new SerializablePostgresDialect({ pool }),
    plugins: [new CamelCasePlugin()],
  });
  return createKyselyStore(db, engine, { turns: createTurns(connections, PATIENCE) });
}

/** Whether it takes the transactions that we need, and every text. @throws StoreError `database-unusable`, `unreachable` */
async function assertUsable(db: Kysely<unknown>, shown: string): Promise<void> {
  const unusable = (why: string, cause?: unknown) =>
    new StoreError('database-unusable', `${shown} cannot be used as a database: ${why}`, { cause });
  const encoding = await db
    .transaction()
    .execute((trx) => sql<{ server_encoding: string }>`show server_encoding`.execute(trx))
    .catch((cause: unknown) => {
      throw cause instanceof StoreError
        ? cause
        : unusable(`${reasonOf(cause)}. Name one that takes serializable writes.`, cause);
    });
  const [{ server_encoding: found } = { server_encoding: 'none' }] = encoding.rows;
  if (found !== 'UTF8') throw unusable(`its encoding is ${found}. Make one with encoding 'UTF8' from template0.`);
}
