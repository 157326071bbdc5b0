import type { Clock } from './clock.ts';

/** Runs one piece of work while no other tab runs its own. */
export type TakeTurn = (work: () => Promise<void>) => Promise<void>;

/**
 * Turns between the tabs of an origin, by a Web Lock that is taken for one attempt at a time and that the browser releases
 * when its tab closes or crashes.
 *
 * Turns are a courtesy to the network, not what keeps an answer single: that is the endpoint, by its idempotency key. So
 * where there are no locks (plain http, a sandboxed frame) the work is simply done, and a tab that holds the lock for
 * longer than any attempt takes (put to sleep by a phone) has it taken away.
 *
 * @param patience milliseconds to wait for a turn before taking it.
 */
export function turns(locks: LockManager | undefined, name: string, clock: Clock, patience: number): TakeTurn {
  if (!locks) return (work) => work();
  return async (work) => {
    let begun: Promise<void> | undefined;
    const begin = () => {
      begun ??= work();
      return begun;
    };
    const waiting = new AbortController();
    const unwatch = clock.wait(patience, () => waiting.abort());
    try {
      await locks.request(name, { signal: waiting.signal }, begin);
    } catch {
      // Waited too long, was refused, or had the turn taken away in the midst of the work, which goes on all the same.
      if (!begun && waiting.signal.aborted) await locks.request(name, { steal: true }, begin).catch(begin);
      await begin();
    } finally {
      unwatch();
    }
  };
}
