import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { StoreError } from '../../../src/receiver/store/store.ts';
import { createTurns } from '../../../src/receiver/store/turns.ts';

describe('turns', () => {
  it('are given to so many at a time, in the order of coming, whatever becomes of them', async () => {
    const works = fc.array(fc.record({ ticks: fc.nat(5), fails: fc.boolean() }), { maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 5 }), works, async (atOnce, given) => {
        const turns = createTurns(atOnce, 60_000);
        const begun: number[] = [];
        let running = 0;
        const all = given.map(({ ticks, fails }, index) =>
          turns(async () => {
            begun.push(index);
            running += 1;
            assert.ok(running <= atOnce);
            for (let tick = 0; tick < ticks; tick += 1) await Promise.resolve();
            running -= 1;
            if (fails) throw new RangeError('no');
            return index;
          }),
        );
        const ended = await Promise.allSettled(all);
        assert.deepEqual(begun, [...given.keys()]);
        assert.deepEqual(
          ended.map(({ status }) => status === 'rejected'),
          given.map(({ fails }) => fails),
        );
      }),
    );
  });

  it('are taken from those who have waited longer than anybody does', async () => {
    const turns = createTurns(1, -1);
    const { promise: ended, resolve: end } = Promise.withResolvers<void>();
    const first = turns(() => ended);
    let begun = 0;
    const late = [turns(async () => (begun += 1)), turns(async () => (begun += 1))];
    end();
    await first;
    for (const one of late) {
      await assert.rejects(one, (error) => error instanceof StoreError && error.code === 'busy');
    }
    assert.equal(begun, 0);
    assert.equal(await turns(async () => 'free'), 'free', 'and the turn is nobody’s then');
  });
});
