import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { inWindow, planned, readTrial, sessionOf, type Typed } from '../support/plan.ts';

/**
 * The attendance rules of the two trials, row by row, through their study files and `steady plan`. Each row is quoted as the
 * trials' sources, or what is known of them, have it.
 */

const missing = (series: string, ...sessions: number[]): Typed[] =>
  sessions.map((number) => ({ session: `${series}-${number}`, event: 'missed', at: inWindow(number) }));
const attending = (series: string, ...sessions: number[]): Typed[] =>
  sessions.map((number) => ({ session: `${series}-${number}`, event: 'attended', at: inWindow(number) }));

const AFTER_THREE = '2026-02-14';

async function seriesOf(study: 'keck' | 'mgh', arm: string, series: string) {
  const { arms = [] } = await readTrial(study);
  const found = arms.find(({ id }) => id === arm)?.series.find(({ id }) => id === series);
  assert.ok(found, `${arm} has ${series}`);
  return found;
}

/** A session each on Monday of weeks 1, 3, 5, 7, 9 and 11, open for two weeks. */
const TWELVE_WEEKS = [
  ['2026-01-05', '2026-01-18'],
  ['2026-01-19', '2026-02-01'],
  ['2026-02-02', '2026-02-15'],
  ['2026-02-16', '2026-03-01'],
  ['2026-03-02', '2026-03-15'],
  ['2026-03-16', '2026-03-29'],
];

const groups = [
  ['performance-improvement', 'improvement', 'Performance Improvement'],
  ['emotional-wellbeing', 'wellbeing', 'Emotional Wellbeing'],
] as const;

for (const [arm, series, title] of groups) {
  describe(title, () => {
    it('"6 … group, every 2 wk, 12 wk"', async () => {
      const { sessions } = await planned({ arm, today: '2026-01-05' });
      assert.deepEqual(
        sessions.map(({ window }) => [window.first, window.last]),
        TWELVE_WEEKS,
      );
    });

    it('1 miss: "recording … offered", and once it is seen, made up', async () => {
      const events = missing(series, 1);
      const missed = await planned({ arm, events, today: AFTER_THREE });
      assert.equal(sessionOf(missed, `${series}-1`).state, 'missed');
      assert.deepEqual(
        missed.offers.map(({ offer, sessions }) => [offer, sessions]),
        [['recording', [`${series}-1`]]],
      );
      events.push({ session: `${series}-1`, event: 'recording-viewed', by: 'participant', at: '2026-01-06' });
      const seen = await planned({ arm, events, today: AFTER_THREE });
      const { state, received } = sessionOf(seen, `${series}-1`);
      assert.deepEqual({ state, received, offers: seen.offers }, { state: 'made-up', received: true, offers: [] });
    });

    it('2 and 3 misses: "same (no limit stated)", and nobody reviews anything', async () => {
      for (const numbers of [
        [1, 2],
        [1, 2, 3],
        [1, 2, 3, 4, 5, 6],
      ]) {
        const plan = await planned({ arm, events: missing(series, ...numbers), today: '2026-03-29' });
        assert.deepEqual(
          plan.offers.map(({ offer, sessions }) => [offer, sessions]),
          [['recording', numbers.map((number) => `${series}-${number}`)]],
        );
        assert.deepEqual(plan.reviews, []);
      }
    });
  });
}

describe('Performance Improvement', () => {
  it('"6 virtual group", "tasks between sessions, shared at the next"; the length is not given', async () => {
    const { format, homework, minutes, sequential } = await seriesOf('keck', 'performance-improvement', 'improvement');
    assert.deepEqual(
      { format, kind: homework?.kind, minutes, sequential },
      {
        ...{ format: 'group-virtual', kind: 'task' },
        ...{ minutes: undefined, sequential: undefined },
      },
    );
  });
});

describe('Emotional Wellbeing', () => {
  it('"6 x 30 min group … sequential", "worksheets on the previous session"', async () => {
    const { format, homework, minutes, sequential } = await seriesOf('keck', 'emotional-wellbeing', 'wellbeing');
    assert.deepEqual(
      { format, kind: homework?.kind, minutes, sequential },
      {
        ...{ format: 'group', kind: 'worksheet' },
        ...{ minutes: 30, sequential: true },
      },
    );
  });

  it('make-up: "pre-recording, to be seen before the next session (default)"', async () => {
    const arm = 'emotional-wellbeing';
    const events = missing('wellbeing', 1);
    const before = await planned({ arm, events, today: '2026-01-19' });
    assert.deepEqual(sessionOf(before, 'wellbeing-2').unseen, ['wellbeing-1']);
    events.push({ session: 'wellbeing-1', event: 'recording-viewed', at: '2026-01-19' });
    const after = await planned({ arm, events, today: '2026-01-19' });
    assert.deepEqual(sessionOf(after, 'wellbeing-2').unseen, []);
  });
});

describe('EHR Skills', () => {
  const arm = 'ehr-skills';

  it('"6 individual, every 2 wk, 12 wk, flexible; site/virtual/mixed", "note challenges, questions, recommendations"', async () => {
    const { sessions } = await planned({ arm, today: '2026-01-05' });
    assert.deepEqual(
      sessions.map(({ window }) => [window.first, window.last]),
      TWELVE_WEEKS,
    );
    const { format, homework } = await seriesOf('keck', arm, 'ehr');
    assert.deepEqual({ format, kind: homework?.kind }, { format: 'individual', kind: 'notes' });
  });

  const offered = async (...sessions: number[]) => {
    const { offers, outstanding, reviews } = await planned({
      arm,
      events: missing('ehr', ...sessions),
      today: AFTER_THREE,
    });
    return {
      offers: offers.map((one) => [one.offer, ...one.sessions]),
      outstanding,
      reviews: reviews.map(({ review, state }) => [review, state]),
    };
  };

  it('1 miss: "not stated: record it, offer a new time"', async () => {
    assert.deepEqual(await offered(1), { offers: [['new-time', 'ehr-1']], outstanding: ['ehr-1'], reviews: [] });
  });

  it('2 misses: "asked to reschedule"', async () => {
    assert.deepEqual(await offered(1, 3), {
      ...{ offers: [['reschedule', 'ehr-1', 'ehr-3']], outstanding: ['ehr-1', 'ehr-3'], reviews: [] },
    });
  });

  it('3 misses: "may be asked to withdraw from the intervention"', async () => {
    assert.deepEqual(await offered(1, 2, 3), {
      offers: [['reschedule', 'ehr-1', 'ehr-2', 'ehr-3']],
      outstanding: ['ehr-1', 'ehr-2', 'ehr-3'],
      reviews: [['withdrawal', 'open']],
    });
  });

  it('make-up: "reschedule; no recording stated"', async () => {
    const { missed = [] } = await seriesOf('keck', arm, 'ehr');
    assert.ok(missed.every((rule) => !('offer' in rule) || rule.offer !== 'recording'));
    const events = [
      ...missing('ehr', 1),
      { session: 'ehr-1', event: 'recording-viewed', by: 'participant', at: '2026-01-06' },
    ];
    await assert.rejects(
      planned({ arm, events, today: AFTER_THREE }),
      /is about a recording, but this series offers none/,
    );
  });
});

describe('Control', () => {
  it('"tracker shows assessments only, no session UI"', async () => {
    const { assessments, offers, outstanding, reviews, series, sessions, total } = await planned({
      ...{ arm: 'control', today: '2026-04-01' },
    });
    assert.deepEqual(
      { offers, outstanding, reviews, series, sessions, total },
      {
        ...{ offers: [], outstanding: [], reviews: [], series: [], sessions: [], total: null },
      },
    );
    assert.deepEqual(
      assessments.map(({ id, state }) => [id, state]),
      [
        ['baseline', 'missed'],
        ['week-12', 'due'],
        ['month-6', 'upcoming'],
      ],
    );
  });
});

describe('IRTTS', () => {
  it('"6 x 50 min virtual + 2 optional boosters; weekly house meeting"', async () => {
    const { sessions, series } = await planned({ study: 'mgh', arm: 'irtts', today: '2026-01-05' });
    const numberOf = (id: string) => sessions.filter((one) => one.series === id).length;
    assert.deepEqual(
      series.map(({ id, optional }) => [id, optional]),
      [
        ['resilience', false],
        ['booster', true],
        ['house-meeting', false],
        ['focus-group', true],
      ],
    );
    assert.deepEqual([numberOf('resilience'), numberOf('booster')], [6, 2]);
    const meetings = sessions.filter((one) => one.series === 'house-meeting');
    assert.deepEqual(
      meetings.slice(0, 2).map(({ window }) => [window.first, window.last]),
      [
        ['2026-01-05', '2026-01-11'],
        ['2026-01-12', '2026-01-18'],
      ],
    );
    const { format, minutes } = await seriesOf('mgh', 'irtts', 'resilience');
    assert.deepEqual({ format, minutes }, { format: 'group-virtual', minutes: 50 });
  });
});

for (const [arm, series] of [
  ['irtts', 'resilience'],
  ['irtts', 'house-meeting'],
  ['wilc', 'collaborative'],
] as const) {
  describe(`${arm.toUpperCase()}, ${series}`, () => {
    it('misses: "record", "record (no rule)", and "not stated: none" to make up for them', async () => {
      const events = [1, 2, 3].map((number) => ({ session: `${series}-${number}`, event: 'missed', at: '2026-03-20' }));
      const plan = await planned({ study: 'mgh', arm, events, today: '2026-03-20' });
      assert.deepEqual({ offers: plan.offers, reviews: plan.reviews }, { offers: [], reviews: [] });
      const counts = plan.series.find(({ id }) => id === series)?.counts;
      assert.equal(counts?.missed, 3);
    });
  });
}

describe('WILC', () => {
  it('"collaborative meetings, schedule unknown": the file says that what it has is ours', async () => {
    const { basis = '', every } = await seriesOf('mgh', 'wilc', 'collaborative');
    assert.match(basis, /Number, length and spacing are not stated: .* is ours/);
    assert.equal(every, 'P1M');
  });
});

describe('attended sessions', () => {
  it('are counted, and nothing is offered', async () => {
    const plan = await planned({ arm: 'ehr-skills', events: attending('ehr', 1, 2, 3), today: AFTER_THREE });
    assert.deepEqual(plan.offers, []);
    const { attended, attendedPercent, planned: all } = plan.total ?? {};
    assert.deepEqual({ attended, attendedPercent, all }, { attended: 3, attendedPercent: 50, all: 6 });
  });
});
