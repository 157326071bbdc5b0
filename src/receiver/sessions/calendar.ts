import { type Appointment, calendarFile } from '../../schedule/calendar-file.ts';
import type { InterventionPlan } from '../../schedule/participant-plan.ts';
import type { SessionStatus } from '../../schedule/session-status.ts';
import { hashSecret, newToken, type RandomBytes } from '../../submission/secrets.ts';
import { participantChain, recordEvent } from '../audit.ts';
import type { HandOut } from '../consent/hand-out.ts';
import { zoneOf } from '../days.ts';
import type { Desk } from '../desk.ts';
import { assertNotErased } from '../erasure/assert-not-erased.ts';
import { sha256 } from '../hash.ts';
import { prefixOf, rowWith } from '../participants/hashes.ts';
import type { SignedIn } from '../participants/sign-in.ts';
import type { KnownStudy } from '../served-study.ts';
import type { CalendarFeedRow } from '../store/sessions-store.ts';
import type { StoreTransaction } from '../store/store.ts';
import { transactOnce } from '../store/transact-once.ts';
import { detailsOf } from './postings.ts';
import { planOf, type SessionCourse, sessionCourse } from './session-course.ts';

/**
 * A participant's sessions as a calendar: times and the word "Appointment". A feed has an address of its own, a secret that
 * opens nothing else; it is kept as a hash and ends when its participant says so.
 */

/** Whose calendar, and in which language. */
interface Wanted {
  readonly participant: string;
  readonly language: string;
  /** One session alone. */
  readonly session?: string;
}

/** @returns undefined for a session that has no time, or is none of theirs */
export async function calendarOf(
  tx: StoreTransaction,
  { current: { study } }: KnownStudy,
  { participant, language, session: wanted }: Wanted,
  now: string,
): Promise<HandOut | undefined> {
  const row = await tx.participant(study.id, participant);
  const decided = await tx.decisions(study.id, participant);
  const course = row && (await sessionCourse(tx, study, row, { decided, now }));
  const plan = course?.barred === undefined ? course && planOf(course) : undefined;
  const all = course === undefined || plan === undefined ? [] : appointmentsIn(plan, course, participant);
  const these = wanted === undefined ? all : all.filter(({ session }) => session === wanted);
  if (wanted !== undefined && these.length === 0) return undefined;
  const content = calendarFile(
    these.map(({ session: _, ...appointment }) => appointment),
    { zone: zoneOf(study), language, now },
  );
  return { name: 'appointments.ics', mediaType: 'text/calendar; charset=utf-8', content };
}

/** What was called off, or will not be held, is in it no more. */
function isHeld({ state }: SessionStatus): boolean {
  return state !== 'cancelled-by-staff' && state !== 'not-completed';
}

function appointmentsIn(
  { sessions }: InterventionPlan,
  { study, arm, postings }: SessionCourse,
  participant: string,
): readonly (Appointment & { readonly session: string })[] {
  return sessions.filter(isHeld).flatMap((session) => {
    const { id, series, startsAt } = session;
    if (startsAt === undefined) return [];
    const minutes = detailsOf(session, postings)?.minutes ?? arm.series.find((one) => one.id === series)?.minutes;
    // Always the same for the same session; without the participant's id nobody can say of which.
    const uid = `${sha256(JSON.stringify([study.id, participant, id])).slice(0, 32)}@appointments.invalid`;
    return [{ uid, startsAt, session: id, ...(minutes !== undefined && { minutes }) }];
  });
}

/**
 * Makes a participant's feed; the one before it is worth nothing from then on.
 *
 * @returns its secret, which can never be shown again
 */
export async function makeFeed(
  { store, keys, now }: Pick<Desk, 'store' | 'keys' | 'now'>,
  { study, participant, mode }: Pick<SignedIn, 'study' | 'participant' | 'mode'>,
  language: string,
  random?: RandomBytes,
): Promise<{ readonly secret: string; readonly madeAt: string }> {
  const secret = newToken(random);
  const hash = await hashSecret(secret);
  const at = now().toISOString();
  const make = async (tx: StoreTransaction): Promise<void> => {
    await assertNotErased(tx, { study, participant });
    await endStanding(tx, study, participant, at);
    await tx.addFeed({ study, hash, hashPrefix: prefixOf(hash), participant, language, madeAt: at, endedAt: null });
    const event = { study, chain: participantChain(participant), event: 'calendar-made', at, mode } as const;
    await recordEvent(tx, keys.current, { ...event, subjects: [participant] });
  };
  await transactOnce(store, make, async (tx) => (await tx.feedOf(study, participant))?.hash === hash);
  return { secret, madeAt: at };
}

/** Ends a participant's feed, where there is one. */
export async function endFeed(
  { store, keys, now }: Pick<Desk, 'store' | 'keys' | 'now'>,
  { study, participant, mode }: Pick<SignedIn, 'study' | 'participant' | 'mode'>,
): Promise<void> {
  const at = now().toISOString();
  await store.transaction((tx) => endFeedOf(tx, { keys }, { study, participant, mode, at }));
}

/** The same, in a transaction that does more. */
export async function endFeedOf(
  tx: StoreTransaction,
  { keys }: Pick<Desk, 'keys'>,
  { study, participant, mode, at }: Pick<SignedIn, 'study' | 'participant' | 'mode'> & { readonly at: string },
): Promise<void> {
  if (!(await endStanding(tx, study, participant, at))) return;
  const event = { study, chain: participantChain(participant), event: 'calendar-ended', at, mode } as const;
  await recordEvent(tx, keys.current, { ...event, subjects: [participant] });
}

async function endStanding(tx: StoreTransaction, study: string, participant: string, at: string): Promise<boolean> {
  if ((await tx.feedOf(study, participant)) === undefined) return false;
  await tx.endFeeds(study, participant, at);
  return true;
}

/** The feed with this secret, in whichever study it is; undefined for one that has ended, or never was. */
export async function feedWith(
  tx: StoreTransaction,
  studies: Iterable<string>,
  secret: string,
): Promise<CalendarFeedRow | undefined> {
  const hash = await hashSecret(secret);
  let found: CalendarFeedRow | undefined;
  for (const study of studies) {
    const row = rowWith(await tx.feedsByPrefix(study, prefixOf(hash)), (one) => one.hash, hash);
    if (row?.endedAt === null) found = row;
  }
  return found;
}
