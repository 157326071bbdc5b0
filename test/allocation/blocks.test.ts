import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import {
  type Block,
  type BlockPlan,
  blockPlan,
  drawArm,
  drawSize,
  isFull,
  remaining,
  samePlan,
} from '../../src/allocation/blocks.ts';
import type { RandomBytes } from '../../src/allocation/random.ts';

const ratio = fc
  .dictionary(fc.stringMatching(/^[a-z]{1,6}$/), fc.integer({ min: 1, max: 5 }), { minKeys: 2, maxKeys: 5 })
  .filter((shares) => Object.keys(shares).length > 1);
const plan = fc
  .record({ ratio, times: fc.uniqueArray(fc.integer({ min: 1, max: 4 }), { minLength: 2 }) })
  .map(({ ratio: shares, times }): BlockPlan => {
    const sum = Object.values(shares).reduce((total, share) => total + share, 0);
    return blockPlan({ ratio: shares, blocks: times.map((time) => time * sum) });
  });

/** A stream of bytes that a seed makes: the same each time. */
function seeded(seed: number): RandomBytes {
  let at = 0;
  return (count) => createHash('sha512').update(`${seed}/${at++}`).digest().subarray(0, count);
}

function fill(block: Block, random: RandomBytes): string[] {
  const taken: string[] = [];
  while (!isFull(block, taken)) taken.push(drawArm(block, taken, random));
  return taken;
}

describe('a block', () => {
  it('has one of its plan’s sizes, each of which occurs', () => {
    fc.assert(
      fc.property(plan, fc.nat(), (made, seed) => {
        const random = seeded(seed);
        const seen = new Set(Array.from({ length: 200 }, () => drawSize(made, random)));
        assert.deepEqual([...seen].sort(), [...made.sizes].sort());
      }),
    );
  });

  it('gives each arm exactly its share, whatever is drawn', () => {
    fc.assert(
      fc.property(plan, (made) => {
        const size = drawSize(made, randomBytes);
        const taken = fill({ plan: made, size }, randomBytes);
        const sum = made.arms.reduce((total, { share }) => total + share, 0);
        for (const { id, share } of made.arms) {
          assert.equal(taken.filter((arm) => arm === id).length, (size / sum) * share);
        }
      }),
    );
  });

  it('never has an arm further from its share than the block allows, at any moment of a list', () => {
    fc.assert(
      fc.property(plan, fc.integer({ min: 1, max: 60 }), (made, count) => {
        const sum = made.arms.reduce((total, { share }) => total + share, 0);
        const most = Math.max(...made.sizes);
        const all = new Map<string, number>();
        let block: Block = { plan: made, size: drawSize(made, randomBytes) };
        let taken: string[] = [];
        for (let drawn = 1; drawn <= count; drawn += 1) {
          if (isFull(block, taken)) {
            block = { plan: made, size: drawSize(made, randomBytes) };
            taken = [];
          }
          const arm = drawArm(block, taken, randomBytes);
          taken.push(arm);
          all.set(arm, (all.get(arm) ?? 0) + 1);
          for (const { id, share } of made.arms) {
            const places = (most / sum) * share;
            const due = (drawn * share) / sum;
            assert.ok(Math.abs((all.get(id) ?? 0) - due) <= places * (1 - share / sum) + 1e-9);
          }
        }
      }),
    );
  });

  it('draws only what is left, and leaves the last place no choice and no byte', () => {
    const block = { plan: blockPlan({ ratio: { a: 1, b: 2 }, blocks: [3, 6] }), size: 3 };
    const none: RandomBytes = () => assert.fail('asked for bytes');
    assert.equal(drawArm(block, ['b', 'a'], none), 'b');
    assert.equal(drawArm(block, ['b', 'b'], none), 'a');
    assert.deepEqual(remaining(block, ['b']), [
      { arm: 'a', places: 1 },
      { arm: 'b', places: 1 },
    ]);
  });

  it('that is full, or cannot be, is not drawn from', () => {
    const block = { plan: blockPlan({ ratio: { a: 1, b: 1 }, blocks: [2, 4] }), size: 2 };
    assert.throws(() => drawArm(block, ['a', 'b'], randomBytes), { code: 'block-full' });
    assert.throws(() => drawArm(block, ['a', 'a'], randomBytes), { code: 'block-full' });
  });

  it('can be filled in every order, each as often as any other', () => {
    const block = { plan: blockPlan({ ratio: { a: 1, b: 2 }, blocks: [3, 6] }), size: 6 };
    const random = seeded(1);
    const times = new Map<string, number>();
    const count = 6_000;
    for (let round = 0; round < count; round += 1) {
      const order = fill(block, random).join('');
      times.set(order, (times.get(order) ?? 0) + 1);
    }
    // 6! / (2! 4!) orders. The bytes are the same each time, so that this can never fail by chance.
    assert.equal(times.size, 15);
    const expected = count / 15;
    const square = [...times.values()].reduce((sum, seen) => sum + (seen - expected) ** 2 / expected, 0);
    assert.ok(square < 36.1, `chi-square ${square}, 14 degrees of freedom: above 36.1 once in a thousand`);
  });

  it('is another’s plan only with the same arms, shares and sizes in the same order', () => {
    const made = blockPlan({ ratio: { a: 1, b: 1 }, blocks: [2, 4] });
    assert.ok(samePlan(made, blockPlan({ ratio: { a: 1, b: 1 }, blocks: [2, 4] })));
    for (const other of [
      { ratio: { a: 1, b: 2 }, blocks: [2, 4] },
      { ratio: { a: 1, c: 1 }, blocks: [2, 4] },
      { ratio: { b: 1, a: 1 }, blocks: [2, 4] },
      { ratio: { a: 1, b: 1 }, blocks: [4, 6] },
    ]) {
      assert.ok(!samePlan(made, blockPlan(other as Parameters<typeof blockPlan>[0])));
    }
  });
});
