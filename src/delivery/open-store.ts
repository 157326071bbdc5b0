import { type Clock, systemClock } from './clock.ts';
import { FallbackStore } from './fallback-store.ts';
import { IndexedDbStore, type IndexedDbStoreOptions } from './indexed-db-store.ts';
import { MemoryStore } from './memory-store.ts';
import type { OutboxStore } from './outbox-store.ts';
import { within } from './within.ts';

export interface OpenStoreOptions extends IndexedDbStoreOptions {
  readonly clock?: Clock;
  /** Milliseconds after which a database that neither opens nor fails counts as failed: some browsers' hang. */
  readonly patience?: number;
}

/**
 * The best store that this page can have: IndexedDB, with memory for what it does not take; memory alone where it is absent
 * or refused. Never rejects. Ask `durable` what came of it.
 */
export async function openStore(options: OpenStoreOptions = {}): Promise<OutboxStore> {
  const { clock = systemClock, patience = 5_000 } = options;
  const opening = IndexedDbStore.open(options);
  try {
    return new FallbackStore(await within(patience, clock, opening), clock, patience);
  } catch {
    // One that opens after all is of no use any more: whatever is kept from now on is in memory, and said to be.
    opening.then(
      (late) => late.close(),
      () => {},
    );
    return new MemoryStore();
  }
}
