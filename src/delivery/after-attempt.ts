import { LONGEST_ASKED, retryDelay } from './backoff.ts';
import type { OutboxEntry } from './entry.ts';
import type { Outcome } from './outcome.ts';

/** The entry as it is kept after an attempt that was not acknowledged. */
export function afterAttempt(
  entry: OutboxEntry,
  outcome: Exclude<Outcome, { status: 'acknowledged' }>,
  now: number,
  random: () => number,
): OutboxEntry {
  const attempts = entry.attempts + 1;
  const failed = { ...untried(entry, now), attempts };
  switch (outcome.status) {
    case 'retry':
      return {
        ...failed,
        reason: outcome.reason,
        nextAttemptAt: now + retryDelay(attempts, outcome.after, random),
      };
    case 'held':
      return {
        ...failed,
        status: 'held',
        reason: outcome.reason,
        nextAttemptAt: now + retryDelay(attempts, LONGEST_ASKED, random),
      };
    case 'parked':
      return { ...failed, status: 'parked', problem: outcome.problem };
  }
}

/** The entry as if it had never been sent: due now, its failures forgotten. */
export function untried(entry: OutboxEntry, now: number): OutboxEntry {
  const { reason: _reason, problem: _problem, ...rest } = entry;
  return { ...rest, status: 'waiting', attempts: 0, nextAttemptAt: now };
}
