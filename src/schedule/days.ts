import { Temporal } from 'temporal-polyfill';

/**
 * Days and instants as plain text: a day is `2026-03-08`, an instant UTC text such as `2026-03-08T16:00:00Z`. Only here and
 * in the calendar file is Temporal used; everything else compares days as text, and whoever shows them needs Intl alone.
 */

/** The day on which an instant falls in a zone. */
export function dayIn(instant: string, zone: string): string {
  return Temporal.Instant.from(instant).toZonedDateTimeISO(zone).toPlainDate().toString();
}

/** The local date and time of an instant, to the minute: `2026-03-08 09:00`. */
export function localText(instant: string, zone: string): string {
  const local = Temporal.Instant.from(instant).toZonedDateTimeISO(zone).toPlainDateTime();
  return local.toString({ smallestUnit: 'minute' }).replace('T', ' ');
}

/**
 * What `addTo` has answered. People's plans count from the same few days again and again, Temporal takes long to count, and where it
 * is a polyfill its objects stay until all of the memory is gone through.
 */
const added = new Map<string, string>();
const MOST_ADDED = 5_000;

/**
 * The day that lies `times` durations after another. Counted from the day itself, never from step to step: a month after
 * 31 January is 28 February, and two months after it are 31 March.
 *
 * @param duration as ISO 8601 has it, in whole days: `P2W`
 */
export function addTo(day: string, duration: string, times = 1): string {
  const asked = `${day} ${duration} ${times}`;
  const known = added.get(asked);
  if (known !== undefined) return known;
  const { years, months, weeks, days } = Temporal.Duration.from(duration);
  const sum = { years: years * times, months: months * times, weeks: weeks * times, days: days * times };
  const found = Temporal.PlainDate.from(day).add(sum).toString();
  if (added.size >= MOST_ADDED) added.clear();
  added.set(asked, found);
  return found;
}

/** The day that lies a duration before another. */
export const subtractFrom = (day: string, duration: string): string => addTo(day, duration, -1);

export const dayBefore = (day: string): string => addTo(day, 'P1D', -1);

/** An instant as a number, to be compared. */
export const timeOf = (instant: string): number => Date.parse(instant);

/**
 * When a day is over in a zone: its last millisecond. A day has 23 or 25 hours where clocks change.
 *
 * @returns UTC text
 */
export function endOf(day: string, zone: string): string {
  const next = Temporal.PlainDate.from(day).add({ days: 1 }).toZonedDateTime(zone);
  return next.subtract({ milliseconds: 1 }).toInstant().toString();
}

/**
 * An instant from however somebody wrote it: with its offset, as a local time in the zone, or as a day, which is its first
 * moment. A local time that a clock change skips is taken as much later; of one that comes twice the first is meant.
 *
 * @returns UTC text; undefined where it is no time
 */
export function instantOf(text: string, zone: string): string | undefined {
  const read = (from: () => Temporal.Instant): string | undefined => {
    try {
      return from().toString();
    } catch (error) {
      if (error instanceof RangeError) return undefined;
      throw error;
    }
  };
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) {
    return read(() => Temporal.PlainDate.from(text).toZonedDateTime(zone).toInstant());
  }
  if (/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?$/.test(text)) {
    return read(() => Temporal.PlainDateTime.from(text).toZonedDateTime(zone).toInstant());
  }
  return /^\d{4}-\d{2}-\d{2}T[\d:.]+(Z|[+-]\d{2}:\d{2})$/.test(text)
    ? read(() => Temporal.Instant.from(text))
    : undefined;
}

/**
 * The same local time again and again, as a group keeps it through the year.
 *
 * @param first local date and time of the first, as `2026-02-24T17:00`
 * @returns instants as UTC text
 */
export function localTimes(first: string, every: string, count: number, zone: string): readonly string[] {
  const start = Temporal.PlainDateTime.from(first);
  const [day, time] = [start.toPlainDate().toString(), start.toPlainTime()];
  return Array.from({ length: count }, (_, index) =>
    Temporal.PlainDate.from(addTo(day, every, index))
      .toZonedDateTime({ timeZone: zone, plainTime: time })
      .toInstant()
      .toString(),
  );
}
