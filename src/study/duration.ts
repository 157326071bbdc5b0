import * as v from 'valibot';

/**
 * How long something lasts, or comes after something else, in whole days, weeks, months or years of the calendar (ISO 8601).
 * Nothing here needs a calendar: adding a duration to a day is for the schedule.
 */

const FORM = /^P(?=\d)(?:(\d{1,2})Y)?(?:(\d{1,3})M)?(?:(\d{1,3})W)?(?:(\d{1,4})D)?$/;

export const durationSchema = v.pipe(v.string(), v.regex(FORM, '@duration'));

/** Within how many hours or days somebody answers: no span of the calendar. */
export const responseTimeSchema = v.pipe(v.string(), v.regex(/^P(T[1-9]\d?H|[1-9]\d?D)$/, '@response-time'));

export interface Days {
  readonly least: number;
  readonly most: number;
}

/** Bounds of how many days it has, wherever in the calendar it begins: months have 28 to 31, years 365 or 366. */
export function daysOf(duration: string): Days {
  const [years = 0, months = 0, weeks = 0, days = 0] = (FORM.exec(duration) ?? [])
    .slice(1)
    .map((part) => Number(part ?? 0));
  const exact = weeks * 7 + days;
  return {
    // Only February falls short of 30 days, by two; over a year the others make up for it.
    least: years * 365 + (months === 0 ? 0 : months * 30 - 2) + exact,
    most: years * 366 + months * 31 + exact,
  };
}

/** "P0D", or the same said otherwise. */
export function isNone(duration: string): boolean {
  return !/[1-9]/.test(duration);
}
