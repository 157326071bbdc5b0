import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { planFor } from '../../src/schedule/participant-plan.ts';
import type { Series } from '../../src/study/arms-part.ts';
import type { ScheduleEvent } from '../../src/study/session-events.ts';
import { dayOf, inWindow, planned, readTrial, START, sessionOf, type Typed } from '../support/plan.ts';

/**
 * The twenty defaults of docs/schedule.md, each quoted, through the trials' study files and `steady plan`; and, where a study
 * file may say otherwise, that it then is otherwise.
 */

const missed = (series: string, ...sessions: number[]): Typed[] =>
  sessions.map((number) => ({ session: `${series}-${number}`, event: 'missed', at: inWindow(number) }));
const event = (session: string, what: string, at: string, more: Typed = {}): Typed => ({
  ...{ session, event: what, at },
  ...more,
});

const ehr = (events: readonly Typed[], today = '2026-03-29') => planned({ arm: 'ehr-skills', events, today });
const wellbeing = (events: readonly Typed[], today = '2026-03-29') =>
  planned({ arm: 'emotional-wellbeing', events, today });

/** The same arm with something else said of its series. */
async function otherwise(arm: string, change: Partial<Series>, events: readonly ScheduleEvent[]) {
  const { arms = [] } = await readTrial('keck');
  const changed = arms.map((one) => ({ ...one, series: one.series.map((series) => ({ ...series, ...change })) }));
  const { intervention } = planFor(
    { arms: changed, assessments: [] },
    { arm, anchors: { allocation: START }, events, handedIn: [], now: '2026-03-29T12:00:00Z', zone: 'UTC' },
  );
  assert.ok(intervention);
  return intervention;
}

const utc = (session: string, what: 'attended' | 'missed', at: string): ScheduleEvent => ({
  ...{ session, event: what, at: `${at}:00Z`, by: 'facilitator' },
});

describe('default 1', () => {
  it('"session k belongs to the window weeks 2k-1 to 2k; any day inside is on time"', async () => {
    for (let k = 1; k <= 6; k++) {
      const id = `ehr-${k}`;
      for (let days = (2 * k - 2) * 7; days < 2 * k * 7; days++) {
        const { onTime, window } = sessionOf(await ehr([event(id, 'attended', dayOf(days))]), id);
        assert.deepEqual({ onTime, ...window }, { onTime: true, first: dayOf(14 * k - 14), last: dayOf(14 * k - 1) });
      }
    }
  });

  it('any day outside is not', async () => {
    for (const days of [13, 28]) {
      const { onTime, state } = sessionOf(await ehr([event('ehr-2', 'attended', dayOf(days))]), 'ehr-2');
      assert.deepEqual({ onTime, state }, { onTime: false, state: 'attended' });
    }
  });
});

describe('default 2', () => {
  const apart = [...missed('ehr', 1), event('ehr-2', 'attended', inWindow(2)), ...missed('ehr', 3)];

  it('"cumulative"', async () => {
    assert.deepEqual(
      (await ehr(apart)).offers.map(({ offer }) => offer),
      ['reschedule'],
    );
  });

  it('unless the study says "consecutive"', async () => {
    const events = [
      utc('ehr-1', 'missed', inWindow(1)),
      utc('ehr-2', 'attended', inWindow(2)),
      utc('ehr-3', 'missed', inWindow(3)),
    ];
    const { offers } = await otherwise('ehr-skills', { attendance: { misses: 'consecutive' } }, events);
    assert.deepEqual(
      offers.map(({ offer }) => offer),
      ['new-time'],
    );
  });
});

describe('default 3', () => {
  const held = [
    ...missed('ehr', 1, 2),
    event('ehr-1', 'rescheduled', '2026-01-20', { startsAt: '2026-01-22T09:00', by: 'participant' }),
    event('ehr-1', 'attended', '2026-01-22T09:40'),
  ];

  it('"yes for the 2/3 count (outstanding misses); the history keeps it"', async () => {
    const plan = await ehr(held);
    const { state, misses, outstanding, history } = sessionOf(plan, 'ehr-1');
    assert.deepEqual(
      { state, outstanding, misses: misses.length },
      { state: 'attended', outstanding: false, misses: 1 },
    );
    assert.deepEqual(
      history.map((one) => one.event),
      ['missed', 'rescheduled', 'attended'],
    );
    assert.deepEqual(plan.outstanding, ['ehr-2']);
    assert.deepEqual(
      plan.offers.map(({ offer, sessions }) => [offer, ...sessions]),
      [['new-time', 'ehr-2']],
    );
  });

  it('a new time that is not attended yet cancels nothing', async () => {
    assert.deepEqual((await ehr(held.slice(0, -1))).outstanding, ['ehr-1', 'ehr-2']);
  });

  it('unless the study says that nothing clears a miss', async () => {
    const events = [utc('ehr-1', 'missed', inWindow(1)), utc('ehr-1', 'attended', inWindow(2))];
    const { outstanding } = await otherwise('ehr-skills', { attendance: { clearedBy: [] } }, events);
    assert.deepEqual(outstanding, ['ehr-1']);
  });
});

describe('default 4', () => {
  const moved = (at: string) => [
    event('ehr-1', 'scheduled', '2026-01-05', { startsAt: '2026-01-08T09:00' }),
    event('ehr-1', 'rescheduled', at, { by: 'participant' }),
  ];

  it('"Reschedule asked before the start time": "not a miss"', async () => {
    for (const at of ['2026-01-06', '2026-01-08T08:59']) {
      const { state, misses, outstanding } = sessionOf(await ehr(moved(at), '2026-01-09'), 'ehr-1');
      assert.deepEqual({ state, misses, outstanding }, { state: 'rescheduled', misses: [], outstanding: false });
    }
  });

  it('and what has not begun cannot be missed', async () => {
    const [scheduled = {}] = moved('2026-01-06');
    const said = event('ehr-1', 'missed', '2026-01-08T08:59', { by: 'participant' });
    await assert.rejects(ehr([scheduled, said]), /at: is before the session could be missed/);
    await assert.rejects(ehr([event('ehr-2', 'missed', '2026-01-18')]), /at: is before the session could be missed/);
  });

  it('at the start or after it, it is one', async () => {
    for (const at of ['2026-01-08T09:00', '2026-01-08T12:00']) {
      const { state, misses, outstanding } = sessionOf(await ehr(moved(at), '2026-01-09'), 'ehr-1');
      assert.deepEqual(
        { state, misses: misses.length, outstanding },
        { state: 'rescheduled', misses: 1, outstanding: true },
      );
    }
  });

  it('unless the study says that asking is a miss', async () => {
    const asked: ScheduleEvent = {
      session: 'ehr-1',
      event: 'rescheduled',
      by: 'participant',
      at: '2026-01-06T12:00:00Z',
    };
    const { outstanding } = await otherwise('ehr-skills', { attendance: { movedInTime: 'miss' } }, [asked]);
    assert.deepEqual(outstanding, ['ehr-1']);
  });
});

describe('default 5', () => {
  it('"all outstanding ones, listed"', async () => {
    const { offers } = await ehr(missed('ehr', 1, 3));
    assert.deepEqual(
      offers.map(({ offer, sessions }) => [offer, ...sessions]),
      [['reschedule', 'ehr-1', 'ehr-3']],
    );
  });

  it('one that has a new time already is not asked for again', async () => {
    const { offers, outstanding } = await ehr(
      [...missed('ehr', 1, 3), event('ehr-1', 'rescheduled', '2026-02-03', { startsAt: '2026-03-10T09:00' })],
      '2026-02-04',
    );
    assert.deepEqual(
      offers.map(({ sessions }) => sessions),
      [['ehr-3']],
    );
    assert.deepEqual(outstanding, ['ehr-1', 'ehr-3']);
  });

  it('unless the study says the latest', async () => {
    const rule = { outstanding: 2, offer: 'reschedule', sessions: 'latest' } as const;
    const events = [utc('ehr-1', 'missed', inWindow(1)), utc('ehr-3', 'missed', inWindow(3))];
    const { offers } = await otherwise('ehr-skills', { missed: [rule] }, events);
    assert.deepEqual(
      offers.map(({ sessions }) => sessions),
      [['ehr-3']],
    );
  });
});

describe('default 6', () => {
  it('"at 3 raise withdrawal-review to staff; never withdraw automatically; neutral wording to the participant"', async () => {
    const { intervention, reviews, sessions } = await ehr(missed('ehr', 1, 2, 3), '2026-02-14');
    assert.equal(intervention, 'open');
    assert.deepEqual(
      reviews.map(({ review, outstanding, state }) => ({ review, outstanding, state })),
      [{ review: 'withdrawal', outstanding: 3, state: 'open' }],
    );
    assert.deepEqual(
      sessions.slice(3).map(({ state }) => state),
      ['scheduled', 'scheduled', 'scheduled'],
    );
    const { arms = [] } = await readTrial('keck');
    const rule = arms
      .flatMap(({ series }) => series)
      .flatMap(({ missed: rules = [] }) => rules)
      .find((one) => 'review' in one);
    for (const words of Object.values(rule?.text ?? {}))
      assert.doesNotMatch(words, /withdr|leave|miss|retir|faltó|perdió/i);
  });

  it('no number of misses raises it in a group', async () => {
    assert.deepEqual((await wellbeing(missed('wellbeing', 1, 2, 3, 4, 5, 6))).reviews, []);
  });
});

describe('default 7', () => {
  it('"no; follow-up assessments stay due (intention to treat)"', async () => {
    const events = [...missed('ehr', 1), { event: 'left', by: 'participant', at: '2026-01-20' }];
    for (const today of ['2026-01-21', '2026-04-01', '2026-09-30']) {
      const left = await ehr(events, today);
      assert.equal(left.intervention, 'left');
      assert.deepEqual(left.assessments, (await ehr([], today)).assessments);
    }
  });

  it('what is left of the sessions is not completed, and nothing is offered', async () => {
    const events = [...missed('ehr', 1), { event: 'left', by: 'participant', at: '2026-01-20' }];
    const { offers, sessions } = await ehr(events, '2026-01-21');
    assert.deepEqual(
      sessions.map(({ state }) => state),
      ['missed', ...Array(5).fill('not-completed')],
    );
    assert.deepEqual(offers, []);
  });
});

describe('default 8', () => {
  const opened = [
    ...missed('wellbeing', 1),
    event('wellbeing-1', 'recording-opened', '2026-01-07', { by: 'participant' }),
  ];
  const viewed = [...opened, event('wellbeing-1', 'recording-viewed', '2026-01-08', { by: 'participant' })];

  it('"no; own status; counts as content received, needs a confirmed viewing"', async () => {
    const before = sessionOf(await wellbeing(opened), 'wellbeing-1');
    assert.deepEqual([before.state, before.received], ['missed', false]);
    const plan = await wellbeing(viewed);
    const { state, received } = sessionOf(plan, 'wellbeing-1');
    assert.deepEqual([state, received], ['made-up', true]);
    const { attended, madeUp, received: content, missed: misses, outstanding } = plan.total ?? {};
    assert.deepEqual(
      { attended, madeUp, content, misses, outstanding },
      {
        ...{ attended: 0, madeUp: 1, content: 1, misses: 1, outstanding: 0 },
      },
    );
  });

  it('unless the study says that opening it is enough', async () => {
    const events: ScheduleEvent[] = [
      utc('wellbeing-1', 'missed', inWindow(1)),
      { session: 'wellbeing-1', event: 'recording-opened', by: 'participant', at: '2026-01-07T12:00:00Z' },
    ];
    const { sessions } = await otherwise('emotional-wellbeing', { attendance: { recordingSeen: 'opened' } }, events);
    assert.equal(sessions[0]?.state, 'made-up');
  });
});

describe('default 9', () => {
  it('"warn, do not lock the live group"', async () => {
    const plan = await wellbeing(missed('wellbeing', 1), '2026-01-19');
    const { unseen, locked } = sessionOf(plan, 'wellbeing-2');
    assert.deepEqual({ unseen, locked }, { unseen: ['wellbeing-1'], locked: false });
    const attended = await wellbeing([...missed('wellbeing', 1), event('wellbeing-2', 'attended', '2026-01-20')]);
    assert.equal(sessionOf(attended, 'wellbeing-2').state, 'attended');
  });

  it('does not warn where sessions do not build on each other', async () => {
    const plan = await planned({
      arm: 'performance-improvement',
      events: missed('improvement', 1),
      today: '2026-01-19',
    });
    assert.ok(plan.sessions.every(({ unseen, locked }) => unseen.length === 0 && !locked));
  });

  it('"site may set a hard gate"', async () => {
    const events = [utc('wellbeing-1', 'missed', inWindow(1))];
    const { sessions } = await otherwise('emotional-wellbeing', { attendance: { unseen: 'gate' } }, events);
    assert.equal(sessions.find(({ id }) => id === 'wellbeing-6')?.locked, true);
  });
});

describe('default 10', () => {
  it('"counts as missed, reason kept"', async () => {
    const { state, misses, outstanding } = sessionOf(
      await ehr([event('ehr-1', 'missed', '2026-01-06', { excused: true, reason: 'on call' })]),
      'ehr-1',
    );
    assert.deepEqual([state, outstanding], ['missed', true]);
    assert.deepEqual(
      misses.map(({ reason, excused }) => [reason, excused]),
      [['on call', true]],
    );
  });

  it('unless the study says that it does not', async () => {
    const excused: ScheduleEvent = {
      ...{ session: 'ehr-1', event: 'missed', by: 'facilitator', at: '2026-01-06T12:00:00Z' },
      ...{ excused: true, reason: 'on call' },
    };
    const { outstanding, sessions, total } = await otherwise('ehr-skills', { attendance: { excused: 'not-a-miss' } }, [
      excused,
    ]);
    assert.deepEqual([outstanding, sessions[0]?.state, total?.missed], [[], 'missed', 0]);
  });
});

describe('default 10, with two who speak', () => {
  it('keeps the participant’s reason where the facilitator gives none, and neither is overruled', async () => {
    const events = [
      event('ehr-1', 'missed', '2026-01-06', { by: 'participant', reason: 'my child was ill', excused: true }),
      event('ehr-1', 'missed', '2026-01-07'),
    ];
    const { misses, history } = sessionOf(await ehr(events), 'ehr-1');
    assert.deepEqual(
      misses.map(({ by, reason, excused }) => [by, reason, excused]),
      [['facilitator', 'my child was ill', false]],
    );
    assert.deepEqual(
      history.map(({ setAside }) => setAside),
      [undefined, undefined],
    );
  });
});

describe('default 11', () => {
  it('"Cancelled by staff / technical failure": "not a miss"', async () => {
    const cancelled = event('ehr-1', 'cancelled', '2026-01-06', { reason: 'the line broke down' });
    for (const events of [[cancelled], [event('ehr-1', 'missed', '2026-01-05'), cancelled]]) {
      const plan = await ehr(events, '2026-01-07');
      const { state, misses } = sessionOf(plan, 'ehr-1');
      assert.deepEqual(
        { state, misses, outstanding: plan.outstanding },
        {
          ...{ state: 'cancelled-by-staff', misses: [], outstanding: [] },
        },
      );
    }
  });

  it('and it can be held at another time', async () => {
    const events = [
      event('ehr-1', 'cancelled', '2026-01-06'),
      event('ehr-1', 'scheduled', '2026-01-06', { startsAt: '2026-01-09T10:00' }),
    ];
    const { state, startsAt } = sessionOf(await ehr(events, '2026-01-07'), 'ehr-1');
    assert.deepEqual([state, startsAt], ['scheduled', '2026-01-09T18:00:00Z']);
  });
});

describe('default 12', () => {
  it('"facilitator decides; partial flag"', async () => {
    const plan = await ehr([event('ehr-1', 'partial', '2026-01-06', { reason: 'left after ten minutes' })]);
    const { state, received } = sessionOf(plan, 'ehr-1');
    assert.deepEqual([state, received, plan.total?.attended, plan.total?.partial], ['partial', true, 1, 1]);
  });

  it('a participant cannot say it', async () => {
    const said = event('ehr-1', 'partial', '2026-01-06', { by: 'participant' });
    await assert.rejects(ehr([said]), /"partial" is a facilitator's word/);
  });
});

describe('default 13', () => {
  it('"never blocks; 5 slots (after sessions 1-5), none after 6"', async () => {
    for (const [arm, series] of [
      ['performance-improvement', 'improvement'],
      ['emotional-wellbeing', 'wellbeing'],
      ['ehr-skills', 'ehr'],
    ] as const) {
      const events = [1, 2].map((number) => event(`${series}-${number}`, 'attended', inWindow(number)));
      const { sessions } = await planned({ arm, events, today: '2026-01-25' });
      assert.deepEqual(
        sessions.map(({ homework, locked, state }) => [state, homework, locked]),
        [
          ['attended', 'open', false],
          ['attended', 'open', false],
          ['scheduled', 'not-yet', false],
          ['scheduled', 'not-yet', false],
          ['scheduled', 'not-yet', false],
          ['scheduled', undefined, false],
        ],
      );
    }
  });

  it('done, it is done', async () => {
    const events = [
      event('ehr-1', 'attended', '2026-01-06'),
      event('ehr-1', 'homework-done', '2026-01-10', { by: 'participant' }),
    ];
    assert.equal(sessionOf(await ehr(events), 'ehr-1').homework, 'done');
    await assert.rejects(
      ehr([event('ehr-6', 'homework-done', '2026-03-17')]),
      /homework, but none follows this session/,
    );
  });

  it('unless the study says after which', async () => {
    const homework = { kind: 'task', after: [2] } as const;
    const { sessions } = await otherwise('ehr-skills', { homework: { ...homework, after: [...homework.after] } }, []);
    assert.deepEqual(
      sessions.filter((one) => one.homework !== undefined).map(({ number }) => number),
      [2],
    );
  });
});

describe('default 14', () => {
  const override = { override: true, reason: 'the room was flooded in week 12' };

  it('"Week 12 passed with sessions left": "close as not completed"', async () => {
    const events = [
      event('ehr-1', 'attended', '2026-01-06'),
      event('ehr-2', 'cancelled', '2026-01-20'),
      ...missed('ehr', 3),
    ];
    const last = await ehr(events, '2026-03-29');
    assert.deepEqual(
      last.sessions.map(({ state }) => state),
      [...['attended', 'cancelled-by-staff', 'missed', 'scheduled', 'scheduled', 'scheduled']],
    );
    const after = await ehr(events, '2026-03-30');
    assert.deepEqual(
      after.sessions.map(({ state }) => state),
      [...['attended', 'not-completed', 'missed', 'not-completed', 'not-completed', 'not-completed']],
    );
    assert.deepEqual(after.offers, [], 'no time is offered after the end');
    assert.equal(after.total?.notCompleted, 4);
  });

  it('"late session only by staff override with reason"', async () => {
    const late = event('ehr-6', 'attended', '2026-04-02');
    await assert.rejects(ehr([late], '2026-04-03'), /is later than 2026-03-29, when its series ended/);
    await assert.rejects(ehr([{ ...late, override: true }], '2026-04-03'), /reason: is missing/);
    await assert.rejects(
      ehr([{ ...late, ...override, by: 'participant' }], '2026-04-03'),
      /an override is a facilitator's word/,
    );
    const { state, onTime } = sessionOf(await ehr([{ ...late, ...override }], '2026-04-03'), 'ehr-6');
    assert.deepEqual([state, onTime], ['attended', false]);
  });

  it('a time after the end needs it too, and then keeps the session open', async () => {
    const moved = event('ehr-6', 'rescheduled', '2026-03-27', { startsAt: '2026-04-02T09:00' });
    await assert.rejects(ehr([moved], '2026-03-28'), /is later than 2026-03-29/);
    const events: Typed[] = [{ ...moved, ...override }];
    assert.equal(sessionOf(await ehr(events, '2026-03-31'), 'ehr-6').state, 'rescheduled');
    events.push(event('ehr-6', 'attended', '2026-04-02T09:30'));
    assert.equal(sessionOf(await ehr(events, '2026-04-02'), 'ehr-6').state, 'attended');
  });

  it('unless the study says until when', async () => {
    const { sessions, series } = await otherwise('ehr-skills', { until: 'P14W' }, []);
    assert.equal(series[0]?.ends, '2026-04-12');
    assert.ok(sessions.every(({ state }) => state === 'scheduled'));
  });
});

describe('default 15', () => {
  it('"same review, no second alert"', async () => {
    const three = await ehr(missed('ehr', 1, 2, 3), '2026-03-29');
    for (const more of [[4], [4, 5], [4, 5, 6]]) {
      const { reviews } = await ehr(missed('ehr', 1, 2, 3, ...more), '2026-03-29');
      assert.deepEqual(reviews, three.reviews);
    }
  });

  it('nor after staff have closed it, which only they do', async () => {
    const closed = { event: 'review-closed', series: 'ehr', at: '2026-02-10', reason: 'They go on.' };
    const { reviews } = await ehr([...missed('ehr', 1, 2, 3), closed, ...missed('ehr', 4)]);
    assert.deepEqual(
      reviews.map(({ state, decision }) => [state, decision]),
      [['closed', 'They go on.']],
    );
    await assert.rejects(ehr([...missed('ehr', 1, 2, 3), { ...closed, by: 'participant' }]), /facilitator's word/);
  });
});

describe('default 16', () => {
  it('"week 12 from randomisation/first window, not from last session; 6 months after that"', async () => {
    const late = [event('ehr-6', 'attended', '2026-03-29')];
    const done = [{ event: 'handed-in', assessment: 'week-12', at: '2026-04-20' }];
    for (const events of [[], late, [...late, ...done]]) {
      const { assessments } = await ehr(events, '2026-05-01');
      assert.deepEqual(
        assessments.map(({ id, due }) => [id, due]),
        [
          ['baseline', '2026-01-05'],
          ['week-12', '2026-03-30'],
          ['month-6', '2026-09-30'],
        ],
      );
    }
  });
});

describe('default 17', () => {
  it('"optional: shown apart, outside all counts and percentages"', async () => {
    const resilience = [1, 2].map((number) => event(`resilience-${number}`, 'attended', inWindow(number)));
    const boosters = [event('booster-1', 'attended', '2026-04-06'), event('booster-2', 'missed', '2026-05-20')];
    const plain = await planned({ study: 'mgh', arm: 'irtts', events: resilience, today: '2026-07-01' });
    const more = await planned({
      study: 'mgh',
      arm: 'irtts',
      events: [...resilience, ...boosters],
      today: '2026-07-01',
    });
    assert.deepEqual([more.total, more.outstanding, more.offers], [plain.total, plain.outstanding, plain.offers]);
    assert.equal(more.total?.planned, 6);
    assert.deepEqual(
      more.series.map(({ id, optional, counts }) => [id, optional, counts !== undefined]),
      [
        ['resilience', false, true],
        ['booster', true, false],
        ['house-meeting', false, true],
        ['focus-group', true, false],
      ],
    );
    assert.deepEqual([sessionOf(more, 'booster-1').state, sessionOf(more, 'booster-2').state], ['attended', 'missed']);
  });
});

describe('default 18', () => {
  it('"from the home\'s implementation start"', async () => {
    const { assessments } = await planned({ study: 'mgh', arm: 'wilc', consent: '2025-12-20', today: '2026-01-05' });
    assert.deepEqual(
      assessments.map(({ id, due }) => [id, due]),
      [
        ['baseline', '2025-12-20'],
        ['month-3', '2026-04-05'],
        ['month-12', '2027-01-05'],
      ],
    );
  });
});

describe('default 19', () => {
  it('"arm stays with the home at baseline; a move is an event": nothing of where somebody works now is asked for', async () => {
    const study = await readTrial('mgh');
    const anchors = { consent: '2025-12-20', 'site-start': START };
    const input = { arm: 'irtts', anchors, events: [], handedIn: [], now: '2026-02-01T12:00:00Z', zone: 'UTC' };
    const moved = { ...study, sites: (study.sites ?? []).toReversed() };
    assert.deepEqual(planFor(moved, input), planFor(study, input));
    assert.equal(planFor(study, input).intervention?.start, START);
  });
});

describe('default 20', () => {
  const said = (what: string, by: string, at: string) => event('ehr-1', what, at, { by });

  it('"facilitator\'s attendance wins; both kept", whoever spoke first', async () => {
    for (const [facilitator, participant] of [
      ['attended', 'missed'],
      ['missed', 'attended'],
      ['partial', 'missed'],
    ] as const) {
      for (const times of [
        ['2026-01-06T10:00', '2026-01-06T12:00'],
        ['2026-01-06T12:00', '2026-01-06T10:00'],
      ] as const) {
        const events = [said(facilitator, 'facilitator', times[0]), said(participant, 'participant', times[1])];
        const plan = await ehr(events.toSorted((a, b) => String(a.at).localeCompare(String(b.at))));
        const { state, history } = sessionOf(plan, 'ehr-1');
        assert.equal(state, facilitator);
        assert.deepEqual(Object.fromEntries(history.map(({ by, event: what, setAside }) => [by, [what, setAside]])), {
          facilitator: [facilitator, undefined],
          participant: [participant, 'overruled'],
        });
        assert.deepEqual(plan.outstanding, facilitator === 'missed' ? ['ehr-1'] : []);
      }
    }
  });

  it("alone, the participant's word counts", async () => {
    assert.deepEqual((await ehr([said('missed', 'participant', '2026-01-06')])).outstanding, ['ehr-1']);
  });
});
