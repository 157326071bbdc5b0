/**
 * Days and times as a participant reads them: in the zone that their sessions are counted in, in the language of the element.
 * What counts as late or open is the endpoint's to say; here it is only put into words.
 */
export interface Reckoning {
  /** BCP 47. */
  readonly language: string;
  /** IANA name of the zone whose days the plan speaks of. */
  readonly zone: string;
  /** IANA name of the zone that this device is in. */
  readonly here: string;
  readonly now: Date;
}

/** Three lines of a sheet that is torn off a calendar. */
export interface Leaf {
  readonly weekday: string;
  readonly day: string;
  readonly month: string;
}

/** A day of the calendar, `2026-05-14`, on which an instant lies in a zone. */
export function dayIn(instant: Date, zone: string): string {
  const parts = new Intl.DateTimeFormat('en-US', {
    ...{ timeZone: zone, calendar: 'gregory', numberingSystem: 'latn' },
    ...{ year: 'numeric', month: '2-digit', day: '2-digit' },
  }).formatToParts(instant);
  const part = (type: string): string => parts.find((one) => one.type === type)?.value ?? '';
  return `${part('year')}-${part('month')}-${part('day')}`;
}

/** `Thu 14 May`, each word by itself. */
export function leafOf(day: string, { language }: Reckoning): Leaf {
  const one = (options: Intl.DateTimeFormatOptions): string => formatDay(day, language, options);
  return { weekday: one({ weekday: 'short' }), day: one({ day: 'numeric' }), month: one({ month: 'short' }) };
}

/** `Thursday, May 14`; with its year where it is another one than now. */
export function longDay(day: string, reckoning: Reckoning): string {
  return formatDay(day, reckoning.language, {
    ...{ weekday: 'long', month: 'long', day: 'numeric' },
    ...yearOf(day, reckoning),
  });
}

/** `May 14`; with its year where it is another one than now. */
export function shortDay(day: string, reckoning: Reckoning): string {
  return formatDay(day, reckoning.language, { month: 'short', day: 'numeric', ...yearOf(day, reckoning) });
}

/** `May 11 – 24`: days on any of which something can be. */
export function daySpan(first: string, last: string, reckoning: Reckoning): string {
  const format = new Intl.DateTimeFormat(reckoning.language, {
    ...{ timeZone: 'UTC', month: 'short', day: 'numeric' },
    ...yearOf(last, reckoning),
  });
  return format.formatRange(utc(first), utc(last));
}

/** `5:30 PM`; with its zone, `5:30 PM PDT`, where this device's clock shows something else. */
export function timeOfDay(instant: Date, { language, zone, here }: Omit<Reckoning, 'now'>): string {
  return new Intl.DateTimeFormat(language, {
    ...{ hour: 'numeric', minute: '2-digit', timeZone: zone },
    ...(!isSameClock(instant, zone, here) && { timeZoneName: 'short' }),
  }).format(instant);
}

/** The same instant where this device is, `May 14, 8:30 PM EDT`; undefined where clocks there show the same. */
export function timeHere(instant: Date, { language, zone, here }: Reckoning): string | undefined {
  if (isSameClock(instant, zone, here)) return undefined;
  const sameDay = dayIn(instant, zone) === dayIn(instant, here);
  return new Intl.DateTimeFormat(language, {
    ...(!sameDay && { month: 'short', day: 'numeric' }),
    ...{ hour: 'numeric', minute: '2-digit', timeZone: here, timeZoneName: 'short' },
  }).format(instant);
}

/** `tomorrow`, `in 5 days`, `in 3 weeks`: from today in the plan's zone. */
export function fromToday(day: string, { language, zone, now }: Reckoning): string {
  const days = Math.round((utc(day).getTime() - utc(dayIn(now, zone)).getTime()) / DAY);
  const words = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  return Math.abs(days) < 14 ? words.format(days, 'day') : words.format(Math.round(days / 7), 'week');
}

const DAY = 86_400_000;

/** Whether clocks in two zones show the same at that instant, whatever the zones are called. */
function isSameClock(instant: Date, zone: string, here: string): boolean {
  const wall = (timeZone: string): string =>
    new Intl.DateTimeFormat('en', { dateStyle: 'short', timeStyle: 'short', timeZone }).format(instant);
  return wall(zone) === wall(here);
}

/** A day of the calendar is no instant: it is formatted where it begins at midnight. */
function formatDay(day: string, language: string, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(language, { ...options, timeZone: 'UTC' }).format(utc(day));
}

function yearOf(day: string, { now, zone }: Reckoning): Intl.DateTimeFormatOptions {
  return day.slice(0, 4) === dayIn(now, zone).slice(0, 4) ? {} : { year: 'numeric' };
}

const utc = (day: string): Date => new Date(`${day}T00:00:00Z`);
