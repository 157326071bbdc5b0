import type { InterventionPlan } from '../../schedule/participant-plan.ts';
import type { SessionStatus } from '../../schedule/session-status.ts';
import { seriesOf } from '../../study/session-events.ts';
import { isWritten, type SessionCourse, textsOf } from '../sessions/session-course.ts';
import type { Json } from './blinding.ts';
import { present } from './pages.ts';

/** A participant's sessions as those see them who hold them. */

export interface TheirSessions {
  readonly participant: string;
  readonly group: string | undefined;
  readonly course: SessionCourse;
  readonly plan: InterventionPlan;
  /** Only these series; null for all. */
  readonly series: readonly string[] | null;
}

export function theirSessions({ participant, group, course, plan, series }: TheirSessions): Json {
  const isSeen = (id: string): boolean => series === null || series.includes(id);
  const { arm, start, state, leftAt, sessions, outstanding, reviews, setAside } = plan;
  const seen = sessions.filter((session) => isSeen(session.series));
  const why = new Map(setAside.map((one) => [one.event, one.why]));
  return {
    ...{ participant, arm, ...(group !== undefined && { group }), start, state },
    ...(leftAt !== undefined && { leftAt }),
    sessions: seen.map((session) => shown(session, course)),
    outstanding: outstanding.filter((id) => seen.some((session) => session.id === id)),
    reviews: reviews
      .filter((review) => isSeen(review.series))
      .map((one) => ({
        ...{ series: one.series, review: one.review, outstanding: one.outstanding, raisedAt: one.raisedAt },
        ...{ state: one.state, ...present({ closedAt: one.closedAt ?? null, decision: said(one.decision) }) },
      })),
    events: course.events
      .filter((event) => isSeen(seriesOf(event) ?? series?.[0] ?? ''))
      .map((event) => ({
        ...present({ id: event.id ?? null }),
        ...{ event: event.event, ...('session' in event && { session: event.session }), at: event.at, by: event.by },
        ...present({ reason: said(event.reason) }),
        ...('startsAt' in event && present({ startsAt: event.startsAt ?? null })),
        ...present({ setAside: why.get(event) ?? null }),
      })),
  };
}

/** A reason that was erased is not there. */
const said = (reason: string | undefined): string | null => reason || null;

function shown(session: SessionStatus, { homework }: SessionCourse): Json {
  const { id, state, window, startsAt, heldOn, misses, outstanding, received } = session;
  return {
    ...{ session: id, state, window: { first: window.first, last: window.last } },
    ...present({ startsAt: startsAt ?? null, heldOn: heldOn ?? null }),
    misses: misses.map(({ at, by, excused, reason }) => ({ at, by, excused, ...present({ reason: said(reason) }) })),
    ...{ outstanding, received },
    homework: [...textsOf(id, homework).values()].filter(isWritten).map(({ task, at }) => ({ task, savedAt: at })),
  };
}
