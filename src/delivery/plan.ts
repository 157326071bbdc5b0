import { LONGEST_WAIT } from './backoff.ts';
import type { FailureReason, OutboxEntry } from './entry.ts';

/** Which entry goes next, and when. Plain data in, plain data out. */
export interface Situation {
  /** Epoch milliseconds by this device's clock. */
  readonly now: number;
  /** Something has changed (a page was opened, looked at, the network came back): try again what only the way stopped. */
  readonly eager: boolean;
  /** Whether there is a key to send it under, or it needs none. */
  readonly mayGo: (entry: OutboxEntry) => boolean;
}

/** Whether the entry may be sent now, as far as it alone is concerned. */
export function isReady(entry: OutboxEntry, { now, eager, mayGo }: Situation): boolean {
  if (!mayGo(entry) || nextAttempt(entry) === undefined) return false;
  return isDue(entry.nextAttemptAt, now) || (eager && entry.reason !== undefined && OF_THE_WAY.has(entry.reason));
}

/** Whether it waits for another that is still here. */
export function isBehind(entry: OutboxEntry, all: readonly OutboxEntry[]): boolean {
  return entry.after !== undefined && all.some((other) => other.id === entry.after);
}

/** The one to send next: those never tried before those that failed, then the oldest. A stuck one delays no other. */
export function nextToSend<Entry extends OutboxEntry>(
  all: readonly Entry[],
  tried: ReadonlySet<string>,
  situation: Situation,
): Entry | undefined {
  const [first] = all
    .filter((entry) => !tried.has(entry.id) && isReady(entry, situation) && !isBehind(entry, all))
    .sort((a, b) => Math.sign(a.attempts) - Math.sign(b.attempts) || byAge(a, b));
  return first;
}

/** Epoch milliseconds of the next attempt that comes by itself; `undefined` when none does. */
export function nextAttempt(entry: OutboxEntry): number | undefined {
  // Nobody can sign in for an anonymous entry; what refused it was not the study but something on the way. So try again.
  const comes = entry.status === 'waiting' || (entry.status === 'held' && entry.participant === null);
  return comes ? entry.nextAttemptAt : undefined;
}

/** Oldest first. */
export function byAge(a: OutboxEntry, b: OutboxEntry): number {
  return a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1);
}

function isDue(at: number, now: number): boolean {
  return at <= now || at - now > LONGEST_WAIT;
}

/** Failures that the endpoint had no part in. Those that it asked us to wait for are waited for. */
const OF_THE_WAY: ReadonlySet<FailureReason> = new Set(['network', 'timeout', 'redirect', 'not-a-receipt']);
