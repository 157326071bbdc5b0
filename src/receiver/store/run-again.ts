import { StoreError } from './store.ts';

/** What an engine's errors mean, and how long to wait for it. */
export interface Engine {
  /** What an error before the commit means. Nothing has happened then. */
  judge(error: unknown): Judgement;
  /** Whether a commit that failed so has certainly not happened. Where this does not say so, it may have. */
  isUndone(error: unknown): boolean;
  /** After so many, something holds the database. */
  readonly attempts: number;
  /** Waits after attempt `n`, counted from 1. */
  wait(attempt: number): Promise<void>;
}

/**
 * `again`: it may be tried until it works (SQLITE_BUSY, 40001, 40P01, a connection that was lost). `once-more`: the next
 * attempt will see what was in its way, or fail the same. `busy`: it took too long already. `other`: it is no matter of time.
 */
export type Judgement = 'again' | 'once-more' | 'busy' | 'other';

/** @throws StoreError `busy` when the last attempt failed as the first did; whatever else the attempts throw */
export async function runAgain<T>(engine: Engine, attempt: () => Promise<T>): Promise<T> {
  for (let count = 1; ; count += 1) {
    try {
      return await attempt();
    } catch (cause) {
      const judgement = cause instanceof StoreError && cause.code === 'run-again' ? 'again' : engine.judge(cause);
      if (judgement === 'other' || (judgement === 'once-more' && count > 1)) throw cause;
      if (judgement === 'busy' || count === engine.attempts) {
        throw new StoreError('busy', 'The database is held by another process or is too busy.', { cause });
      }
      await engine.wait(count);
    }
  }
}

/**
 * Waits longer each time, and never as long as somebody else.
 *
 * @param first about so long at first, in milliseconds, then twice as long each time
 * @param longest and never longer than about this
 */
export function backOff(
  delay: (ms: number) => Promise<unknown>,
  first: number,
  longest = Number.POSITIVE_INFINITY,
): (attempt: number) => Promise<void> {
  return async (attempt) => {
    await delay(Math.min(first * 2 ** (attempt - 1), longest) * (0.5 + Math.random()));
  };
}
