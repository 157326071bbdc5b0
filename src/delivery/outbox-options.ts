import type { Clock } from './clock.ts';
import type { DeliveryState } from './delivery-state.ts';
import type { OutboxStore } from './outbox-store.ts';
import type { PageSignals } from './page-signals.ts';
import type { WhoAmI } from './sign-ins.ts';

/** What an outbox is given and what it gives: see `outbox.ts`. Every edge has a default. */
export interface OutboxOptions {
  /** Base address of the endpoint; relative ones are relative to the page. The outbox sends only what was kept for it. */
  readonly endpoint: string;
  /** Shared by the outboxes of a page. IndexedDB, with memory to fall back on, unless told. */
  readonly store?: OutboxStore | Promise<OutboxStore>;
  readonly fetch?: typeof fetch;
  readonly clock?: Clock;
  /** From 0 (inclusive) to 1 (exclusive). */
  readonly random?: () => number;
  /** `undefined`: take no turns with other tabs. */
  readonly locks?: LockManager | undefined;
  /** `pageSignals(window, document)` on a page. */
  readonly signals?: PageSignals;
  /** Milliseconds of silence after which an attempt is given up: 30 seconds unless told. */
  readonly timeout?: number;
  /** Asks the endpoint (`GET /me`) whose credentials these are. Without it nothing is ever sent under another key. */
  readonly whoAmI?: WhoAmI;
  /** Told what goes wrong while nobody waits for it: a store that cannot be read, a listener that throws. No answers in it. */
  readonly onError?: (error: unknown) => void;
}

export interface SubmitOptions {
  /** Whose it is; none for what is anonymous. */
  readonly participant?: string | null;
  /** The key to send it under. None for what is anonymous, and for kinds that wait until their participant is signed in. */
  readonly writeKey?: string;
  /** `none` for an endpoint that answers any 2xx instead of a receipt. */
  readonly receipt?: 'required' | 'none';
  /** Leave nothing on this device: keep it in memory, and tell the participant to stay until it is sent. */
  readonly sharedComputer?: boolean;
}

/** What may be shown of an entry: no answers, no keys. */
export interface EntrySummary {
  readonly id: string;
  readonly kind: string;
  readonly study: string;
  readonly participant: string | null;
  /** Epoch milliseconds by this device's clock. */
  readonly createdAt: number;
  /** Written by this page, and not left by an earlier visit or another tab. */
  readonly ofThisPage: boolean;
  /** Attempts that failed so far. */
  readonly attempts: number;
  readonly state: DeliveryState;
}
