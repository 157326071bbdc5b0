import type { ProblemDetails, Receipt } from '../submission/receipt.ts';
import type { FailureReason } from './entry.ts';
import type { StoredEntry } from './outbox-store.ts';
import { nextAttempt } from './plan.ts';

/**
 * What may truthfully be said of a submission. No answers in it. A new object after every change.
 */
export interface DeliveryState {
  /**
   * - `queued`: written, not tried yet
   * - `sending`: this tab is sending it
   * - `waiting`: failed; comes again by itself at `retryAt`
   * - `held`: the endpoint does not take it from this participant until they sign in again
   * - `parked`: refused as it stands (`problem`); kept until a person sends it again, downloads or discards it
   * - `delivered`: acknowledged
   * - `gone`: not, or no longer, in this outbox; whether it was delivered is not known here
   */
  readonly status: 'queued' | 'sending' | 'waiting' | 'held' | 'parked' | 'delivered' | 'gone';
  /**
   * On disk: it is safe to close the page (but the browser may clear it: Safari does after seven days without a visit).
   * Else only in memory: stay until it is sent.
   */
  readonly durable: boolean;
  /** Why it failed, or what it waits for. */
  readonly reason?: StateReason;
  /** Epoch milliseconds by this device's clock. */
  readonly retryAt?: number;
  readonly problem?: ProblemDetails;
  /** Of a `delivered` one, where the endpoint gives one and this tab has seen it. */
  readonly receipt?: Receipt;
}

/** `signed-out`: its participant is not signed in here. `after-another`: the screening that it belongs to goes first. */
export type StateReason = FailureReason | 'signed-out' | 'after-another';

export const GONE: DeliveryState = { status: 'gone', durable: false };

/** What besides the entry itself decides its state. */
export interface Circumstances {
  readonly sending: boolean;
  readonly mayGo: boolean;
  readonly behind: boolean;
}

export function stateOf(entry: StoredEntry, { sending, mayGo, behind }: Circumstances): DeliveryState {
  const { durable } = entry;
  if (sending) return { status: 'sending', durable };
  if (entry.status === 'parked') return { status: 'parked', durable, ...(entry.problem && { problem: entry.problem }) };
  if (!mayGo) return { status: 'held', durable, reason: 'signed-out' };
  if (behind) return { status: 'queued', durable, reason: 'after-another' };
  const retryAt = entry.attempts > 0 ? nextAttempt(entry) : undefined;
  return {
    status: entry.status === 'held' ? 'held' : entry.attempts > 0 ? 'waiting' : 'queued',
    durable,
    ...(entry.reason && { reason: entry.reason }),
    ...(retryAt !== undefined && { retryAt }),
  };
}

/** The state after an acknowledgement. */
export function delivered(receipt: Receipt | undefined): DeliveryState {
  return receipt ? { status: 'delivered', durable: true, receipt } : { status: 'delivered', durable: true };
}
