import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import {
  CompiledQuery,
  type DatabaseConnection,
  type Driver,
  SqliteAdapter,
  type SqliteDatabase,
  SqliteDialect,
  SqliteDriver,
  type SqliteStatement,
} from 'kysely';
import { StoreError } from './store.ts';

/** kysely over Node's own SQLite: one connection, transactions that are writers from their first statement. */
export class NodeSqliteDialect extends SqliteDialect {
  readonly #database: SqliteDatabase;

  readonly #reads: boolean;

  /** @param reads it is for reading alone: transactions take no lock, and see what stood at their first statement */
  constructor(database: DatabaseSync, { reads = false }: { readonly reads?: boolean } = {}) {
    const adapted = adapt(database);
    super({ database: adapted });
    this.#database = adapted;
    this.#reads = reads;
  }

  override createDriver(): Driver {
    const config = { database: this.#database };
    return this.#reads ? new SqliteDriver(config) : new ImmediateDriver(config);
  }

  override createAdapter(): SqliteAdapter {
    return new TransactionalAdapter();
  }
}

/**
 * `begin` alone takes the write lock at the first write, when what was read may already be stale: SQLite then fails at
 * once, whatever its timeout. `begin immediate` waits for the lock first.
 */
class ImmediateDriver extends SqliteDriver {
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'));
  }
}

/** Migrations run in one transaction: a start that is killed leaves none half done, and two starts do not overlap. */
class TransactionalAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

/** kysely's parameters are what the columns take: text, integers and null. */
function values(parameters: readonly unknown[]): SQLInputValue[] {
  // SQLite would keep it, and cut the text short where it is asked for its length. PostgreSQL refuses it; so do we.
  if (parameters.some((one) => typeof one === 'string' && one.includes('\0'))) {
    throw new StoreError('nul-in-text', 'A text has a NUL in it, which not every engine can keep.');
  }
  return parameters as SQLInputValue[];
}

/**
 * Statements that are kept: all that the store has, and some with lists of several lengths. One that is not kept holds memory that
 * only a collection of garbage gives back, which knows nothing of its size.
 */
const MOST_STATEMENTS = 500;

function adapt(database: DatabaseSync): SqliteDatabase {
  const kept = new Map<string, SqliteStatement>();
  return {
    close: () => database.close(),
    prepare(sql) {
      const statement = kept.get(sql) ?? adaptStatement(database.prepare(sql));
      // The last one asked for is the last in order; each is done before the next begins, since no rows are streamed.
      kept.delete(sql);
      kept.set(sql, statement);
      const [oldest] = kept.keys();
      if (kept.size > MOST_STATEMENTS && oldest !== undefined) kept.delete(oldest);
      return statement;
    },
  };
}

function adaptStatement(statement: StatementSync): SqliteStatement {
  return {
    reader: statement.columns().length > 0,
    all: (parameters) => statement.all(...values(parameters)),
    run: (parameters) => statement.run(...values(parameters)),
    iterate: (parameters) => statement.iterate(...values(parameters)),
  };
}
