import {
  CompiledQuery,
  type Driver,
  type PostgresAdapter,
  PostgresDialect,
  type PostgresDialectConfig,
  PostgresDriver,
  type TransactionSettings,
} from 'kysely';
import { RowLockAdapter } from './postgres-migration-lock.ts';

/** kysely over PostgreSQL and what speaks its protocol: every transaction serializable, migrations locked by a row. */
export class SerializablePostgresDialect extends PostgresDialect {
  readonly #config: PostgresDialectConfig;

  constructor(config: PostgresDialectConfig) {
    super(config);
    this.#config = config;
  }

  override createDriver(): Driver {
    return new SerializableDriver(this.#config);
  }

  override createAdapter(): PostgresAdapter {
    return new RowLockAdapter();
  }
}

/** The longest that a statement may take, waiting for others included, in milliseconds. */
export const STATEMENT_TIMEOUT = 10_000;
/**
 * After so long without a statement the server ends a transaction, and its locks: the process that began it is gone, and the
 * server has not heard of it.
 */
const ABANDONED = 20_000;

/**
 * Serializable, because what a transaction decides it decides from what it has read (whether a code was spent, how many
 * drafts there are, whose a secret is), and SQLite, one writer at a time, has never let that change in between: no rule
 * needs a lock of its own to hold here too. In one message, and for the transaction alone: a pooler in between may hand
 * the next one another session. Read write, which a replica refuses: nothing is decided from one.
 */
const BEGIN = [
  'start transaction isolation level serializable read write',
  `set local statement_timeout = ${STATEMENT_TIMEOUT}`,
  `set local idle_in_transaction_session_timeout = ${ABANDONED}`,
].join('; ');

/**
 * For reading alone, as it stands at the first statement: such a transaction neither waits for others nor undoes them. Its
 * caller may take its time between pages.
 */
const BEGIN_SNAPSHOT = [
  'start transaction isolation level repeatable read read only',
  `set local statement_timeout = ${STATEMENT_TIMEOUT}`,
  `set local idle_in_transaction_session_timeout = ${30 * ABANDONED}`,
].join('; ');

type Connection = Parameters<PostgresDriver['rollbackTransaction']>[0];

class SerializableDriver extends PostgresDriver {
  override async beginTransaction(connection: Connection, { accessMode }: TransactionSettings): Promise<void> {
    try {
      await connection.executeQuery(CompiledQuery.raw(accessMode === 'read only' ? BEGIN_SNAPSHOT : BEGIN));
    } catch (error) {
      // It may have begun before it failed. A connection that cannot roll back is thrown away.
      await this.rollbackTransaction(connection).catch(() => undefined);
      throw error;
    }
  }
}
