import { DeliveryError } from './delivery-error.ts';
import { type EntryScope, inScope, type OutboxEntry } from './entry.ts';
import type { OutboxStore, StoredEntry } from './outbox-store.ts';

/** Entries that live as long as this page. No other tab sees them, so there is nobody to hear from. */
export class MemoryStore implements OutboxStore {
  readonly durable = false;
  readonly #entries = new Map<string, StoredEntry>();

  async put(entry: OutboxEntry): Promise<StoredEntry> {
    const held = this.#entries.get(entry.id);
    if (held && held.digest !== entry.digest) throw idInUse(entry.id);
    return held ?? this.#write(entry);
  }

  async get(id: string): Promise<StoredEntry | undefined> {
    return this.#entries.get(id);
  }

  async list(scope: EntryScope): Promise<readonly StoredEntry[]> {
    return [...this.#entries.values()].filter((entry) => inScope(entry, scope));
  }

  async update(id: string, change: (entry: OutboxEntry) => OutboxEntry): Promise<StoredEntry | undefined> {
    const entry = this.#entries.get(id);
    return entry && this.#write(change(entry));
  }

  async leaveDisk(id: string): Promise<StoredEntry | undefined> {
    return this.#entries.get(id);
  }

  async remove(id: string): Promise<void> {
    this.#entries.delete(id);
  }

  subscribe(): () => void {
    return () => {};
  }

  close(): void {}

  #write(entry: OutboxEntry): StoredEntry {
    const stored = { ...entry, durable: false };
    this.#entries.set(entry.id, stored);
    return stored;
  }
}

export function idInUse(id: string): DeliveryError {
  return new DeliveryError('id-in-use', `The outbox already keeps another submission under the id ${id}.`);
}
