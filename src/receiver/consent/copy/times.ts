/** Days and times as a reader of a copy has them: in words, with the zone, and as they stand in the record. */

/** @param day as `2026-01-31` */
export function dayIn(language: string, day: string): string {
  return said(new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' }), `${day}T00:00:00Z`);
}

/**
 * @param instant UTC text
 * @param timeZone an IANA name. One that is unknown here came from a browser as it is, and is named beside UTC
 */
export function timeIn(language: string, instant: string, timeZone = 'UTC'): string {
  const zone = isZone(timeZone) ? timeZone : 'UTC';
  const style = { dateStyle: 'long', timeStyle: 'long', hourCycle: 'h23', timeZone: zone } as const;
  const named = timeZone === 'UTC' ? instant : `${timeZone}; ${instant}`;
  return `${said(new Intl.DateTimeFormat(language, style), instant)} (${named})`;
}

function said(format: Intl.DateTimeFormat, instant: string): string {
  // Some languages' formats have narrow spaces that fonts lack.
  return format.format(new Date(instant)).replaceAll('\u202F', '\u00A0');
}

function isZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
