import { type IDBPDatabase, type IDBPObjectStore, wrap } from 'idb';
import { DeliveryError } from './delivery-error.ts';

export interface DatabaseOptions {
  readonly name: string;
  /** Its one object store. */
  readonly store: string;
  readonly keyPath: string | string[];
  readonly factory?: IDBFactory;
}

export type Records = IDBPObjectStore<unknown, [string], string, 'readwrite'>;

/** Of a database's layout, not of its records, which carry their own format. */
const LAYOUT = 1;

/**
 * One object store of one IndexedDB database, as this room uses them: every write is asked to reach the disk
 * (`durability: 'strict'`) before it counts, and a connection that the browser dropped is opened again. Knows nothing of
 * what is kept.
 */
export class Database {
  readonly #options: DatabaseOptions;
  #connection: Promise<IDBPDatabase> | undefined;
  #closed = false;

  constructor(options: DatabaseOptions) {
    this.#options = options;
  }

  /** Rejects when the browser has no IndexedDB, or refuses it here (blocked site data, a sandboxed frame). */
  async connect(): Promise<IDBPDatabase> {
    this.#connection ??= connect(this.#options, () => {
      this.#connection = undefined;
    });
    return this.#connection;
  }

  /**
   * One transaction, done when it resolves. Tried a second time on a new connection, since browsers drop them: Safari when
   * the page was in the background, all of them when the participant clears the site's data.
   */
  async run<T>(mode: 'readonly' | 'readwrite', work: (records: Records) => Promise<T>): Promise<T> {
    try {
      return await this.#transact(mode, work);
    } catch (error) {
      if (this.#closed || (error instanceof DOMException && error.name === 'QuotaExceededError')) throw error;
      this.#disconnect();
      return this.#transact(mode, work);
    }
  }

  close(): void {
    this.#closed = true;
    this.#disconnect();
  }

  async #transact<T>(mode: 'readonly' | 'readwrite', work: (records: Records) => Promise<T>): Promise<T> {
    const database = await this.connect();
    const transaction = database.transaction(this.#options.store, mode, { durability: 'strict' });
    const [result] = await Promise.all([work(transaction.store as unknown as Records), transaction.done]);
    return result;
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
}

async function connect(options: DatabaseOptions, onClose: () => void): Promise<IDBPDatabase> {
  const { name, store } = options;
  const database = await open(options).catch((error: unknown) => {
    // A newer kit has been here. Its layout may still hold our store, and what we kept must be found.
    if (error instanceof DOMException && error.name === 'VersionError') return open(options, null);
    throw error;
  });
  database.addEventListener('close', onClose);
  database.addEventListener('versionchange', () => {
    // Someone deletes or upgrades the database: step aside, and open it again when next needed.
    database.close();
    onClose();
  });
  if (!database.objectStoreNames.contains(store)) {
    database.close();
    throw new DeliveryError('store-unknown', `The database "${name}" has another layout than this kit knows.`);
  }
  return database;
}

async function open(options: DatabaseOptions, layout: number | null = LAYOUT): Promise<IDBPDatabase> {
  const { name, store, keyPath, factory = indexedDB } = options;
  const request = layout === null ? factory.open(name) : factory.open(name, layout);
  request.addEventListener('upgradeneeded', () => request.result.createObjectStore(store, { keyPath }));
  const database = await wrap(request);
  if (!database) throw new DeliveryError('store-unknown', `The database "${name}" did not open.`);
  return database;
}
