import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { absences, canMove, courseOf, dayOf, hasBegun, isToCome } from '../../../components/session-tracker/course.ts';
import type { MySession } from '../../../src/submission/participation.ts';
import { assessment, session, sessions, slot } from '../../suites/support/tracker-plan.ts';

const NOW = new Date('2026-05-14T18:00:00Z');
const at = (startsAt: string, changes: Partial<MySession> = {}): Partial<MySession> => ({ startsAt, ...changes });

const weekly = (count: number, first = '2026-03-02'): readonly MySession[] =>
  Array.from({ length: count }, (_, index) => {
    const startsAt = new Date(Date.parse(`${first}T18:00:00Z`) + index * 7 * 86_400_000);
    const day = startsAt.toISOString().slice(0, 10);
    const window = { first: day, last: day };
    return session(index + 1, { series: 'meeting', startsAt: startsAt.toISOString(), window });
  });

describe('what comes next', () => {
  it('is the soonest session that is neither held nor over', () => {
    const plan = sessions([
      session(1, at('2026-05-07T18:00:00Z', { state: 'attended' })),
      session(2, at('2026-05-12T18:00:00Z')),
      session(3, at('2026-05-28T18:00:00Z')),
      session(4, at('2026-05-21T18:00:00Z')),
    ]);
    assert.equal(courseOf({ sessions: plan }, NOW).next?.id, 'groups-4');
  });

  it('is still the session that is going on, until its minutes are over', () => {
    const plan = sessions([session(1, at('2026-05-14T17:40:00Z', { minutes: 30 }))]);
    assert.equal(courseOf({ sessions: plan }, NOW).next?.id, 'groups-1');
    const later = courseOf({ sessions: plan }, new Date('2026-05-14T18:10:00Z'));
    assert.equal(later.next, undefined);
    assert.equal(later.tracks[0]?.stops[0]?.mark, 'unsaid');
  });

  it('is asked for before it is optional, however soon the optional one is', () => {
    const booster = session(1, { series: 'booster', optional: true, ...at('2026-05-15T18:00:00Z') });
    const plan = sessions([booster, session(1, at('2026-05-28T18:00:00Z'))]);
    assert.equal(courseOf({ sessions: plan }, NOW).next?.id, 'groups-1');
    assert.equal(courseOf({ sessions: sessions([booster]) }, NOW).next?.id, 'booster-1');
  });

  it('is no session for whoever has left them; what can be answered is there all the same', () => {
    const plan = sessions([session(1, at('2026-05-28T18:00:00Z'))], { state: 'left' });
    const course = courseOf({ sessions: plan, assessments: [assessment('week-12', { state: 'open' })] }, NOW);
    assert.equal(course.next, undefined);
    assert.deepEqual(
      course.open.map(({ id }) => id),
      ['week-12'],
    );
  });

  it('is followed by the next of each other series and the next questionnaire, two at most', () => {
    const meetings = weekly(20, '2026-05-05');
    const plan = sessions([
      ...meetings,
      session(4, at('2026-05-21T18:00:00Z')),
      session(5, at('2026-06-04T18:00:00Z')),
    ]);
    const course = courseOf({ sessions: plan, assessments: [assessment('month-3'), assessment('month-12')] }, NOW);
    assert.equal(course.next?.id, 'meeting-3');
    assert.deepEqual(
      course.after.map(({ id }) => id),
      ['groups-4', 'month-3'],
    );
  });
});

describe('the line of stops', () => {
  it('has sessions and questionnaires in the order of their days; what has no day yet comes last', () => {
    const plan = sessions([
      session(1, at('2026-05-07T18:00:00Z', { state: 'attended' })),
      session(2, at('2026-05-21T18:00:00Z')),
    ]);
    const assessments = [
      assessment('later', { state: 'unknown', opens: undefined, due: undefined, closes: undefined }),
      assessment('baseline', { state: 'done', due: '2026-05-01' }),
      assessment('week-2', { due: '2026-05-14' }),
    ];
    const [line, ...others] = courseOf({ sessions: plan, assessments }, NOW).tracks;
    assert.deepEqual(
      line?.stops.map(({ id, mark }) => [id, mark]),
      [
        ['baseline', 'done'],
        ['groups-1', 'attended'],
        ['week-2', 'not-yet'],
        ['groups-2', 'next'],
        ['later', 'unknown'],
      ],
    );
    assert.deepEqual(others, []);
  });

  it('says of a session that waits for another time that it does, whether it was asked for or not yet given', () => {
    const asked = session(
      1,
      at('2026-05-21T18:00:00Z', { state: 'rescheduled', asked: { at: '2026-05-10T00:00:00Z' } }),
    );
    const none = session(2, { state: 'rescheduled' });
    const { tracks } = courseOf({ sessions: sessions([asked, none]) }, NOW);
    assert.deepEqual(
      tracks[0]?.stops.map(({ mark }) => mark),
      ['waiting', 'waiting'],
    );
  });

  it('keeps optional series and those of many sessions apart; of many, those around today', () => {
    const booster = session(1, { series: 'booster', optional: true });
    const { tracks } = courseOf({ sessions: sessions([session(1), booster, ...weekly(78)]) }, NOW);
    assert.deepEqual(
      tracks.map(({ series, optional, total }) => [series, optional, total]),
      [
        [undefined, false, 1],
        ['booster', true, 1],
        ['meeting', false, 78],
      ],
    );
    // The eleventh Monday is over, the twelfth is to come.
    assert.deepEqual(
      tracks[2]?.stops.map(({ id }) => id),
      ['meeting-10', 'meeting-11', 'meeting-12', 'meeting-13', 'meeting-14', 'meeting-15'],
    );
  });

  it('of many that are all over has the last ones', () => {
    const { tracks } = courseOf({ sessions: sessions(weekly(20)) }, new Date('2027-01-01T00:00:00Z'));
    assert.deepEqual(tracks[0]?.stops.map(({ id }) => id).at(-1), 'meeting-20');
    assert.equal(tracks[0]?.stops.length, 6);
  });

  it('knows the day of a session in the zone of the plan, also past midnight elsewhere', () => {
    assert.equal(dayOf(session(1, at('2026-05-15T00:30:00Z')), 'America/Los_Angeles'), '2026-05-14');
    assert.equal(
      dayOf(session(1, at('2026-05-15T00:30:00Z', { heldOn: '2026-05-13' })), 'America/Los_Angeles'),
      '2026-05-13',
    );
    assert.equal(dayOf(session(1), 'America/Los_Angeles'), '2026-05-11');
  });
});

describe('"I could not come"', () => {
  it('can be said of what has begun, of which nobody has said how it went; the latest first', () => {
    const plan = sessions([
      session(1, at('2026-05-01T18:00:00Z')),
      session(2, at('2026-05-14T17:50:00Z')),
      session(3, at('2026-05-14T18:10:00Z')),
      session(4, at('2026-05-02T18:00:00Z', { state: 'attended' })),
      session(5, at('2026-05-02T18:00:00Z', { state: 'missed' })),
      session(6, { timing: 'past' }),
      session(7, { timing: 'upcoming' }),
      session(8, { state: 'rescheduled', timing: 'past' }),
      session(9, at('2026-05-01T18:00:00Z', { optional: true })),
    ]);
    assert.deepEqual(
      absences(plan, NOW).map(({ number }) => number),
      [2, 6, 1],
    );
    assert.deepEqual(absences({ ...plan, state: 'left' }, NOW), []);
  });

  it('can be said of a group that meets some day in these days, and of nobody’s own session without a time', () => {
    const open = { timing: 'open' } as const;
    assert.equal(hasBegun(session(1, { ...open, format: 'group-virtual' }), NOW), true);
    assert.equal(hasBegun(session(1, { ...open, format: 'individual' }), NOW), false);
    assert.equal(hasBegun(session(1, { timing: 'past', format: 'individual' }), NOW), true);
  });

  it('cannot be said before it begins: then another time can be asked for, where there is one', () => {
    const next = session(1, at('2026-05-21T18:00:00Z', { slots: [slot('s', '2026-05-22T18:00:00Z')] }));
    assert.equal(hasBegun(next, NOW), false);
    assert.equal(canMove(next, sessions([next])), true);
    assert.equal(canMove({ ...next, slots: [] }, sessions([next])), false);
    assert.equal(canMove({ ...next, asked: { at: '2026-05-14T00:00:00Z' } }, sessions([next])), false);
    assert.equal(canMove(next, sessions([next], { state: 'left' })), false);
  });
});

describe('any plan', () => {
  const states = [
    'scheduled',
    'attended',
    'partial',
    'missed',
    'made-up',
    'rescheduled',
    'cancelled-by-staff',
    'not-completed',
  ] as const;
  const someSession = fc.record({
    series: fc.constantFrom('groups', 'meeting', 'booster'),
    state: fc.constantFrom(...states),
    timing: fc.constantFrom('upcoming', 'open', 'past' as const),
    hours: fc.option(fc.integer({ min: -2_000, max: 2_000 }), { nil: undefined }),
  });
  const somePlan = fc.array(someSession, { maxLength: 60 }).map((all) =>
    all.map(({ series, state, timing, hours }, index) =>
      session(index + 1, {
        ...{ series, state, timing, optional: series === 'booster' },
        ...(hours !== undefined && { startsAt: new Date(NOW.getTime() + hours * 3_600_000).toISOString() }),
      }),
    ),
  );

  it('has every session and every questionnaire once on its lines, shown whole', () => {
    fc.assert(
      fc.property(somePlan, (plan) => {
        const { tracks } = courseOf(
          { sessions: sessions(plan), assessments: [assessment('week-12')] },
          NOW,
          Number.POSITIVE_INFINITY,
        );
        const shown = tracks.flatMap(({ stops }) => stops.map(({ id }) => id));
        assert.deepEqual(shown.toSorted(), ['week-12', ...plan.map(({ id }) => id)].toSorted());
      }),
    );
  });

  it('is told by the endpoint: a clock turns no session into one that was missed, and marks one as next at most', () => {
    fc.assert(
      fc.property(somePlan, (plan) => {
        const { tracks, next } = courseOf({ sessions: sessions(plan) }, NOW, Number.POSITIVE_INFINITY);
        const stops = tracks.flatMap((track) => track.stops);
        for (const stop of stops) {
          if (stop.kind === 'session') assert.equal(stop.mark === 'missed', stop.session.state === 'missed');
        }
        assert.ok(stops.filter(({ mark }) => mark === 'next').length <= 1);
        if (next !== undefined) assert.ok(isToCome(next, NOW));
      }),
    );
  });
});
