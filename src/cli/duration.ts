import { UsageError } from './io.ts';

/** How many days an ISO 8601 duration of whole days or weeks has. */

const LONGEST_DAYS = 3_650;

/**
 * @param option its name, for the message
 * @throws UsageError
 */
export function daysOf(text: string, option: string): number {
  const [, count, unit] = /^P(\d{1,5})([DW])$/.exec(text) ?? [];
  const days = Number(count) * (unit === 'W' ? 7 : 1);
  if (count === undefined || days < 1 || days > LONGEST_DAYS) {
    throw new UsageError(`${option} is a duration of 1 to ${LONGEST_DAYS} days, as in P30D or P4W, not "${text}".`);
  }
  return days;
}
