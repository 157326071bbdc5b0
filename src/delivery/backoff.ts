/**
 * How long to wait before the next attempt. Full jitter (AWS Architecture Blog, "Exponential Backoff And Jitter", 2015):
 * anywhere between at once and an exponentially growing bound, so that a ward full of browsers does not come back as one.
 */

const FIRST_BOUND = 2_000;
const LONGEST_BOUND = 10 * 60_000;

/**
 * What an endpoint can ask for at most. One that asks for a year, by mistake or in malice, gets a request per hour instead:
 * an answer must not be stranded by a header.
 */
export const LONGEST_ASKED = 60 * 60_000;

/** No wait that this room makes is longer; a later `nextAttemptAt` means that the device's clock was set back. */
export const LONGEST_WAIT = 2 * LONGEST_ASKED;

/**
 * Milliseconds until the next attempt.
 *
 * @param attempts how many have failed in a row, from 1.
 * @param asked the `Retry-After` of the last answer in milliseconds. Never sooner than that, up to a tenth later.
 * @param random a number from 0 (inclusive) to 1 (exclusive).
 */
export function retryDelay(attempts: number, asked: number | undefined, random: () => number): number {
  const backoff = random() * Math.min(LONGEST_BOUND, FIRST_BOUND * 2 ** (attempts - 1));
  if (asked === undefined) return backoff;
  return Math.max(backoff, Math.min(asked, LONGEST_ASKED) * (1 + random() / 10));
}
