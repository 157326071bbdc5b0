import ical from 'ical-generator';
import { Temporal } from 'temporal-polyfill';
import { timeZoneComponent } from './time-zone-component.ts';

/**
 * Sessions as a calendar file (iCalendar, RFC 5545), for one appointment or all. Whoever looks over somebody's shoulder reads
 * "Appointment" and a time: no study, arm, topic, place or link is in it, and what names an event must say nothing either.
 */

export interface Appointment {
  /**
   * What a calendar knows it by when the file is read again. Made by the receiver, the same for the same session; never a
   * session's own id, which says which series it is of.
   */
  readonly uid: string;
  /** UTC. */
  readonly startsAt: string;
  /** Without it the calendar shows a start alone. */
  readonly minutes?: number;
}

export interface CalendarOptions {
  /** IANA name: each appointment keeps its local time there when clocks change. */
  readonly zone: string;
  /** BCP 47. English where the kit has no words for it. */
  readonly language: string;
  /** UTC: when the file was made. */
  readonly now: string;
}

const TITLES: Readonly<Record<string, string>> = { en: 'Appointment', es: 'Cita' };

/**
 * Each appointment keeps its local time; one in the hour that comes twice in autumn is written in UTC.
 *
 * @returns the file's content, lines ending as RFC 5545 wants them
 */
export function calendarFile(appointments: readonly Appointment[], { zone, language, now }: CalendarOptions): string {
  const starts = appointments.map(({ startsAt }) => Temporal.Instant.from(startsAt)).sort(Temporal.Instant.compare);
  const [first = Temporal.Instant.from(now), last = first] = [starts.at(0), starts.at(-1)];
  // None takes longer than a day.
  const until = last.add({ hours: 24 });
  // Without a zone of its own: the library would write the stamp in it, which has to be in UTC.
  const generator = (name: string): string => timeZoneComponent(name, first.toString(), until.toString());
  const calendar = ical({ timezone: { name: null, generator } });
  const summary = TITLES[language.split('-', 1)[0] ?? ''] ?? TITLES.en ?? '';
  for (const { uid, startsAt, minutes } of appointments) {
    const start = Temporal.Instant.from(startsAt).toZonedDateTimeISO(zone);
    const end = minutes === undefined ? undefined : start.add({ minutes });
    const isPlain = [start, end ?? start].every(saysWhen);
    calendar.createEvent({
      ...{ id: uid, stamp: new Date(now), summary, start, timezone: isPlain ? zone : null },
      ...(end && { end }),
    });
  }
  return calendar.toString();
}

/** Whether its local time says which instant is meant: of an hour that comes twice, programs take now one, now the other. */
function saysWhen(time: Temporal.ZonedDateTime): boolean {
  const local = time.toPlainDateTime();
  const read = (disambiguation: 'earlier' | 'later') => local.toZonedDateTime(time.timeZoneId, { disambiguation });
  return read('earlier').equals(read('later'));
}
