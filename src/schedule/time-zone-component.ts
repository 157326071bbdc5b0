import { Temporal } from 'temporal-polyfill';

/**
 * A zone as calendar programs want it beside the times that name it (VTIMEZONE, RFC 5545 3.6.5): which offset counts from
 * when. Written from what the platform knows of the zone, a part for each change of clocks and no rule for the future, so
 * that no table of zones has to come along.
 *
 * @param from UTC: the offset then is the first part
 * @param until UTC: changes after it are left out
 */
export function timeZoneComponent(zone: string, from: string, until: string): string {
  const start = Temporal.Instant.from(from).toZonedDateTimeISO(zone);
  const end = Temporal.Instant.from(until);
  const parts: string[] = [];
  // The change that led to the first offset; a zone that never changed has had it for ever.
  let at = start.getTimeZoneTransition('previous') ?? start.with({ year: 1970, month: 1, day: 1 }).startOfDay();
  for (;;) {
    parts.push(...observance(at));
    const next = at.getTimeZoneTransition('next');
    if (next === null || Temporal.Instant.compare(next.toInstant(), end) > 0) break;
    at = next;
  }
  return ['BEGIN:VTIMEZONE', `TZID:${zone}`, ...parts, 'END:VTIMEZONE'].join('\r\n');
}

/** From a change of clocks on: its local time by the offset before it, and both offsets. */
function observance(at: Temporal.ZonedDateTime): readonly string[] {
  const before = at.subtract({ nanoseconds: 1 });
  const local = at.toInstant().toZonedDateTimeISO(before.offset).toPlainDateTime();
  const kind = at.offsetNanoseconds > before.offsetNanoseconds ? 'DAYLIGHT' : 'STANDARD';
  return [
    `BEGIN:${kind}`,
    `DTSTART:${local.toString({ smallestUnit: 'second' }).replaceAll(/[-:]/g, '')}`,
    `TZOFFSETFROM:${before.offset.replaceAll(':', '')}`,
    `TZOFFSETTO:${at.offset.replaceAll(':', '')}`,
    `END:${kind}`,
  ];
}
