import type { Kysely } from 'kysely';
import { createTransaction } from './kysely-transaction.ts';
import { type Engine, runAgain } from './run-again.ts';
import { type Store, StoreError, type StoreTransaction } from './store.ts';
import type { Tables } from './tables.ts';

/** The store over any engine that kysely speaks to: begin, run, commit, and run again when the engine asks. */
export function createKyselyStore(db: Kysely<Tables>, engine: Engine): Store {
  return {
    transaction: (work) => runAgain(engine, () => attempt(db, engine, work)),
    close: () => db.destroy(),
  };
}

async function attempt<T>(db: Kysely<Tables>, engine: Engine, work: (tx: StoreTransaction) => Promise<T>): Promise<T> {
  const transaction = await db.startTransaction().execute();
  let value: T;
  try {
    value = await work(createTransaction(transaction));
  } catch (error) {
    await transaction.rollback().execute();
    throw error;
  }
  try {
    await transaction.commit().execute();
  } catch (cause) {
    // Also gives the connection back. Where the commit did happen there is nothing left to roll back, and that it
    // fails says no more than we know.
    await transaction
      .rollback()
      .execute()
      .catch(() => undefined);
    if (engine.again(cause)) throw cause;
    throw new StoreError('commit-unknown', 'The database did not say whether the transaction was committed.', {
      cause,
    });
  }
  return value;
}
