import type { Receipt } from '../submission/receipt.ts';
import { type DeliveryState, delivered, GONE, stateOf } from './delivery-state.ts';
import type { OutboxEntry } from './entry.ts';
import type { StoredEntry } from './outbox-store.ts';
import { isBehind } from './plan.ts';

/** What this page knows of its entries, and tells whoever asks or listens. The entries themselves are the store's. */
export class StateBoard {
  readonly #mayGo: (entry: OutboxEntry) => boolean;
  readonly #onError: (error: unknown) => void;
  readonly #entries = new Map<string, StoredEntry>();
  readonly #states = new Map<string, DeliveryState>();
  readonly #sending = new Map<string, { readonly keepalive: boolean }>();
  readonly #listeners = new Set<(id: string, state: DeliveryState) => void>();

  /** @param onError told what a listener throws, which must not keep an answer from going out. */
  constructor(mayGo: (entry: OutboxEntry) => boolean, onError: (error: unknown) => void) {
    this.#mayGo = mayGo;
    this.#onError = onError;
  }

  /** As last read. */
  get entries(): readonly StoredEntry[] {
    return [...this.#entries.values()];
  }

  state(id: string): DeliveryState {
    return this.#states.get(id) ?? GONE;
  }

  /** Whether it was ever shown here, gone since or not. */
  knows(id: string): boolean {
    return this.#states.has(id);
  }

  subscribe(listener: (id: string, state: DeliveryState) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** These were read or written just now. What is delivered stays so, whatever an older reading says. */
  show(...entries: readonly StoredEntry[]): void {
    for (const entry of entries) if (this.state(entry.id).status !== 'delivered') this.#entries.set(entry.id, entry);
    this.refresh();
  }

  /** Something besides the entries has changed. */
  refresh(): void {
    const all = this.entries;
    for (const entry of all) {
      const sending = this.#sending.has(entry.id);
      this.#set(entry.id, stateOf(entry, { sending, mayGo: this.#mayGo(entry), behind: isBehind(entry, all) }));
    }
  }

  /** An attempt begins; call what is returned when it is over, before showing what became of it. */
  begin(entry: StoredEntry, keepalive: boolean): () => void {
    this.#sending.set(entry.id, { keepalive });
    this.show(entry);
    return () => this.#sending.delete(entry.id);
  }

  /** Whether it is on its way in a request that outlives the page. */
  isSafelyUnderWay(id: string): boolean {
    return this.#sending.get(id)?.keepalive ?? false;
  }

  deliver(id: string, receipt: Receipt | undefined): void {
    this.#entries.delete(id);
    this.#set(id, delivered(receipt));
    this.refresh();
  }

  forget(id: string): void {
    this.#entries.delete(id);
    if (this.state(id).status !== 'delivered') this.#set(id, GONE);
    this.refresh();
  }

  #set(id: string, state: DeliveryState): void {
    if (JSON.stringify(state) === JSON.stringify(this.#states.get(id))) return;
    this.#states.set(id, state);
    for (const listener of this.#listeners) {
      try {
        listener(id, state);
      } catch (error) {
        this.#onError(error);
      }
    }
  }
}
