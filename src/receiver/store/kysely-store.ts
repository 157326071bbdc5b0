import type { Kysely } from 'kysely';
import { createTransaction } from './kysely-transaction.ts';
import { type Engine, runAgain } from './run-again.ts';
import { type Store, StoreError, type StoreTransaction } from './store.ts';
import type { Tables } from './tables.ts';
import type { Turns } from './turns.ts';

/**
 * The store over any engine that kysely speaks to: begin, run, commit, and run again when the engine asks.
 *
 * @param turns how many transactions run at a time; without it as many as there are connections
 * @param openReader another connection to the same database, for one snapshot; without it one of `db` serves
 */
export function createKyselyStore(
  db: Kysely<Tables>,
  engine: Engine,
  { turns = (work) => work(), openReader }: { readonly turns?: Turns; readonly openReader?: () => Kysely<Tables> } = {},
): Store {
  const read = async <T>(work: (tx: StoreTransaction) => Promise<T>): Promise<T> => {
    const reader = openReader?.();
    try {
      return await readAsOfNow(reader ?? db, work);
    } finally {
      await reader?.destroy();
    }
  };
  return {
    transaction: (work) => turns(() => runAgain(engine, () => attempt(db, engine, work))),
    snapshot: (work) => turns(() => runAgain(engine, () => read(work))),
    close: () => db.destroy(),
  };
}

/** Nothing is committed: nothing was written. */
async function readAsOfNow<T>(db: Kysely<Tables>, work: (tx: StoreTransaction) => Promise<T>): Promise<T> {
  const transaction = await db.startTransaction().setAccessMode('read only').execute();
  try {
    return await work(createTransaction(transaction));
  } finally {
    await transaction
      .rollback()
      .execute()
      .catch(() => undefined);
  }
}

async function attempt<T>(db: Kysely<Tables>, engine: Engine, work: (tx: StoreTransaction) => Promise<T>): Promise<T> {
  const transaction = await db.startTransaction().execute();
  // Also gives the connection back. That it fails says no more than we know: where the connection was lost, the engine
  // rolls back by itself; where a commit did happen, there is nothing to roll back.
  const rollBack = () =>
    transaction
      .rollback()
      .execute()
      .catch(() => undefined);
  const failures: unknown[] = [];
  let value: T;
  try {
    value = await work(watched(createTransaction(transaction), failures));
    if (failures.length > 0) throw failures[0];
  } catch (error) {
    await rollBack();
    throw error;
  }
  try {
    await transaction.commit().execute();
  } catch (cause) {
    await rollBack();
    if (engine.isUndone(cause)) throw cause;
    throw new StoreError('commit-unknown', 'The database did not say whether the transaction was committed.', {
      cause,
    });
  }
  return value;
}

/**
 * The same, and what fails is noted: PostgreSQL does nothing more in a transaction once a statement of it has failed, SQLite
 * would go on. Nobody is to rely on that.
 */
function watched(tx: StoreTransaction, failures: unknown[]): StoreTransaction {
  return new Proxy(tx, {
    get(target, name) {
      const ask: unknown = Reflect.get(target, name);
      if (typeof ask !== 'function') return ask;
      return async (...args: unknown[]): Promise<unknown> => {
        try {
          return await ask(...args);
        } catch (error) {
          failures.push(error);
          throw error;
        }
      };
    },
  });
}
