import { timeOf } from '../../schedule/days.ts';
import type { SessionStatus } from '../../schedule/session-status.ts';
import type { ScheduleEvent } from '../../study/session-events.ts';
import type { ParticipantRow } from '../store/participants-store.ts';
import { AUDIENCES, type Audience, type PostingRow } from '../store/sessions-store.ts';
import type { StoreTransaction } from '../store/store.ts';

/**
 * What staff have put up, as it is good for one participant: their own before that of their group, that before their site's,
 * and that before everybody's. Within one audience the newest counts.
 */

/** Where a participant belongs; null for nowhere. */
export interface Belonging {
  readonly group: string | null;
  readonly site: string | null;
  /** Of their arm. */
  readonly series: readonly string[];
}

/** Everything that concerns a participant, the oldest first. Of what was taken down only slots: somebody may have one. */
export async function postingsFor(
  tx: StoreTransaction,
  { study, id, mode }: Pick<ParticipantRow, 'study' | 'id' | 'mode'>,
  { group, site, series }: Belonging,
): Promise<readonly PostingRow[]> {
  const places: readonly (readonly [Audience, string | null])[] = [
    ['participant', id],
    ['group', group],
    ['site', site],
    ...series.map((one) => ['series', one] as const),
  ];
  const rows: PostingRow[] = [];
  for (const [audience, target] of places) {
    if (target !== null) rows.push(...(await tx.postings(study, mode, audience, target)));
  }
  return rows
    .filter((row) => (row.endedAt === null || row.kind === 'slot') && series.includes(row.series))
    .sort((a, b) => (a.id < b.id ? -1 : Number(a.id > b.id)));
}

/**
 * The times that sessions were given, and those that were called off, as events. A time that staff put up for several people
 * moves nobody who has one of their own since.
 *
 * @param own what is known of the participant alone: by session, when a time of their own was first set
 */
export function timesIn(postings: readonly PostingRow[], own: ReadonlyMap<string, string>): readonly ScheduleEvent[] {
  const timed = postings.filter(({ kind }) => kind === 'time' || kind === 'cancelled');
  const firstOwn = new Map(own);
  for (const { audience, session, postedAt } of timed) {
    if (audience !== 'participant' || session === null) continue;
    const before = firstOwn.get(session);
    if (before === undefined || postedAt < before) firstOwn.set(session, postedAt);
  }
  return timed.flatMap((row): readonly ScheduleEvent[] => {
    const { audience, session, postedAt } = row;
    if (session === null) return [];
    if (audience !== 'participant') {
      const since = firstOwn.get(session);
      if (since !== undefined && postedAt >= since) return [];
      const others = timed.filter((one) => one.session === session && one.audience !== 'participant');
      if (others.some((one) => rankOf(one) < rankOf(row))) return [];
    }
    return [eventOf(row, session)];
  });
}

const rankOf = ({ audience }: PostingRow): number => AUDIENCES.indexOf(audience);

/** What was put up after the session had begun tells when that was; it did not move it. */
function eventOf({ id, kind, startsAt, reason, postedAt }: PostingRow, session: string): ScheduleEvent {
  const said = { id, session, by: 'facilitator' as const, ...(reason !== null && { reason }) };
  if (kind === 'cancelled' || startsAt === null) return { ...said, event: 'cancelled', at: postedAt };
  const at = timeOf(startsAt) < timeOf(postedAt) ? startsAt : postedAt;
  // With a reason it is taken also where it comes too late.
  return { ...said, event: 'scheduled', at, startsAt, ...(reason !== null && { override: true }) };
}

/** What is known of the time that a session has now: from where it was put up, or from the slot. */
export function detailsOf(
  { id, series, startsAt }: Pick<SessionStatus, 'id' | 'series' | 'startsAt'>,
  postings: readonly PostingRow[],
): Pick<PostingRow, 'minutes' | 'place' | 'link' | 'leader'> | undefined {
  if (startsAt === undefined) return undefined;
  const isIt = (row: PostingRow): boolean =>
    row.startsAt !== null &&
    timeOf(row.startsAt) === timeOf(startsAt) &&
    (row.session === id || (row.session === null && row.series === series));
  const rows = postings.filter((row) => (row.kind === 'time' || row.kind === 'slot') && isIt(row));
  return narrowest(rows);
}

/** The recording of a session; for one participant alone it is a make-up link. */
export function recordingOf(session: string, postings: readonly PostingRow[]): PostingRow | undefined {
  return narrowest(postings.filter((row) => row.kind === 'recording' && row.session === session));
}

/** Of the narrowest audience the newest. */
function narrowest(rows: readonly PostingRow[]): PostingRow | undefined {
  const least = Math.min(...rows.map(rankOf));
  return rows.findLast((row) => rankOf(row) === least);
}

/**
 * The slots that somebody may ask for instead of the time that a session has: to come, with a seat left, and before the
 * series ends. The soonest first.
 *
 * @param ends when the series ends, UTC; null where nothing ends it
 */
export function slotsFor(
  { id, series }: Pick<SessionStatus, 'id' | 'series'>,
  postings: readonly PostingRow[],
  { now, ends }: { readonly now: string; readonly ends: string | null },
): readonly (PostingRow & { readonly startsAt: string })[] {
  return postings
    .flatMap((row) => {
      const { kind, startsAt, seats, taken, endedAt } = row;
      if (endedAt !== null) return [];
      if (kind !== 'slot' || row.series !== series || (row.session !== null && row.session !== id)) return [];
      if (startsAt === null || taken >= (seats ?? 0) || timeOf(startsAt) <= timeOf(now)) return [];
      return ends !== null && timeOf(startsAt) > timeOf(ends) ? [] : [{ ...row, startsAt }];
    })
    .sort((a, b) => timeOf(a.startsAt) - timeOf(b.startsAt));
}
