import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { AllocationError } from '../../src/allocation/allocation-error.ts';
import { below, type RandomBytes, recording, replaying, shuffled } from '../../src/allocation/random.ts';

const broken = (error: unknown) => error instanceof AllocationError && error.code === 'random-broken';

describe('a number drawn from bytes', () => {
  it('is each of those below with the same chance: all bytes together give every number equally often', () => {
    for (const count of [2, 3, 4, 5, 6, 7, 8, 10, 60, 100, 128, 180, 255, 256]) {
      const every = replaying(Uint8Array.from({ length: 256 }, (_, byte) => byte));
      const times = new Array<number>(count).fill(0);
      try {
        for (;;) {
          const value = below(count, every.random);
          times[value] = (times[value] ?? 0) + 1;
        }
      } catch (error) {
        assert.ok(error instanceof AllocationError && error.code === 'bytes-short');
      }
      assert.ok((times[0] ?? 0) > 0 && times.every((one) => one === times[0]), `${count}: ${times}`);
    }
  });

  it('is in its range, whatever the bytes are, also where it needs several', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 ** 31 }), (count) => {
        const value = below(count, randomBytes);
        assert.ok(Number.isInteger(value) && value >= 0 && value < count);
      }),
    );
  });

  it('takes no byte where there is nothing to choose', () => {
    const none: RandomBytes = () => assert.fail('asked for bytes');
    assert.equal(below(1, none), 0);
    assert.deepEqual(shuffled(['only'], none), ['only']);
  });

  it('throws what is too large away instead of folding it back', () => {
    const source = recording(replaying(Uint8Array.of(0b11, 0b111, 0b110)).random);
    // Two bits of a byte; 3 is thrown away twice, then 2 is taken.
    assert.equal(below(3, source.random), 2);
    assert.deepEqual([...source.taken()], [3, 7, 6]);
  });

  it('is not drawn from a source that gives always the same, or too little', () => {
    assert.throws(() => below(3, (count) => new Uint8Array(count).fill(255)), broken);
    assert.throws(() => below(3, () => new Uint8Array(0)), broken);
  });

  it('is never asked below nothing', () => {
    for (const count of [0, -1, 1.5, Number.NaN, 2 ** 32]) assert.throws(() => below(count, randomBytes), RangeError);
  });
});

describe('an order', () => {
  it('has every item once', () => {
    fc.assert(
      fc.property(fc.array(fc.integer()), (items) => {
        const order = shuffled(items, randomBytes);
        assert.deepEqual(order.toSorted(), items.toSorted());
      }),
    );
  });

  it('can be any that there is', () => {
    let seed = 0;
    const random: RandomBytes = (count) => createHash('sha512').update(`${seed++}`).digest().subarray(0, count);
    const seen = new Set(Array.from({ length: 400 }, () => shuffled(['a', 'b', 'c', 'd'], random).join('')));
    assert.equal(seen.size, 24);
  });
});

describe('bytes that were taken', () => {
  it('draw the same again, to the last one', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 1_000 }), { minLength: 1 }), (counts) => {
        const source = recording(randomBytes);
        const drawn = counts.map((count) => below(count, source.random));
        const again = replaying(source.taken());
        assert.deepEqual(
          counts.map((count) => below(count, again.random)),
          drawn,
        );
        assert.equal(again.left(), 0);
        assert.throws(() => again.random(1), { code: 'bytes-short' });
      }),
    );
  });
});
