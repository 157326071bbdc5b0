import * as v from 'valibot';
import { daySchema } from '../study/day.ts';
import { UsageError } from './io.ts';

/** Ten years: what is to last longer is a mistake. */
const MOST = 3_650;

/**
 * A number of days as ISO 8601 writes it: `P30D`.
 *
 * @param option which one it was given to, for the message
 * @throws UsageError
 */
export function daysOf(text: string, option: string): number {
  const days = Number(/^P(\d{1,4})D$/.exec(text)?.[1] ?? 0);
  if (days < 1 || days > MOST) {
    throw new UsageError(`${option} is a number of days from P1D to P${MOST}D, as in P30D, not "${text}".`);
  }
  return days;
}

/**
 * A day of the calendar: `2026-01-31`.
 *
 * @param option which one it was given to, for the message
 * @throws UsageError
 */
export function dayOf(text: string, option: string): string {
  if (v.is(daySchema, text)) return text;
  throw new UsageError(`${option} is a day of the calendar, as in 2026-01-31, not "${text}".`);
}
