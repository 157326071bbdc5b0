/** When an event is sent again, and when no more: a function of what is known after an attempt. */

/** A weekend and a bank holiday: the mailer's owner is back at work before we give up. */
export const GIVE_UP_AFTER_MS = 5 * 24 * 60 * 60 * 1000;

/** After attempt 1, 2, 3 ... in seconds, about as the Standard Webhooks specification proposes; the last one repeats. */
const DELAYS = [5, 60, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400] as const;

/** So that what failed together is not sent together again: a fifth earlier or later. */
const JITTER = 0.2;

export interface Failed {
  /** When the event was queued, epoch milliseconds. */
  readonly createdAt: number;
  /** How many attempts were made, this one included. */
  readonly attempts: number;
  readonly now: number;
  /** What the other end asked for, in milliseconds from now. */
  readonly retryAfter?: number | undefined;
}

/**
 * When to try again, epoch milliseconds; undefined to give up. The last attempt is made when the five days are over, so
 * that an endpoint which asked for more is still asked once.
 *
 * @param random from 0 to 1
 */
export function nextAttempt(
  { createdAt, attempts, now, retryAfter = 0 }: Failed,
  random: () => number,
): number | undefined {
  const last = createdAt + GIVE_UP_AFTER_MS;
  if (now >= last) return undefined;
  const seconds = DELAYS[Math.min(Math.max(attempts, 1), DELAYS.length) - 1] ?? 0;
  const delay = seconds * 1000 * (1 - JITTER + 2 * JITTER * random());
  return Math.min(last, Math.round(now + Math.max(delay, retryAfter)));
}

/**
 * A `Retry-After`: seconds or an HTTP date (RFC 9110, 10.2.3), as milliseconds from `now`; undefined where it is neither.
 */
export function readRetryAfter(header: string | null, now: number): number | undefined {
  const text = header?.trim() ?? '';
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000;
  if (!/^[A-Za-z]{3,9},/.test(text)) return undefined;
  const at = Date.parse(text);
  return Number.isNaN(at) ? undefined : Math.max(0, at - now);
}
