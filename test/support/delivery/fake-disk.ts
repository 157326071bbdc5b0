import type { EntryScope, OutboxEntry } from '../../../src/delivery/entry.ts';
import { MemoryStore } from '../../../src/delivery/memory-store.ts';
import type { EntryEnd, OutboxStore, StoreChange, StoredEntry } from '../../../src/delivery/outbox-store.ts';

type Operation = 'put' | 'get' | 'list' | 'update' | 'remove';

/** A durable store as IndexedDB is one, whose operations fail or hang as told, and that other tabs may write to. */
export class FakeDisk implements OutboxStore {
  readonly durable = true;
  readonly failures: { [operation in Operation]?: Error | 'hangs' } = {};
  readonly #memory: MemoryStore;
  readonly #listeners = new Set<(change: StoreChange) => void>();

  /** @param memory what is on it; shared by the disks of several tabs. */
  constructor(memory = new MemoryStore()) {
    this.#memory = memory;
  }

  put(entry: OutboxEntry): Promise<StoredEntry> {
    return this.#do('put', async () => onDisk(await this.#memory.put(entry)));
  }

  get(id: string): Promise<StoredEntry | undefined> {
    return this.#do('get', async () => onDisk(await this.#memory.get(id)));
  }

  list(scope: EntryScope): Promise<readonly StoredEntry[]> {
    return this.#do('list', async () => (await this.#memory.list(scope)).map(onDisk));
  }

  update(id: string, change: (entry: OutboxEntry) => OutboxEntry): Promise<StoredEntry | undefined> {
    return this.#do('update', async () => onDisk(await this.#memory.update(id, change)));
  }

  leaveDisk(id: string): Promise<StoredEntry | undefined> {
    return this.get(id);
  }

  remove(id: string, _end: EntryEnd): Promise<void> {
    return this.#do('remove', () => this.#memory.remove(id));
  }

  subscribe(listener: (change: StoreChange) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  close(): void {}

  /** Does something as another tab, then tells of it. */
  async fromOtherTab(work: (store: OutboxStore) => Promise<unknown>, change: StoreChange): Promise<void> {
    await work(this.#memory);
    for (const listener of this.#listeners) listener(change);
  }

  #do<T>(operation: Operation, work: () => Promise<T>): Promise<T> {
    const failure = this.failures[operation];
    if (failure === 'hangs') return new Promise(() => {});
    return failure ? Promise.reject(failure) : work();
  }
}

function onDisk<Entry extends StoredEntry | undefined>(entry: Entry): Entry {
  return entry && { ...entry, durable: true };
}
