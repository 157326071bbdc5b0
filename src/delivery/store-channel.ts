import { fitted } from '../study/read.ts';
import { receiptSchema } from '../submission/receipt.ts';
import type { StoreChange } from './outbox-store.ts';

/**
 * Tells the other tabs of the origin what changed in the store they share. Only a hint to look again: a tab that hears
 * nothing (no BroadcastChannel, or refused in a sandboxed frame) finds out by its timer.
 */
export class StoreChannel {
  readonly #channel: BroadcastChannel | undefined;
  readonly #listeners = new Set<(change: StoreChange) => void>();

  constructor(name: string) {
    this.#channel = open(name);
    if (this.#channel) {
      this.#channel.onmessage = (event: MessageEvent<unknown>) => {
        const change = readChange(event.data);
        if (change) for (const listener of this.#listeners) listener(change);
      };
    }
  }

  post(change: StoreChange): void {
    this.#channel?.postMessage(change);
  }

  subscribe(listener: (change: StoreChange) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  close(): void {
    this.#channel?.close();
  }
}

function open(name: string): BroadcastChannel | undefined {
  try {
    return new BroadcastChannel(name);
  } catch {
    // Absent, or an origin that may not have one: see the class comment.
    return undefined;
  }
}

/** Another version of the kit may share the channel, so nothing is taken on trust. */
function readChange(data: unknown): StoreChange | undefined {
  const { type, id, receipt } = (data ?? {}) as { type?: unknown; id?: unknown; receipt?: unknown };
  if (typeof id !== 'string') return undefined;
  if (type === 'written' || type === 'discarded') return { type, id };
  if (type !== 'delivered') return undefined;
  const parsed = fitted(receiptSchema, receipt);
  return parsed ? { type, id, receipt: parsed } : { type, id };
}
