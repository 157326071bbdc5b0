import type { Kysely } from 'kysely';
import { createTransaction } from './kysely-transaction.ts';
import { type Store, StoreError, type StoreTransaction } from './store.ts';
import type { Tables } from './tables.ts';

/**
 * The store over any engine that kysely speaks to: begin, run, commit, and run again when the engine asks. What an
 * engine's errors mean is its own; see `Engine`.
 */
export interface Engine {
  /** Whether an error means that the transaction did not happen and may be run again (SQLITE_BUSY, 40001, 40P01). */
  again(error: unknown): boolean;
  /** Waits before attempt `n`, counted from 1. */
  wait(attempt: number): Promise<void>;
}

/** More than once is contention; this often, something holds the database. */
const ATTEMPTS = 5;

export function createKyselyStore(db: Kysely<Tables>, engine: Engine): Store {
  return {
    async transaction(work) {
      for (let attempt = 1; ; attempt += 1) {
        const outcome = await attemptOnce(db, engine, work);
        if ('value' in outcome) return outcome.value;
        if (attempt === ATTEMPTS) {
          throw new StoreError('busy', 'The database is held by another process or is too busy.', {
            cause: outcome.again,
          });
        }
        await engine.wait(attempt);
      }
    },
    close: () => db.destroy(),
  };
}

async function attemptOnce<T>(
  db: Kysely<Tables>,
  engine: Engine,
  work: (tx: StoreTransaction) => Promise<T>,
): Promise<{ value: T } | { again: unknown }> {
  const again = (error: unknown) => engine.again(error) || (error instanceof StoreError && error.code === 'run-again');

  const begun = await db
    .startTransaction()
    .execute()
    .catch((error: unknown) => {
      if (again(error)) return { again: error };
      throw error;
    });
  if ('again' in begun) return begun;

  let value: T;
  try {
    value = await work(createTransaction(begun));
  } catch (error) {
    await begun.rollback().execute();
    if (again(error)) return { again: error };
    throw error;
  }

  try {
    await begun.commit().execute();
  } catch (error) {
    // Also gives the connection back. Where the commit did happen there is nothing left to roll back, and that it
    // fails says no more than we know.
    await begun
      .rollback()
      .execute()
      .catch(() => undefined);
    if (engine.again(error)) return { again: error };
    throw new StoreError('commit-unknown', 'The database did not say whether the transaction was committed.', {
      cause: error,
    });
  }
  return { value };
}
