import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { dayIn, endOf, instantOf, localText, localTimes } from '../../src/schedule/days.ts';

const LA = 'America/Los_Angeles';

describe('a day', () => {
  it('is the one on which an instant falls in the zone', () => {
    assert.equal(dayIn('2026-03-08T07:59:59Z', LA), '2026-03-07');
    assert.equal(dayIn('2026-03-08T08:00:00Z', LA), '2026-03-08');
    assert.equal(dayIn('2026-03-08T08:00:00Z', 'Pacific/Auckland'), '2026-03-08');
    assert.equal(dayIn('2026-03-08T12:00:00Z', 'Pacific/Auckland'), '2026-03-09');
  });

  it('ends after 23 hours where clocks go forward, after 25 where they go back', () => {
    const hours = (day: string) =>
      (Date.parse(endOf(day, LA)) + 1 - Date.parse(instantOf(day, LA) ?? '')) / (60 * 60 * 1000);
    assert.deepEqual(['2026-03-07', '2026-03-08', '2026-11-01'].map(hours), [24, 23, 25]);
    assert.equal(endOf('2026-03-08', LA), '2026-03-09T06:59:59.999Z');
  });
});

describe('a time, as it is typed', () => {
  const times: readonly (readonly [written: string, utc: string | undefined])[] = [
    ['2026-03-10', '2026-03-10T07:00:00Z'],
    ['2026-03-10T17:00', '2026-03-11T00:00:00Z'],
    ['2026-02-10T17:00', '2026-02-11T01:00:00Z'],
    ['2026-02-10T17:00:30', '2026-02-11T01:00:30Z'],
    ['2026-03-10T17:00-05:00', '2026-03-10T22:00:00Z'],
    ['2026-03-10T17:00Z', '2026-03-10T17:00:00Z'],
    // Skipped when clocks go forward: as much later. Twice when they go back: the first.
    ['2026-03-08T02:30', '2026-03-08T10:30:00Z'],
    ['2026-11-01T01:30', '2026-11-01T08:30:00Z'],
    ['2026-02-30', undefined],
    ['2026-02-10T25:00', undefined],
    ['2026-02-10T17:00+25:00', undefined],
    ['10/02/2026', undefined],
    ['tomorrow', undefined],
    ['', undefined],
  ];
  for (const [written, utc] of times) {
    it(`${JSON.stringify(written)} is ${utc ?? 'none'}`, () => assert.equal(instantOf(written, LA), utc));
  }

  it('is shown in the zone', () => {
    assert.equal(localText('2026-03-08T10:30:00Z', LA), '2026-03-08 03:30');
  });
});

describe('the same local time again', () => {
  it('is kept across the March and November changes', () => {
    for (const first of ['2026-02-24T17:00', '2026-10-20T17:00']) {
      const times = localTimes(first, 'P2W', 4, LA);
      assert.equal(times.length, 4);
      for (const time of times) assert.match(localText(time, LA), / 17:00$/);
      const offsets = new Set(times.map((time) => new Date(time).getUTCHours()));
      assert.equal(offsets.size, 2, 'the clocks did change');
    }
  });
});
