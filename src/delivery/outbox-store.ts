import type { Receipt } from '../submission/receipt.ts';
import type { EntryScope, OutboxEntry } from './entry.ts';

/**
 * The port behind which entries are kept. It knows nothing of sending. Contract: `test/suites/outbox-store.suite.ts`.
 */
export interface OutboxStore {
  /** Whether what is put now is expected to outlive this page. */
  readonly durable: boolean;
  /**
   * Resolves once the entry is written. The same submission again changes nothing and answers what is kept.
   *
   * @throws DeliveryError `id-in-use` when the id holds another content, or something that this kit cannot read.
   */
  put(entry: OutboxEntry, options?: { readonly memoryOnly?: boolean }): Promise<StoredEntry>;
  get(id: string): Promise<StoredEntry | undefined>;
  /** In no particular order. What cannot be read (damaged, or written by another version of the kit) is left out, and kept. */
  list(scope: EntryScope): Promise<readonly StoredEntry[]>;
  /** One read and write that no other tab comes between. Never brings back what was removed: then `undefined`. */
  update(id: string, change: (entry: OutboxEntry) => OutboxEntry): Promise<StoredEntry | undefined>;
  /**
   * Takes an entry off the disk into this page's memory, where the store has one: on a shared computer. Answers where it is
   * now; `undefined` when it is not kept any more.
   *
   * @throws what the disk does when it does not let go of it. The entry is in both places then.
   */
  leaveDisk(id: string): Promise<StoredEntry | undefined>;
  /** @param end why, for the other tabs. */
  remove(id: string, end: EntryEnd): Promise<void>;
  /** Changes made by other tabs. Returns the way to stop. */
  subscribe(listener: (change: StoreChange) => void): () => void;
  /** Lets go of the database and of the other tabs. The entries stay. */
  close(): void;
}

export interface StoredEntry extends OutboxEntry {
  /** It is on disk. The browser may still clear it: Safari does after seven days without a visit. */
  readonly durable: boolean;
}

/** Why an entry is let go: its endpoint acknowledged it, or its participant threw it away. */
export type EntryEnd = { readonly type: 'delivered'; readonly receipt?: Receipt } | { readonly type: 'discarded' };

/** No answers in it: it travels to every page of the origin. */
export type StoreChange = { readonly id: string } & ({ readonly type: 'written' } | EntryEnd);

/** What cannot be read is not gone. */
export function isGone(store: OutboxStore, id: string): Promise<boolean> {
  return store.get(id).then(
    (entry) => entry === undefined,
    () => false,
  );
}
