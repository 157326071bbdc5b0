import { createOutbox, type Outbox } from '../../../src/delivery/outbox.ts';
import type { OutboxStore } from '../../../src/delivery/outbox-store.ts';
import type { ManualClock } from '../../suites/support/manual-clock.ts';
import { ENDPOINT } from '../../suites/support/sample-entry.ts';
import { FakeSignals } from './page.ts';

/**
 * A tab that may die at any step: before an operation of its disk or its network has been done, or after it was done and
 * before the tab has heard of it. A dead tab hears nothing more and does nothing more.
 */
export class MortalTab {
  readonly outbox: Outbox;
  readonly #death = Promise.withResolvers<'dead'>();
  #steps: number;

  /** @param steps how many half-steps it lives: two for each operation. */
  constructor(disk: OutboxStore, send: typeof fetch, clock: ManualClock, random: () => number, steps: number) {
    this.#steps = steps;
    this.outbox = createOutbox({
      endpoint: ENDPOINT,
      store: {
        durable: true,
        put: (entry) => this.#step(() => disk.put(entry)),
        get: (id) => this.#step(() => disk.get(id)),
        list: (scope) => this.#step(() => disk.list(scope)),
        update: (id, change) => this.#step(() => disk.update(id, change)),
        leaveDisk: (id) => this.#step(() => disk.leaveDisk(id)),
        remove: (id, end) => this.#step(() => disk.remove(id, end)),
        subscribe: (listener) => disk.subscribe(listener),
        close: () => {},
      },
      fetch: (input, init) => this.#step(() => send(input, init)),
      clock,
      random,
      locks: undefined,
      signals: new FakeSignals(),
    });
  }

  get alive(): boolean {
    return this.#steps > 0;
  }

  /** The work's own end, or the tab's. */
  async do(work: (outbox: Outbox) => Promise<unknown>): Promise<'done' | 'dead'> {
    if (!this.alive) return 'dead';
    return Promise.race([work(this.outbox).then(() => 'done' as const), this.#death.promise]);
  }

  async #step<T>(operation: () => Promise<T>): Promise<T> {
    await this.#live();
    try {
      return await operation();
    } finally {
      await this.#live();
    }
  }

  async #live(): Promise<void> {
    if (--this.#steps > 0) return;
    this.#death.resolve('dead');
    await new Promise(() => {});
  }
}
