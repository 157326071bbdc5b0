import { endOf } from '../../schedule/days.ts';
import type { InterventionPlan } from '../../schedule/participant-plan.ts';
import type { SessionStatus } from '../../schedule/session-status.ts';
import type { Series } from '../../study/arms-part.ts';
import { HOMEWORK_TASKS } from '../../study/homework.ts';
import type { Me, MySession, MySessions } from '../../submission/participation.ts';
import { zoneOf } from '../days.ts';
import { detailsOf, recordingOf, slotsFor } from './postings.ts';
import { isWritten, type SessionCourse, textsOf } from './session-course.ts';

/** A participant's sessions, as they are told them themselves: of their own arm, in words that are theirs or the study's. */

/** @param calendar whether they have a feed */
export function mySessions(course: SessionCourse, plan: InterventionPlan, calendar: boolean): MySessions {
  const { study, arm } = course;
  const { start, state, leftAt, sessions, outstanding, offers, reviews, total } = plan;
  return {
    ...{ arm: { id: arm.id, title: { ...arm.title } }, timeZone: zoneOf(study), start, state },
    ...(leftAt !== undefined && { leftAt }),
    plan: sessions.flatMap((session) => {
      const series = arm.series.find(({ id }) => id === session.series);
      return series === undefined ? [] : [told(session, series, course, plan)];
    }),
    counts: total && withoutPercent(total),
    outstanding: [...outstanding],
    offers: offers.map(({ sessions: ids, text, ...offer }) => ({
      ...{ ...offer, sessions: [...ids] },
      ...(text !== undefined && { text: { ...text } }),
    })),
    warnings: sessions
      .filter(({ unseen }) => unseen.length > 0)
      .map(({ id, unseen, locked }) => ({ session: id, unseen: [...unseen], locked })),
    // What staff have decided, and in which words, is theirs to tell.
    reviews: reviews
      .filter((review) => review.state === 'open')
      .map(({ series, review, raisedAt, text }) => ({
        ...{ series, review, raisedAt },
        ...(text !== undefined && { text: { ...text } }),
      })),
    calendar,
  };
}

function withoutPercent({
  attendedPercent: _,
  ...counts
}: NonNullable<InterventionPlan['total']>): NonNullable<MySessions['counts']> {
  return counts;
}

function told(session: SessionStatus, series: Series, course: SessionCourse, plan: InterventionPlan): MySession {
  const { id, number, state, timing, window, startsAt, heldOn, outstanding, received } = session;
  const details = detailsOf(session, course.postings);
  const minutes = details?.minutes ?? series.minutes;
  const leader = details?.leader ? { default: details.leader } : series.leader;
  const recording = recordingFor(session, course, plan);
  const asked = askedAt(session);
  return {
    ...{ id, series: series.id, number },
    ...(series.title !== undefined && { title: { ...series.title } }),
    ...{ optional: series.optional === true, format: series.format, state, timing, window: { ...window } },
    ...(startsAt !== undefined && { startsAt }),
    ...(minutes !== undefined && { minutes }),
    ...(details?.place && { place: details.place }),
    ...(details?.link && { link: details.link }),
    ...(leader !== undefined && { leader: { ...leader } }),
    ...(heldOn !== undefined && { heldOn }),
    misses: missesFor(session),
    ...{ outstanding, received, homework: homeworkFor(session, series, course) },
    ...(recording !== undefined && { recording }),
    slots: offeredSlots(session, course, plan).map(({ id: slot, startsAt: begins, minutes: long, place, link }) => ({
      ...{ id: slot, startsAt: begins },
      ...(long !== null && { minutes: long }),
      ...(place !== null && { place }),
      ...(link !== null && { link }),
    })),
    ...(asked !== undefined && { asked: { at: asked } }),
  };
}

/** Staff's words on an absence are theirs; a reason that the participant gave is repeated to them. */
function missesFor({ misses, history }: SessionStatus): MySession['misses'] {
  const own = new Set(history.flatMap(({ by, reason }) => (by === 'participant' ? [reason] : [])));
  return misses.map(({ at, by, reason }) => ({
    ...{ at, by },
    ...(reason !== undefined && own.has(reason) && { reason }),
  }));
}

function homeworkFor(session: SessionStatus, { homework }: Series, course: SessionCourse): MySession['homework'] {
  if (session.homework === undefined || homework === undefined) return [];
  const { kind, text } = homework;
  const texts = textsOf(session.id, course.homework);
  // Notes are taken whenever something comes up.
  const isOpen = session.homework !== 'not-yet' || (kind === 'notes' && session.timing !== 'upcoming');
  return HOMEWORK_TASKS[kind].map((task) => {
    const saved = texts.get(task);
    const isDone = saved !== undefined && isWritten(saved);
    return {
      ...{ task, kind },
      ...(text !== undefined && { text: { ...text } }),
      state: isDone ? ('done' as const) : isOpen ? ('open' as const) : ('not-yet' as const),
      ...(saved?.text != null && { saved: { text: saved.text, at: saved.at } }),
    };
  });
}

/** Where one is offered now, or was seen. */
function recordingFor(
  { id, misses, history }: SessionStatus,
  { postings }: SessionCourse,
  { offers }: InterventionPlan,
): MySession['recording'] {
  const isOffered = offers.some(({ offer, sessions }) => offer === 'recording' && sessions.includes(id));
  const viewed = history.find(({ event, setAside }) => event === 'recording-viewed' && setAside === undefined);
  const since = misses.at(-1)?.at;
  if (since === undefined || !(isOffered || viewed !== undefined)) return undefined;
  const link = recordingOf(id, postings)?.link ?? undefined;
  return { since, ...(link !== undefined && { link }), ...(viewed !== undefined && { viewedAt: viewed.at }) };
}

/** Slots for whoever may have another time: a session that is to come, was called off, or was missed and not made good. */
export function offeredSlots(
  session: SessionStatus,
  { postings, study, now }: SessionCourse,
  plan: InterventionPlan,
): ReturnType<typeof slotsFor> {
  const { state, outstanding, series: id } = session;
  const series = plan.series.find((one) => one.id === id);
  const isToCome = state === 'scheduled' || state === 'rescheduled' || state === 'cancelled-by-staff';
  if (series === undefined || series.closed || !(isToCome || outstanding)) return [];
  const ends = series.ends === null ? null : endOf(series.ends, zoneOf(study));
  return slotsFor(session, postings, { now, ends });
}

/** When they asked for another time that is not settled yet. */
function askedAt({ state, startsAt, history }: SessionStatus): string | undefined {
  if (state !== 'rescheduled' || startsAt !== undefined) return undefined;
  return history.findLast(({ event, setAside }) => event === 'rescheduled' && setAside === undefined)?.at;
}

/**
 * Due while a session is to come, or something is offered in a series that goes on: a recording can be seen afterwards too,
 * and is not asked for then. None in an arm without sessions.
 */
export function sessionStep({
  state,
  leftAt,
  sessions,
  offers,
  series,
}: InterventionPlan): Me['steps'][number] | undefined {
  const counted = sessions.filter((one) => !series.some(({ id, optional }) => optional && id === one.series));
  if (counted.length === 0) return undefined;
  const isToCome = counted.some((one) => one.state === 'scheduled' || one.state === 'rescheduled');
  const isOffered = offers.some((offer) => series.some(({ id, closed }) => id === offer.series && !closed));
  if (state === 'open' && (isToCome || isOffered)) return { id: 'session', state: 'due' };
  const last = counted
    .flatMap(({ history }) => history)
    .filter(({ setAside, event }) => setAside === undefined && event !== 'scheduled')
    .map(({ at }) => at)
    .sort()
    .at(-1);
  const at = leftAt ?? last;
  return { id: 'session', state: 'done', ...(at !== undefined && { at }) };
}
