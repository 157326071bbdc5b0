import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { LONGEST_ASKED, LONGEST_WAIT, retryDelay } from '../../src/delivery/backoff.ts';

const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const attempts = fc.integer({ min: 1, max: 5_000 });

describe('the wait before the next attempt', () => {
  it('is spread from nothing up to a bound that doubles and stops at ten minutes', () => {
    assert.equal(
      retryDelay(1, undefined, () => 0),
      0,
    );
    const bounds = [1, 2, 3, 4, 9, 10, 11, 5_000].map((count) => retryDelay(count, undefined, () => 1));
    assert.deepEqual(bounds, [2_000, 4_000, 8_000, 16_000, 512_000, 600_000, 600_000, 600_000]);
    assert.equal(
      retryDelay(3, undefined, () => 0.25),
      2_000,
    );
  });

  it('is never shorter than what the endpoint asked for, up to an hour', () => {
    fc.assert(
      fc.property(attempts, fc.double({ min: 0, max: 1e15, noNaN: true }), random, (count, asked, chance) => {
        const delay = retryDelay(count, asked, () => chance);
        assert.ok(delay >= Math.min(asked, LONGEST_ASKED));
      }),
    );
  });

  it('grows for an endpoint that keeps asking for a short while', () => {
    assert.equal(
      retryDelay(20, 1_000, () => 0.5),
      300_000,
    );
  });

  it('is never longer than the longest wait, whatever is asked', () => {
    fc.assert(
      fc.property(
        attempts,
        fc.option(fc.double({ min: 0, noNaN: true }), { nil: undefined }),
        random,
        (count, asked, chance) => {
          assert.ok(retryDelay(count, asked, () => chance) < LONGEST_WAIT);
        },
      ),
    );
  });

  it('spreads also those who were all asked to come back at the same moment', () => {
    assert.equal(
      retryDelay(1, 60_000, () => 0),
      60_000,
    );
    assert.equal(
      retryDelay(1, 60_000, () => 0.5),
      63_000,
    );
  });
});
