import * as v from 'valibot';

/** Days of the calendar, and the zones that they begin in. */

const dayWords = 'Write a day of the calendar, as "2026-01-31".';

export const daySchema = v.pipe(
  v.string(),
  v.regex(/^\d{4}-\d{2}-\d{2}$/, dayWords),
  v.check((text) => isDay(text), dayWords),
);

export const timeZoneSchema = v.pipe(
  v.string(),
  v.check((text) => isTimeZone(text), 'Name a time zone as the IANA does: "America/New_York", "Europe/Madrid", "UTC".'),
);

/** Whether the calendar has it: there is no 30 February. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

/** Whether it names a zone. An offset such as `-05:00` does not: it knows nothing of summer. */
export function isTimeZone(text: string): boolean {
  if (!/^[A-Za-z]/.test(text)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: text });
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
