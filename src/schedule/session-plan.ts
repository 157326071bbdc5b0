import { MOST_SESSIONS, type Series } from '../study/arms-part.ts';
import { addTo, dayBefore, subtractFrom } from './days.ts';

/** The sessions of a series on the calendar, before anything has happened. */

/** Both days belong to it; `last` is null where nothing ends it. */
export interface Window {
  readonly first: string;
  readonly last: string | null;
}

export interface PlannedSession {
  /** `sessions-3`: the series and the session's number in it. */
  readonly id: string;
  readonly number: number;
  readonly window: Window;
}

export interface PlannedSeries {
  readonly sessions: readonly PlannedSession[];
  /** Ids of those that were over before the participant began to take part: they are not theirs. */
  readonly before: readonly string[];
  /** The last day on which a session can be held; null where nothing ends the series. */
  readonly ends: string | null;
}

/** Of a series without an end, so many further windows are planned beyond the one that is open. */
const AHEAD = 4;

/**
 * @param start the day that the arm's sessions count from
 * @param today how far a series without an end is planned goes by it
 * @param joined the day on which the participant began to take part
 */
export function planSeries(series: Series, start: string, today: string, joined?: string): PlannedSeries {
  const closes = series.until === undefined ? undefined : dayBefore(addTo(start, series.until));
  const first = addTo(start, series.offset ?? 'P0D');
  const windows =
    series.every === undefined
      ? Array.from({ length: series.count ?? 1 }, () => ({ first, last: closes ?? null }))
      : spans(series, series.every, first, today, closes);
  const sessions = windows.map((window, index) => ({ id: `${series.id}-${index + 1}`, number: index + 1, window }));
  const wasOver = ({ window }: PlannedSession): boolean =>
    joined !== undefined && window.last !== null && window.last < joined;
  const lasts = windows.map(({ last }) => last ?? '');
  return {
    sessions: sessions.filter((session) => !wasOver(session)),
    before: sessions.filter(wasOver).map(({ id }) => id),
    ends: closes ?? (series.count === undefined || series.every === undefined ? null : lasts.reduce(later)),
  };
}

const later = (one: string, other: string): string => (one > other ? one : other);

/**
 * Session k of a series lies in the k-th span of `every` (default 1: weeks 2k-1 to 2k): any day of it, or those around its
 * first day that the series' window names. Where the series is closed earlier, so is its last span.
 */
function spans(
  { count, window }: Series,
  every: string,
  first: string,
  today: string,
  closes: string | undefined,
): readonly { readonly first: string; readonly last: string }[] {
  const found: { first: string; last: string }[] = [];
  for (let index = 0; index < (count ?? MOST_SESSIONS); index++) {
    const begins = addTo(first, every, index);
    if (count === undefined) {
      if (closes !== undefined && begins > closes) break;
      if (closes === undefined && index > AHEAD && addTo(first, every, index - AHEAD) > today) break;
    }
    const span =
      window === undefined
        ? { first: begins, last: dayBefore(addTo(first, every, index + 1)) }
        : { first: subtractFrom(begins, window.before), last: addTo(begins, window.after) };
    // A session that was promised keeps a day, however short the last month is.
    found.push(closes !== undefined && span.last > closes ? { ...span, last: later(span.first, closes) } : span);
  }
  return found;
}
