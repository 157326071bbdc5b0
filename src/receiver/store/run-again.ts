import { StoreError } from './store.ts';

/** What an engine's errors mean, and how long to wait for it. */
export interface Engine {
  /** Whether an error means that nothing happened and it may be tried again (SQLITE_BUSY, 40001, 40P01). */
  again(error: unknown): boolean;
  /** Waits after attempt `n`, counted from 1. */
  wait(attempt: number): Promise<void>;
}

/** More than once is contention; this often, something holds the database. */
const ATTEMPTS = 8;

/** @throws StoreError `busy` when the last attempt failed as the first did; whatever else the attempts throw */
export async function runAgain<T>(engine: Engine, attempt: () => Promise<T>): Promise<T> {
  for (let count = 1; ; count += 1) {
    try {
      return await attempt();
    } catch (cause) {
      if (!engine.again(cause) && !(cause instanceof StoreError && cause.code === 'run-again')) throw cause;
      if (count === ATTEMPTS) {
        throw new StoreError('busy', 'The database is held by another process or is too busy.', { cause });
      }
      await engine.wait(count);
    }
  }
}

/** Waits longer each time, and never as long as somebody else: 20 ms at first, 4 s in all. */
export function backOff(delay: (ms: number) => Promise<unknown>): (attempt: number) => Promise<void> {
  return async (attempt) => {
    await delay(15 * 2 ** attempt * (0.5 + Math.random()));
  };
}
