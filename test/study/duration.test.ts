import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { addTo } from '../../src/schedule/days.ts';
import { daysOf, durationSchema, isNone } from '../../src/study/duration.ts';
import { fitted } from '../../src/study/read.ts';

const part = (most: number, unit: string) => fc.integer({ min: 0, max: most }).map((n) => `${n}${unit}`);
const duration = fc
  .tuple(part(5, 'Y'), part(30, 'M'), part(60, 'W'), part(400, 'D'))
  .map((parts) => `P${parts.join('')}`);
const day = fc
  .integer({ min: 0, max: 30_000 })
  .map((days) => new Date(Date.UTC(1990, 0, 1) + days * 86_400_000).toISOString().slice(0, 10));

describe('a duration', () => {
  it('has as many days as it is said to have, wherever in the calendar it begins', () => {
    fc.assert(
      fc.property(day, duration, (start, length) => {
        const days = (Date.parse(addTo(start, length)) - Date.parse(start)) / 86_400_000;
        const { least, most } = daysOf(length);
        assert.ok(least <= days && days <= most, `${least} <= ${days} <= ${most}`);
      }),
    );
  });

  it('in days and weeks has just as many', () => {
    assert.deepEqual(daysOf('P2W3D'), { least: 17, most: 17 });
    assert.deepEqual(daysOf('P1M'), { least: 28, most: 31 });
    assert.deepEqual(daysOf('P1Y'), { least: 365, most: 366 });
  });

  it('is in whole days, or more', () => {
    const good = ['P0D', 'P3D', 'P2W', 'P6M', 'P1Y', 'P1Y6M2W3D'];
    for (const text of good) assert.equal(fitted(durationSchema, text), text);
    for (const text of ['', 'P', '3D', 'P3', 'PT4H', 'P1DT4H', 'P-1D', 'P1.5W', 'p2w', 'P2W ', 'P1D1W', 'P99999D']) {
      assert.equal(fitted(durationSchema, text), undefined, text);
    }
    assert.deepEqual(['P0D', 'P0Y0M', 'P1D', 'P10W'].map(isNone), [true, true, false, false]);
  });
});
