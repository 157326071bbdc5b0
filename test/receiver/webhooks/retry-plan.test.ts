import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { GIVE_UP_AFTER_MS, nextAttempt, readRetryAfter } from '../../../src/receiver/webhooks/retry-plan.ts';

const SECOND = 1000;
const HOUR = 3_600 * SECOND;
const middle = () => 0.5;

describe('the plan of attempts', () => {
  it('goes from seconds to days, and ends with a last attempt after five of them', () => {
    const at: number[] = [];
    let now = 0;
    for (let attempts = 1; ; attempts += 1) {
      const next = nextAttempt({ createdAt: 0, attempts, now }, middle);
      if (next === undefined) break;
      at.push(next);
      now = next;
    }
    const hours = (ms: number) => Math.round((ms / HOUR) * 100) / 100;
    assert.deepEqual(at.map(hours), [0, 0.02, 0.1, 0.6, 2.6, 7.6, 17.6, 31.6, 51.6, 75.6, 99.6, 120]);
    assert.equal(at.at(-1), GIVE_UP_AFTER_MS);
  });

  it('is a fifth earlier or later, by chance', () => {
    const after = (random: number) => nextAttempt({ createdAt: 0, attempts: 3, now: 0 }, () => random);
    assert.deepEqual([after(0), after(0.5), after(1)], [240 * SECOND, 300 * SECOND, 360 * SECOND]);
  });

  it('never goes back, never beyond the five days, and never before it was asked to', () => {
    const ms = fc.integer({ min: 0, max: 2 * GIVE_UP_AFTER_MS });
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 50 }),
        ms,
        fc.option(ms, { nil: undefined }),
        fc.float({ min: 0, max: 1, noNaN: true }),
        (attempts, now, retryAfter, random) => {
          const next = nextAttempt({ createdAt: 0, attempts, now, retryAfter }, () => random);
          if (now >= GIVE_UP_AFTER_MS) return next === undefined;
          assert(next !== undefined);
          assert.ok(next > now && next <= GIVE_UP_AFTER_MS);
          return next === GIVE_UP_AFTER_MS || next >= now + (retryAfter ?? 0);
        },
      ),
    );
  });
});

describe('a Retry-After', () => {
  const now = Date.parse('2026-03-09T10:00:00Z');
  const cases: [string | null, number | undefined][] = [
    ['120', 120 * SECOND],
    [' 0 ', 0],
    ['Mon, 09 Mar 2026 10:01:00 GMT', 60 * SECOND],
    ['Mon, 09 Mar 2026 09:00:00 GMT', 0],
    [null, undefined],
    ['', undefined],
    ['soon', undefined],
    ['-1', undefined],
    ['1.5', undefined],
    ['2026-03-09', undefined],
    ['Mon, nonsense', undefined],
  ];
  for (const [header, wanted] of cases) {
    it(`is read: ${header}`, () => assert.equal(readRetryAfter(header, now), wanted));
  }
});
