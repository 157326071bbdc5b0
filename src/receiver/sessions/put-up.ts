import { v7 } from 'uuid';
import type { Series } from '../../study/arms-part.ts';
import type { Study } from '../../study/schema.ts';
import { SteadyError } from '../../study/steady-error.ts';
import { armOf, armOfSite } from '../allocation/arm-of.ts';
import { participantChain, recordEvent, STUDY_CHAIN } from '../audit.ts';
import type { Desk } from '../desk.ts';
import { nobodyCalled } from '../participants/nobody-called.ts';
import type { Audience, PostingRow } from '../store/sessions-store.ts';
import { StoreError, type StoreTransaction } from '../store/store.ts';
import { planOf, sessionCourse } from './session-course.ts';
import { type Subject, subjectNamed, unknownSession } from './subject.ts';

/** What staff put up for sessions: times, cancellations, recordings and make-up links, slots; and who is in which group. */

export type PutUpDesk = Pick<Desk, 'keys' | 'mode'> & Partial<Pick<Desk, 'newId'>>;

type Details = Pick<PostingRow, 'startsAt' | 'minutes' | 'place' | 'link' | 'leader' | 'reason' | 'seats'>;

export type NewPosting = Pick<PostingRow, 'kind' | 'audience' | 'target'> & {
  readonly [Name in keyof Details]?: Details[Name] | undefined;
} & {
  /** A session; of a slot that is good for every session, its series. */
  readonly about: string;
};

/** Who says it, and when. */
export interface Saying {
  /** The id of the staff token; null for the command line. */
  readonly staff: string | null;
  /** UTC. */
  readonly at: string;
}

export type PutUpErrorCode =
  | 'unknown-session'
  | 'unknown-participant'
  | 'unknown-site'
  | 'not-allocated'
  | 'other-arm'
  | 'needs-time'
  | 'needs-link'
  | 'after-end'
  | 'unknown-group';

/** What cannot be put up. The message says what to mend. */
export class PutUpError extends SteadyError {
  declare readonly code: PutUpErrorCode;
  constructor(code: PutUpErrorCode, message: string) {
    super(code, message);
  }
}

/**
 * Puts something up, in the transaction that audits it. What stood before stays, and the newest counts.
 *
 * @returns its id
 * @throws PutUpError
 */
export async function putUp(
  tx: StoreTransaction,
  desk: PutUpDesk,
  study: Study,
  posting: NewPosting,
  { staff, at }: Saying,
): Promise<string> {
  const { kind, audience, target, about } = posting;
  const { series, session } = subjectOf(study, posting);
  if ((kind === 'time' || kind === 'slot') && !posting.startsAt) {
    throw new PutUpError('needs-time', `Say when it begins: a ${kind} without a start is none.`);
  }
  if (kind === 'recording' && !posting.link) {
    throw new PutUpError('needs-link', 'Give the https link under which the recording is.');
  }
  await assertConcerned(tx, desk, study, { audience, target, series, about });
  const id = (desk.newId ?? v7)();
  const { startsAt = null, minutes = null, place = null, link = null, leader = null, reason = null } = posting;
  const row: PostingRow = {
    ...{ study: study.id, id, mode: desk.mode, kind, audience, target, series: series.id, session },
    ...{ startsAt, minutes, place, link, leader, reason, seats: kind === 'slot' ? (posting.seats ?? 1) : null },
    ...{ taken: 0, staff, postedAt: at, endedAt: null },
  };
  await tx.addPosting(row);
  if (audience === 'participant') await assertTaken(tx, study, target, { id, at });
  const chain = audience === 'participant' ? participantChain(target) : STUDY_CHAIN;
  const subjects = [...(audience === 'participant' ? [target] : []), id, staff ?? ''];
  const happened = { study: study.id, chain, event: 'session-posted', subjects, at, mode: desk.mode } as const;
  await recordEvent(tx, desk.keys.current, happened);
  return id;
}

/** @throws PutUpError `unknown-session` */
function subjectOf(study: Study, { kind, about, audience, target }: NewPosting): Subject {
  const subject = subjectNamed(study, { kind, about });
  if (subject === undefined) throw new PutUpError('unknown-session', unknownSession(study, { kind, about }));
  if (audience === 'series' && target !== subject.series.id) {
    throw new PutUpError('unknown-session', `"${about}" is not of the series "${target}".`);
  }
  return subject;
}

interface Concern {
  readonly audience: Audience;
  readonly target: string;
  readonly series: Series;
  readonly about: string;
}

/** Whether it is somebody's of whose arm the session is: what nobody would see was meant for somebody else. */
async function assertConcerned(
  tx: StoreTransaction,
  { mode }: PutUpDesk,
  study: Study,
  { audience, target, series, about }: Concern,
): Promise<void> {
  const seriesOf = (arm: string) => study.arms?.find(({ id }) => id === arm)?.series ?? [];
  const assertIn = (arm: string | undefined, who: string): void => {
    if (arm === undefined) throw new PutUpError('not-allocated', `${who} has no arm yet, and so no sessions.`);
    if (seriesOf(arm).some(({ id }) => id === series.id)) return;
    throw new PutUpError('other-arm', `${who} has no session "${about}": it is of another arm.`);
  };
  if (audience === 'participant') {
    const row = await tx.participant(study.id, target);
    if (row === undefined) throw unknownParticipant(study.id, target);
    assertIn((await armOf(tx, row))?.arm, `Participant ${target}`);
  }
  if (audience === 'site') {
    if (!study.sites?.some(({ id }) => id === target)) {
      throw new PutUpError('unknown-site', `The study has no site "${target}".`);
    }
    // Where participants are allocated, a site has people of every arm.
    const arm = await armOfSite(tx, { study: study.id, mode, site: target });
    if (study.allocation?.unit === 'site') assertIn(arm?.arm, `Site ${target}`);
  }
  if (audience === 'group') {
    const [member] = await tx.groupMembers(study.id, mode, target);
    const row = member === undefined ? undefined : await tx.participant(study.id, member);
    if (row === undefined) {
      throw new PutUpError('unknown-group', `Nobody is in a group "${target}". Say first who is in it.`);
    }
    assertIn((await armOf(tx, row))?.arm, `Group ${target}`);
  }
}

const unknownParticipant = (study: string, id: string): PutUpError =>
  new PutUpError('unknown-participant', nobodyCalled(id, study));

/** A time for one participant that would change nothing, because it comes too late, is not put up in silence. */
async function assertTaken(
  tx: StoreTransaction,
  study: Study,
  participant: string,
  { id, at }: { readonly id: string; readonly at: string },
): Promise<void> {
  const row = await tx.participant(study.id, participant);
  if (row === undefined) throw unknownParticipant(study.id, participant);
  const decided = await tx.decisions(study.id, participant);
  const course = await sessionCourse(tx, study, row, { decided, now: at });
  const aside = course && planOf(course).setAside.find(({ event }) => event.id === id);
  if (aside?.why !== 'after-end' && aside?.why !== 'after-leaving') return;
  const when = aside.why === 'after-end' ? 'later than its series ends' : 'after the participant left';
  throw new PutUpError('after-end', `It is ${when}. If staff agreed to it, say why: with a reason it is taken.`);
}

/** Takes down what was put up. Once; who has a slot keeps its time. */
export async function takeDown(
  tx: StoreTransaction,
  { keys, mode }: Pick<Desk, 'keys' | 'mode'>,
  { study, id, audience, target }: PostingRow,
  { staff, at }: Saying,
): Promise<void> {
  if (!(await tx.endPosting(study, id, at))) return;
  const isOwn = audience === 'participant';
  const subjects = [...(isOwn ? [target] : []), id, staff ?? ''];
  const chain = isOwn ? participantChain(target) : STUDY_CHAIN;
  await recordEvent(tx, keys.current, { study, chain, event: 'session-taken-down', subjects, at, mode });
}

/**
 * Says which group somebody is in from now on: times that are put up for the group are theirs.
 *
 * @returns false where they are in it already
 * @throws PutUpError `unknown-participant`, `not-allocated`
 */
export async function joinGroup(
  tx: StoreTransaction,
  desk: PutUpDesk,
  study: Study,
  { participant, name }: { readonly participant: string; readonly name: string },
  { staff, at }: Saying,
): Promise<boolean> {
  const row = await tx.participant(study.id, participant);
  if (row === undefined) throw unknownParticipant(study.id, participant);
  const arm = (await armOf(tx, row))?.arm;
  if (arm === undefined)
    throw new PutUpError('not-allocated', `Participant ${participant} has no arm yet, and so no group.`);
  const before = await tx.groupsOf(study.id, participant);
  if (before.at(-1)?.name === name) return false;
  await assertSameArm(tx, study, { mode: row.mode, name, arm, participant });
  const { mode } = row;
  const added = await tx.addToGroup({
    ...{ study: study.id, participant, seq: before.length + 1, mode, name, staff, since: at },
  });
  if (!added) throw new StoreError('run-again', 'Somebody else has changed their group meanwhile.');
  const subjects = [participant, staff ?? ''];
  const happened = { study: study.id, chain: participantChain(participant), event: 'group-joined', subjects, at, mode };
  await recordEvent(tx, desk.keys.current, { ...happened, event: 'group-joined' });
  return true;
}

/** Whoever is put into a group of another arm would be told its times. */
async function assertSameArm(
  tx: StoreTransaction,
  study: Study,
  {
    mode,
    name,
    arm,
    participant,
  }: { readonly mode: PostingRow['mode']; readonly name: string; readonly arm: string; readonly participant: string },
): Promise<void> {
  const [member] = await tx.groupMembers(study.id, mode, name);
  const row = member === undefined ? undefined : await tx.participant(study.id, member);
  const theirs = row && (await armOf(tx, row))?.arm;
  if (theirs === undefined || theirs === arm) return;
  throw new PutUpError('other-arm', `Participant ${participant} is in another arm than the group "${name}".`);
}
