import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import fc from 'fast-check';
import { type InterventionPlan, planFor } from '../../src/schedule/participant-plan.ts';
import type { Study } from '../../src/study/schema.ts';
import type { ScheduleEvent, SessionEvent } from '../../src/study/session-events.ts';
import { readTrial, START } from '../support/plan.ts';

/** What holds whatever happens to a participant, in every arm of both trials. */

const NOW = '2026-08-01T12:00:00Z';
/** Each arm with the series that it has, and one that it does not have. */
const ARMS = [
  { study: 'keck', arm: 'performance-improvement', series: ['improvement', 'ehr'] },
  { study: 'keck', arm: 'emotional-wellbeing', series: ['wellbeing', 'ehr'] },
  { study: 'keck', arm: 'ehr-skills', series: ['ehr', 'wellbeing'] },
  { study: 'keck', arm: 'control', series: ['ehr'] },
  { study: 'mgh', arm: 'irtts', series: ['resilience', 'booster', 'house-meeting', 'focus-group', 'collaborative'] },
  { study: 'mgh', arm: 'wilc', series: ['collaborative', 'focus-group', 'resilience'] },
] as const;
type Chosen = (typeof ARMS)[number];
const [, , EHR, , IRTTS] = ARMS;

const studies = new Map<string, Study>();
before(async () => {
  for (const name of ['keck', 'mgh'] as const) studies.set(name, await readTrial(name));
});

const minute = (minutes: number): string => new Date(Date.parse(`${START}T00:00:00Z`) + minutes * 60_000).toISOString();
/** Mostly within twelve weeks; some of it later than now, which has not happened yet. */
const minutes = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 0, max: 120_000 }) },
  fc.integer({ min: -10_000, max: 330_000 }),
);
const by = fc.constantFrom('participant', 'facilitator');
const reason = fc.option(fc.constant('a reason'), { nil: undefined });
const withReason = (why: string | undefined) => (why === undefined ? {} : { reason: why });

/** In minutes. Most events of a session are in the span of a series every two weeks. */
const TWO_WEEKS = 14 * 24 * 60;

const sessionEvent = (series: readonly string[]): fc.Arbitrary<SessionEvent> =>
  fc
    .record({
      series: fc.constantFrom(...series),
      number: fc.integer({ min: 1, max: 7 }),
      event: fc.constantFrom(
        ...([
          'scheduled',
          'rescheduled',
          'cancelled',
          'attended',
          'partial',
          'missed',
          'missed',
          'missed',
          'missed',
        ] as const),
        ...(['recording-opened', 'recording-viewed', 'homework-done'] as const),
      ),
      by,
      why: reason,
      override: fc.nat(5).map((chance) => chance === 0),
      startsAt: minutes,
      at: minutes,
      isInTime: fc.nat(5).map((chance) => chance > 0),
    })
    .map(({ series: id, number, event, by: sender, why, override, startsAt, at, isInTime }): SessionEvent => {
      const inTime = (number - 1) * TWO_WEEKS + (Math.abs(at) % TWO_WEEKS);
      const common = {
        ...{ session: `${id}-${number}`, by: sender, at: minute(isInTime ? inTime : at) },
        ...withReason(why),
        ...(override && { override }),
      };
      return event === 'scheduled' || event === 'rescheduled'
        ? { ...common, event, startsAt: minute(startsAt) }
        : { ...common, event };
    });

const leaving: fc.Arbitrary<ScheduleEvent> = fc
  .record({ event: fc.constantFrom('left' as const, 'returned' as const), by, why: reason, at: minutes })
  .map(({ event, by: sender, why, at }) => ({ event, by: sender, at: minute(at), ...withReason(why) }));
const closing = (series: readonly string[]): fc.Arbitrary<ScheduleEvent> =>
  fc
    .record({ series: fc.constantFrom(...series), by, why: reason, at: minutes })
    .map(({ why, at, ...rest }) => ({ ...rest, event: 'review-closed', at: minute(at), ...withReason(why) }));

/** Events, each at a time of its own. */
const eventsIn = (
  { series }: { readonly series: readonly string[] },
  ...others: readonly fc.Arbitrary<ScheduleEvent>[]
) =>
  fc.uniqueArray(fc.oneof({ weight: 12, arbitrary: sessionEvent(series) }, closing(series), ...others), {
    ...{ selector: ({ at }) => at, maxLength: 40, size: 'max' },
  });

/** An arm with everything that may happen in it, or everything but that somebody leaves. */
const anything = fc.constantFrom(...ARMS).chain((chosen) => fc.tuple(fc.constant(chosen), eventsIn(chosen, leaving)));
const withoutLeaving = fc.constantFrom(...ARMS).chain((chosen) => fc.tuple(fc.constant(chosen), eventsIn(chosen)));

function plan({ study, arm: id }: Chosen, events: readonly ScheduleEvent[]) {
  const found = studies.get(study);
  assert.ok(found);
  const anchors = { consent: START, allocation: START, 'site-start': START };
  const { intervention, assessments } = planFor(found, {
    ...{ arm: id, anchors, events, handedIn: [], now: NOW, zone: 'America/New_York' },
  });
  assert.ok(intervention);
  return { intervention, assessments };
}

describe('whatever happens', () => {
  it('nobody is withdrawn but by an event that says so', () => {
    fc.assert(
      fc.property(withoutLeaving, ([chosen, events]) => {
        const { intervention } = plan(chosen, events);
        assert.equal(intervention.state, 'open');
        const last = new Map(intervention.series.map(({ id, ends }) => [id, ends]));
        for (const { series, state } of intervention.sessions) {
          const ends = last.get(series) ?? null;
          if (state === 'not-completed') assert.ok(ends !== null && ends < '2026-08-01');
        }
      }),
    );
  });

  it('no follow-up is closed, or moved', () => {
    fc.assert(
      fc.property(anything, ([chosen, events]) => {
        assert.deepEqual(plan(chosen, events).assessments, plan(chosen, []).assessments);
      }),
    );
  });

  it('an event of an optional session changes no count, no offer and no review', () => {
    const optional = sessionEvent(['booster', 'focus-group']);
    fc.assert(
      fc.property(eventsIn(IRTTS), optional, (events, event) => {
        const counted = ({ total, outstanding, offers, reviews, series }: InterventionPlan) => ({
          ...{ total, outstanding, offers, reviews },
          counts: series.map(({ counts }) => counts),
        });
        const more = [...events, event];
        assert.deepEqual(counted(plan(IRTTS, more).intervention), counted(plan(IRTTS, events).intervention));
      }),
    );
  });

  it('it does not matter in which order it was heard of', () => {
    const shuffled = anything.chain(([chosen, events]) =>
      fc.shuffledSubarray([...events], { minLength: events.length }).map((other) => ({ chosen, events, other })),
    );
    const comparable = ({ setAside, ...rest }: InterventionPlan) => ({
      ...rest,
      setAside: setAside.map(({ event, why }) => `${event.at} ${why}`).sort(),
    });
    fc.assert(
      fc.property(shuffled, ({ chosen, events, other }) => {
        assert.deepEqual(comparable(plan(chosen, other).intervention), comparable(plan(chosen, events).intervention));
      }),
    );
  });

  it('nothing is lost: every event of a session stands in its history, and counts or says why not', () => {
    fc.assert(
      fc.property(anything, ([chosen, events]) => {
        const { sessions, setAside } = plan(chosen, events).intervention;
        for (const { id, history } of sessions) {
          const own = events.filter((event) => 'session' in event && event.session === id);
          assert.equal(history.length, own.length);
        }
        const known = new Set(sessions.map(({ id }) => id));
        const strangers = events.filter((event) => 'session' in event && !known.has(event.session));
        for (const stranger of strangers) assert.ok(setAside.some(({ event }) => event === stranger));
        assert.equal(new Set(setAside.map(({ index }) => index)).size, setAside.length);
      }),
    );
  });

  it('a review that was raised stays, whatever comes later', () => {
    let times = 0;
    fc.assert(
      fc.property(eventsIn({ ...EHR, series: ['ehr'] }, leaving), fc.nat(40), (events, length) => {
        const sorted = events.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at));
        const raised = (list: readonly ScheduleEvent[]) =>
          plan(EHR, list).intervention.reviews.map(({ series, raisedAt }) => `${series} ${raisedAt}`);
        const all = raised(sorted);
        assert.ok(all.length <= 1, 'one at the most');
        for (const one of raised(sorted.slice(0, length))) assert.ok(all.includes(one));
        times += all.length;
      }),
    );
    assert.ok(times > 0, 'and some are raised');
  });

  it('offers are for sessions that were missed, and outstanding ones are missed ones', () => {
    fc.assert(
      fc.property(anything, ([chosen, events]) => {
        const { offers, outstanding, sessions } = plan(chosen, events).intervention;
        const missed = new Set(sessions.filter((one) => one.missed).map(({ id }) => id));
        for (const id of [...outstanding, ...offers.flatMap((offer) => offer.sessions)]) assert.ok(missed.has(id));
      }),
    );
  });

  it('it is a plan that travels: plain JSON, with days and UTC times', () => {
    fc.assert(
      fc.property(anything, ([chosen, events]) => {
        const answer = plan(chosen, events);
        assert.deepEqual(JSON.parse(JSON.stringify(answer)), answer);
      }),
    );
  });
});
