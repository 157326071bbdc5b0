import { type IDBPDatabase, type IDBPObjectStore, wrap } from 'idb';
import { DeliveryError } from './delivery-error.ts';
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
  readonly #factory: IDBFactory;
  readonly #name: string;
  readonly #storage: StorageKeeper | undefined;
  readonly #channel: StoreChannel;
  #connection: Promise<IDBPDatabase> | undefined;
  #askedToPersist = false;
  #closed = false;

  private constructor(options: IndexedDbStoreOptions) {
    this.#factory = options.factory ?? indexedDB;
    this.#name = options.name ?? 'steady-outbox';
    this.#storage =
      'storage' in options ? options.storage : (globalThis.navigator?.storage as StorageKeeper | undefined);
    this.#channel = new StoreChannel(this.#name);
  }

  /** Rejects when the browser has no IndexedDB, or refuses it here (blocked site data, a sandboxed frame). */
  static async open(options: IndexedDbStoreOptions = {}): Promise<IndexedDbStore> {
    const store = new IndexedDbStore(options);
    try {
      await store.#connect();
    } catch (error) {
      store.close();
      throw error;
    }
    return store;
  }

  async put(entry: OutboxEntry): Promise<StoredEntry> {
    const kept = await this.#run('readwrite', async (entries) => {
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
    const entry = fromRecord(await this.#run('readonly', (entries) => entries.get(id)));
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
    const changed = await this.#run('readwrite', async (entries) => {
      const entry = fromRecord(await entries.get(id));
      const next = entry && change(entry);
      if (next && next !== entry) await entries.put(toRecord(next));
      return next;
    });
    if (!changed) return undefined;
    this.#channel.post({ type: 'written', id });
    return onDisk(changed);
  }

  async remove(id: string, end: EntryEnd): Promise<void> {
    await this.#run('readwrite', (entries) => entries.delete(id));
    this.#channel.post({ ...end, id });
  }

  subscribe(listener: (change: StoreChange) => void): () => void {
    return this.#channel.subscribe(listener);
  }

  close(): void {
    this.#closed = true;
    this.#channel.close();
    this.#disconnect();
  }

  /** All records. One that the browser cannot read back (its file is gone) must not hide the others. */
  async #records(): Promise<readonly unknown[]> {
    try {
      return await this.#run('readonly', (entries) => entries.getAll());
    } catch {
      const records: unknown[] = [];
      for (const key of await this.#run('readonly', (entries) => entries.getAllKeys())) {
        try {
          records.push(await this.#run('readonly', (entries) => entries.get(key)));
        } catch {
          // Unreadable, now at least: left where it is.
        }
      }
      return records;
    }
  }

  /**
   * One transaction, done when it resolves. Tried a second time on a new connection, since browsers drop them: Safari when
   * the page was in the background, all of them when the participant clears the site's data.
   */
  async #run<T>(mode: 'readonly' | 'readwrite', work: (entries: Entries) => Promise<T>): Promise<T> {
    try {
      return await transact(await this.#connect(), mode, work);
    } catch (error) {
      if (this.#closed || (error instanceof DOMException && error.name === 'QuotaExceededError')) throw error;
      this.#disconnect();
      return transact(await this.#connect(), mode, work);
    }
  }

  #connect(): Promise<IDBPDatabase> {
    this.#connection ??= connect(this.#factory, this.#name, () => {
      this.#connection = undefined;
    });
    return this.#connection;
  }

  /** Transactions under way are finished first. */
  #disconnect(): void {
    this.#connection?.then(
      (database) => database.close(),
      // What could not be opened need not be closed.
      () => {},
    );
    this.#connection = undefined;
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

const STORE = 'entries';
/** Of the database's layout, not of the records, which carry their own `format`. */
const LAYOUT = 1;

type Entries = IDBPObjectStore<unknown, [typeof STORE], typeof STORE, 'readwrite'>;

function onDisk(entry: OutboxEntry): StoredEntry {
  return { ...entry, durable: true };
}

async function transact<T>(
  database: IDBPDatabase,
  mode: 'readonly' | 'readwrite',
  work: (entries: Entries) => Promise<T>,
): Promise<T> {
  const transaction = database.transaction(STORE, mode, { durability: 'strict' });
  const [result] = await Promise.all([work(transaction.store as Entries), transaction.done]);
  return result;
}

async function connect(factory: IDBFactory, name: string, onClose: () => void): Promise<IDBPDatabase> {
  const database = await open(factory, name).catch((error: unknown) => {
    // A newer kit has been here. Its layout may still hold our store, and our entries must go out.
    if (error instanceof DOMException && error.name === 'VersionError') return open(factory, name, null);
    throw error;
  });
  database.addEventListener('close', onClose);
  database.addEventListener('versionchange', () => {
    // Someone deletes or upgrades the database: step aside, and open it again when next needed.
    database.close();
    onClose();
  });
  if (!database.objectStoreNames.contains(STORE)) {
    database.close();
    throw new DeliveryError('store-unknown', `The database "${name}" has another layout than this kit knows.`);
  }
  return database;
}

async function open(factory: IDBFactory, name: string, layout: number | null = LAYOUT): Promise<IDBPDatabase> {
  const request = layout === null ? factory.open(name) : factory.open(name, layout);
  request.addEventListener('upgradeneeded', () => request.result.createObjectStore(STORE, { keyPath: 'id' }));
  const database = await wrap(request);
  if (!database) throw new DeliveryError('store-unknown', `The database "${name}" did not open.`);
  return database;
}
