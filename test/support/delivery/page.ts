import { createOutbox, type OutboxOptions } from '../../../src/delivery/outbox.ts';
import type { PageSignal, PageSignals } from '../../../src/delivery/page-signals.ts';
import { FakeEndpoint } from '../../suites/support/fake-endpoint.ts';
import { ManualClock } from '../../suites/support/manual-clock.ts';
import { ENDPOINT } from '../../suites/support/sample-entry.ts';
import { FakeDisk } from './fake-disk.ts';

/** Signals that the test gives. */
export class FakeSignals implements PageSignals {
  hidden = false;
  readonly #listeners = new Set<(signal: PageSignal) => void>();

  subscribe(listener: (signal: PageSignal) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  give(signal: PageSignal): void {
    this.hidden = signal === 'hidden' || (this.hidden && signal !== 'visible');
    for (const listener of this.#listeners) listener(signal);
  }
}

/** An outbox with everything around it in the test's hand. */
export function openPage(options: Partial<Omit<OutboxOptions, 'store'>> & { readonly disk?: FakeDisk } = {}) {
  const { disk = new FakeDisk(), ...rest } = options;
  const endpoint = new FakeEndpoint();
  const clock = new ManualClock();
  const signals = new FakeSignals();
  const errors: unknown[] = [];
  const outbox = createOutbox({
    endpoint: ENDPOINT,
    store: disk,
    fetch: endpoint.fetch,
    clock,
    random: () => 0.5,
    locks: undefined,
    signals,
    onError: (error) => errors.push(error),
    ...rest,
  });
  return { disk, endpoint, clock, signals, errors, outbox };
}
