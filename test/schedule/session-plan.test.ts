import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { addTo, dayBefore } from '../../src/schedule/days.ts';
import { planSeries } from '../../src/schedule/session-plan.ts';
import type { Series } from '../../src/study/arms-part.ts';

const series = (more: Partial<Series>): Series => ({ id: 's', format: 'group', ...more });
const windows = (more: Partial<Series>, start: string, today = start, joined?: string) =>
  planSeries(series(more), start, today, joined).sessions.map(({ id, window }) => [id, window.first, window.last]);

const day = fc
  .integer({ min: 0, max: 20_000 })
  .map((days) => new Date(Date.UTC(2000, 0, 1) + days * 86_400_000).toISOString().slice(0, 10));
const every = fc.oneof(
  fc.integer({ min: 1, max: 40 }).map((days) => `P${days}D`),
  fc.integer({ min: 1, max: 6 }).map((weeks) => `P${weeks}W`),
  fc.integer({ min: 1, max: 14 }).map((months) => `P${months}M`),
);
const count = fc.integer({ min: 1, max: 30 });

describe('the sessions of a series', () => {
  it('do not overlap, leave no day out, and end where the series does', () => {
    fc.assert(
      fc.property(every, count, day, fc.constantFrom('P0D', 'P2W', 'P1M'), (span, number, start, offset) => {
        const { sessions, ends } = planSeries(series({ every: span, count: number, offset }), start, start);
        assert.equal(sessions.length, number);
        assert.equal(sessions[0]?.window.first, addTo(start, offset));
        assert.equal(sessions.at(-1)?.window.last, ends);
        for (const [index, { window }] of sessions.entries()) {
          assert.ok(window.last !== null && window.first <= window.last);
          const next = sessions[index + 1];
          if (next !== undefined) assert.equal(window.last, dayBefore(next.window.first));
        }
      }),
    );
  });

  it('keep the day of the month through short months', () => {
    assert.deepEqual(windows({ every: 'P1M', count: 4 }, '2026-01-31'), [
      ['s-1', '2026-01-31', '2026-02-27'],
      ['s-2', '2026-02-28', '2026-03-30'],
      ['s-3', '2026-03-31', '2026-04-29'],
      ['s-4', '2026-04-30', '2026-05-30'],
    ]);
  });

  it('have the windows that the study names around the first day of each span', () => {
    const window = { before: 'P2D', after: 'P3D' };
    assert.deepEqual(windows({ every: 'P1W', count: 2, window }, '2026-01-05'), [
      ['s-1', '2026-01-03', '2026-01-08'],
      ['s-2', '2026-01-10', '2026-01-15'],
    ]);
  });

  it('without a spacing, are held on any day until the end', () => {
    assert.deepEqual(windows({ count: 1, until: 'P18M' }, '2026-01-05'), [['s-1', '2026-01-05', '2027-07-04']]);
    assert.deepEqual(windows({ count: 1 }, '2026-01-05'), [['s-1', '2026-01-05', null]]);
    assert.equal(planSeries(series({ count: 2 }), '2026-01-05', '2030-01-01').ends, null);
  });

  it('without a number, go on until the end, whose last window is cut there', () => {
    const weekly = windows({ every: 'P1W', until: 'P17D' }, '2026-01-05');
    assert.deepEqual(weekly, [
      ['s-1', '2026-01-05', '2026-01-11'],
      ['s-2', '2026-01-12', '2026-01-18'],
      ['s-3', '2026-01-19', '2026-01-21'],
    ]);
    assert.equal(windows({ every: 'P1W', until: 'P18M' }, '2026-01-05').length, 78);
  });

  it('without an end either, are planned a little ahead of today', () => {
    fc.assert(
      fc.property(every, day, fc.integer({ min: 0, max: 900 }), (span, start, later) => {
        const today = addTo(start, `P${later}D`);
        const { sessions, ends } = planSeries(series({ every: span }), start, today);
        assert.equal(ends, null);
        const ahead = sessions.filter(({ window }) => window.first > today).length;
        assert.equal(ahead, 4);
        assert.equal(sessions.filter(({ window }) => window.first <= today && (window.last ?? '') >= today).length, 1);
      }),
    );
  });

  it('that were over before somebody joined are not theirs; the others keep their numbers', () => {
    const joined = windows({ every: 'P2W', count: 3 }, '2026-01-05', '2026-01-20', '2026-01-19');
    assert.deepEqual(
      joined.map(([id]) => id),
      ['s-2', 's-3'],
    );
    const { before } = planSeries(series({ every: 'P2W', count: 3 }), '2026-01-05', '2026-01-20', '2026-02-02');
    assert.deepEqual(before, ['s-1', 's-2']);
  });

  it('close later than their last window, where the study says so', () => {
    assert.equal(planSeries(series({ every: 'P2W', count: 6 }), '2026-01-05', '2026-01-05').ends, '2026-03-29');
    assert.equal(
      planSeries(series({ every: 'P2W', count: 6, until: 'P14W' }), '2026-01-05', '2026-01-05').ends,
      '2026-04-12',
    );
  });
});
