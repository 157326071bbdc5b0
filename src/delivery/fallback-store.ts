import type { Clock } from './clock.ts';
import { DeliveryError } from './delivery-error.ts';
import type { EntryScope, OutboxEntry } from './entry.ts';
import { MemoryStore } from './memory-store.ts';
import type { EntryEnd, OutboxStore, StoreChange, StoredEntry } from './outbox-store.ts';
import { within } from './within.ts';

/**
 * A disk that may fail, and memory for when it does. What the disk does not take (full, refused, silent for too long) is
 * kept in memory and says so; a change that it does not take is kept in memory over the older copy on disk, so that a
 * broken disk neither loses an entry nor sends it in a loop.
 */
export class FallbackStore implements OutboxStore {
  readonly durable = true;
  readonly #disk: OutboxStore;
  readonly #memory = new MemoryStore();
  readonly #patient: <T>(work: Promise<T>) => Promise<T>;

  /** @param patience milliseconds after which a disk that does not answer counts as failed. */
  constructor(disk: OutboxStore, clock: Clock, patience: number) {
    this.#disk = disk;
    this.#patient = (work) => within(patience, clock, work);
    // What another tab saw off needs no newer copy here.
    disk.subscribe((change) => change.type !== 'written' && this.#memory.remove(change.id));
  }

  async put(entry: OutboxEntry, { memoryOnly = false } = {}): Promise<StoredEntry> {
    if (!memoryOnly) {
      try {
        return await this.#patient(this.#disk.put(entry));
      } catch (error) {
        if (error instanceof DeliveryError && error.code === 'id-in-use') throw error;
        // The disk's failure is told by `durable: false`.
      }
    }
    return this.#memory.put(entry);
  }

  async get(id: string): Promise<StoredEntry | undefined> {
    const kept = await this.#memory.get(id);
    if (!kept) return this.#patient(this.#disk.get(id));
    return { ...kept, durable: (await this.#onDisk(id)) !== undefined };
  }

  async list(scope: EntryScope): Promise<readonly StoredEntry[]> {
    const entries = new Map<string, StoredEntry>();
    // A disk that cannot be read now keeps its entries for later; those in memory must go out all the same.
    for (const entry of await this.#patient(this.#disk.list(scope)).catch(() => [])) entries.set(entry.id, entry);
    for (const entry of await this.#memory.list(scope)) {
      entries.set(entry.id, { ...entry, durable: entries.has(entry.id) });
    }
    return [...entries.values()];
  }

  async update(id: string, change: (entry: OutboxEntry) => OutboxEntry): Promise<StoredEntry | undefined> {
    const newer = await this.#memory.update(id, change);
    try {
      const written = await this.#patient(this.#disk.update(id, newer ? () => bare(newer) : change));
      if (written) await this.#memory.remove(id);
      return written ?? newer;
    } catch (error) {
      const older = await this.#onDisk(id);
      if (!newer && !older) throw error;
      const kept = newer ?? (older && (await this.#memory.put(change(older))));
      return kept && { ...kept, durable: older !== undefined };
    }
  }

  async leaveDisk(id: string): Promise<StoredEntry | undefined> {
    const entry = await this.get(id);
    if (!entry?.durable) return entry;
    // In memory before it leaves the disk. To the other tabs it is gone; this one sends it.
    const kept = await this.#memory.put(bare(entry));
    await this.#patient(this.#disk.remove(id, { type: 'discarded' }));
    return kept;
  }

  async remove(id: string, end: EntryEnd): Promise<void> {
    await this.#memory.remove(id);
    await this.#patient(this.#disk.remove(id, end));
  }

  subscribe(listener: (change: StoreChange) => void): () => void {
    return this.#disk.subscribe(listener);
  }

  close(): void {
    this.#disk.close();
  }

  #onDisk(id: string): Promise<StoredEntry | undefined> {
    return this.#patient(this.#disk.get(id)).catch(() => undefined);
  }
}

function bare({ durable: _durable, ...entry }: StoredEntry): OutboxEntry {
  return entry;
}
