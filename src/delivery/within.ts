import type { Clock } from './clock.ts';

/** The work's own end, or a `TimeoutError` when it has not come after `ms` milliseconds. The work itself goes on. */
export function within<T>(ms: number, clock: Clock, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const unwatch = clock.wait(ms, () => reject(new DOMException('No answer in time.', 'TimeoutError')));
    work.then(resolve, reject).finally(unwatch);
  });
}
