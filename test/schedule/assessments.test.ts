import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Anchors, type AssessmentState, assessmentStatuses } from '../../src/schedule/assessments.ts';
import type { Assessment } from '../../src/study/assessments-part.ts';
import { asText } from '../../src/study/text.ts';

const assessment = (id: string, anchor: string, offset: string, more: Partial<Assessment> = {}): Assessment => ({
  ...{ id, title: asText(id), anchor, offset, window: { before: 'P3D', after: 'P1W' }, instruments: [{ id: 'cbi' }] },
  ...more,
});

const study = [
  assessment('baseline', 'consent', 'P0D', { window: { before: 'P0D', after: 'P2W' } }),
  assessment('week-12', 'allocation', 'P12W'),
  assessment('month-6', 'week-12', 'P6M'),
  assessment('follow-up', 'baseline', 'P1M', { from: 'done' }),
];
const anchors: Anchors = { consent: '2026-01-02', allocation: '2026-01-10' };

const statesOn = (day: string, done: Readonly<Record<string, string>> = {}, known = anchors) =>
  assessmentStatuses(
    study,
    known,
    Object.entries(done).map(([id, on]) => ({ assessment: id, day: on })),
    day,
  );
const stateOf = (id: string, day: string, done: Readonly<Record<string, string>> = {}) =>
  statesOn(day, done).find((one) => one.id === id);

describe('an assessment', () => {
  const days: readonly (readonly [day: string, state: AssessmentState, overdue: boolean])[] = [
    ['2026-03-31', 'upcoming', false],
    ['2026-04-01', 'open', false],
    ['2026-04-03', 'open', false],
    ['2026-04-04', 'due', false],
    ['2026-04-05', 'due', true],
    ['2026-04-11', 'due', true],
    ['2026-04-12', 'missed', false],
  ];
  for (const [day, state, overdue] of days) {
    it(`12 weeks after 10 January, from 3 days before until a week after: on ${day} it is ${state}${overdue ? ', overdue' : ''}`, () => {
      const status = stateOf('week-12', day);
      assert.deepEqual([status?.state, status?.overdue], [state, overdue]);
      assert.deepEqual([status?.due, status?.window], ['2026-04-04', { first: '2026-04-01', last: '2026-04-11' }]);
    });
  }

  it('is not known until its anchor is', () => {
    const states = statesOn('2026-04-04', {}, { consent: '2026-01-02' });
    assert.deepEqual(
      states.map(({ id, state, due }) => [id, state, due]),
      [
        ['baseline', 'missed', '2026-01-02'],
        ['week-12', 'not-known', undefined],
        ['month-6', 'not-known', undefined],
        ['follow-up', 'not-known', undefined],
      ],
    );
  });

  it('counts from the due day of another, whenever that was done', () => {
    for (const done of [{}, { 'week-12': '2026-04-11' }, { 'week-12': '2026-06-01' }]) {
      assert.equal(stateOf('month-6', '2026-04-04', done)?.due, '2026-10-04');
    }
  });

  it('counts from the day that another was done, where the study says so', () => {
    assert.equal(stateOf('follow-up', '2026-01-20')?.state, 'not-known');
    assert.equal(stateOf('follow-up', '2026-01-20', { baseline: '2026-01-12' })?.due, '2026-02-12');
  });

  const hands: readonly (readonly [on: string, timing: string])[] = [
    ['2026-03-31', 'early'],
    ['2026-04-01', 'on-time'],
    ['2026-04-11', 'on-time'],
    ['2026-04-12', 'late'],
  ];
  for (const [on, timing] of hands) {
    it(`handed in on ${on} is done, ${timing}`, () => {
      const status = stateOf('week-12', '2026-05-01', { 'week-12': on });
      assert.deepEqual([status?.state, status?.timing, status?.doneOn, status?.overdue], ['done', timing, on, false]);
    });
  }

  it('handed in twice, was done the first time', () => {
    const again = ['2026-04-09', '2026-04-05'].map((day) => ({ assessment: 'week-12', day }));
    assert.equal(assessmentStatuses(study, anchors, again, '2026-05-01')[1]?.doneOn, '2026-04-05');
  });

  it('handed in before its day was known, is done', () => {
    const states = statesOn('2026-01-05', { 'week-12': '2026-01-04' }, {});
    assert.deepEqual(states[1], { id: 'week-12', state: 'done', overdue: false, doneOn: '2026-01-04' });
  });

  it('was never theirs who took part only after its window', () => {
    const late = [assessment('month-3', 'site-start', 'P3M')];
    const stateFor = (consent: string) =>
      assessmentStatuses(late, { consent, 'site-start': '2026-01-01' }, [], '2026-06-01')[0]?.state;
    assert.equal(stateFor('2026-04-08'), 'missed');
    assert.equal(stateFor('2026-04-09'), 'before-joining');
  });

  const calendar: readonly (readonly [what: string, start: string, offset: string, due: string])[] = [
    ['a month after the 31st', '2026-01-31', 'P1M', '2026-02-28'],
    ['a month after the 31st, in a leap year', '2028-01-31', 'P1M', '2028-02-29'],
    ['a year after 29 February', '2028-02-29', 'P1Y', '2029-02-28'],
    ['four years after it', '2028-02-29', 'P4Y', '2032-02-29'],
    ['twelve weeks across March', '2026-01-05', 'P12W', '2026-03-30'],
    ['a month and a day', '2026-02-28', 'P1M1D', '2026-03-29'],
  ];
  for (const [what, start, offset, due] of calendar) {
    it(`${what}: ${start} and ${offset} is ${due}`, () => {
      const [status] = assessmentStatuses([assessment('a', 'consent', offset)], { consent: start }, [], start);
      assert.equal(status?.due, due);
    });
  }
});
