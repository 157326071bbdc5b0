import { StoreError } from './store.ts';

/** Gives work its turn. */
export type Turns = <T>(work: () => Promise<T>) => Promise<T>;

/**
 * So many at a time, first come, first served. Transactions that would undo each other's work get more done a few at a time,
 * and none is overtaken again and again while it is run again: it keeps its turn.
 *
 * @param atOnce how many
 * @param patience what has waited longer, in milliseconds, is not begun any more: whoever asked has given up by then
 */
export function createTurns(atOnce: number, patience: number): Turns {
  const waiting: (() => void)[] = [];
  let running = 0;
  const begin = async (): Promise<void> => {
    if (running < atOnce) {
      running += 1;
      return;
    }
    const since = performance.now();
    await new Promise<void>((resolve) => waiting.push(resolve));
    if (performance.now() - since <= patience) return;
    end();
    throw new StoreError('busy', 'The database has more to do than it can.');
  };
  /** Hands the turn on. */
  const end = (): void => {
    const next = waiting.shift();
    if (next === undefined) running -= 1;
    else next();
  };
  return async (work) => {
    await begin();
    try {
      return await work();
    } finally {
      end();
    }
  };
}
