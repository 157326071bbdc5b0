import { Database } from './database.ts';
import { type EntryScope, inScope, type OutboxEntry } from './entry.ts';
import { idInUse } from './memory-store.ts';
import type { EntryEnd, OutboxStore, StoreChange, StoredEntry } from './outbox-store.ts';
import { fromRecord, toRecord } from './record.ts';
import { StoreChannel } from './store-channel.ts';

/**
 * Entries on disk, shared by the tabs of an origin. Every write is asked to reach the disk (`durability: 'strict'`) before
 * it is called written. A record that cannot be read is left out of lists and never deleted.
 */
export class IndexedDbStore implements OutboxStore {
  readonly durable = true;
  readonly #database: Database;
  readonly #storage: StorageKeeper | undefined;
  readonly #channel: StoreChannel;
  #askedToPersist = false;

  private constructor(options: IndexedDbStoreOptions) {
    const { name = 'steady-outbox', factory } = options;
    this.#database = new Database({ name, store: 'entries', keyPath: 'id', ...(factory && { factory }) });
    this.#storage =
      'storage' in options ? options.storage : (globalThis.navigator?.storage as StorageKeeper | undefined);
    this.#channel = new StoreChannel(name);
  }

  /** Rejects when the browser has no IndexedDB, or refuses it here (blocked site data, a sandboxed frame). */
  static async open(options: IndexedDbStoreOptions = {}): Promise<IndexedDbStore> {
    const store = new IndexedDbStore(options);
    try {
      await store.#database.connect();
    } catch (error) {
      store.close();
      throw error;
    }
    return store;
  }

  async put(entry: OutboxEntry): Promise<StoredEntry> {
    const kept = await this.#database.run('readwrite', async (entries) => {
      const record: unknown = await entries.get(entry.id);
      if (record === undefined) await entries.put(toRecord(entry));
      return record;
    });
    if (kept !== undefined) {
      const held = fromRecord(kept);
      if (held?.digest !== entry.digest) throw idInUse(entry.id);
      return onDisk(held);
    }
    this.#channel.post({ type: 'written', id: entry.id });
    this.#askToPersist();
    return onDisk(entry);
  }

  async get(id: string): Promise<StoredEntry | undefined> {
    const entry = fromRecord(await this.#database.run('readonly', (entries) => entries.get(id)));
    return entry && onDisk(entry);
  }

  async list(scope: EntryScope): Promise<readonly StoredEntry[]> {
    const found: StoredEntry[] = [];
    for (const record of await this.#records()) {
      const entry = fromRecord(record);
      if (entry && inScope(entry, scope)) found.push(onDisk(entry));
    }
    return found;
  }

  async update(id: string, change: (entry: OutboxEntry) => OutboxEntry): Promise<StoredEntry | undefined> {
    const changed = await this.#database.run('readwrite', async (entries) => {
      const entry = fromRecord(await entries.get(id));
      const next = entry && change(entry);
      if (next && next !== entry) await entries.put(toRecord(next));
      return next;
    });
    if (!changed) return undefined;
    this.#channel.post({ type: 'written', id });
    return onDisk(changed);
  }

  /** It has nowhere else to be: `FallbackStore` has. */
  async leaveDisk(id: string): Promise<StoredEntry | undefined> {
    return this.get(id);
  }

  async remove(id: string, end: EntryEnd): Promise<void> {
    await this.#database.run('readwrite', (entries) => entries.delete(id));
    this.#channel.post({ ...end, id });
  }

  subscribe(listener: (change: StoreChange) => void): () => void {
    return this.#channel.subscribe(listener);
  }

  close(): void {
    this.#channel.close();
    this.#database.close();
  }

  /** All records. One that the browser cannot read back (its file is gone) must not hide the others. */
  async #records(): Promise<readonly unknown[]> {
    try {
      return await this.#database.run('readonly', (entries) => entries.getAll());
    } catch {
      const records: unknown[] = [];
      for (const key of await this.#database.run('readonly', (entries) => entries.getAllKeys())) {
        try {
          records.push(await this.#database.run('readonly', (entries) => entries.get(key)));
        } catch {
          // Unreadable, now at least: left where it is.
        }
      }
      return records;
    }
  }

  /** Once, with the first entry: a page that keeps nothing asks nothing. Firefox asks the participant. */
  #askToPersist(): void {
    if (this.#askedToPersist) return;
    this.#askedToPersist = true;
    // A refusal changes nothing that we say: we always say that the browser may clear it.
    this.#storage?.persist?.().catch(() => {});
  }
}

/** The part of `navigator.storage` that is asked to keep the data. */
export interface StorageKeeper {
  persist?(): Promise<boolean>;
}

export interface IndexedDbStoreOptions {
  readonly factory?: IDBFactory;
  /** Of the database, and of the channel between tabs. */
  readonly name?: string;
  /** `undefined`: do not ask the browser to keep the data. */
  readonly storage?: StorageKeeper | undefined;
}

function onDisk(entry: OutboxEntry): StoredEntry {
  return { ...entry, durable: true };
}
