import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { turns } from '../../src/delivery/turn.ts';
import { ManualClock } from '../suites/support/manual-clock.ts';

const PATIENCE = 150_000;
let count = 0;
const lockName = () => `turn-test-${count++}`;

describe('turns', () => {
  it('are taken one at a time, in order', async () => {
    const name = lockName();
    const tabs = [1, 2, 3].map(() => turns(navigator.locks, name, new ManualClock(), PATIENCE));
    const log: string[] = [];
    await Promise.all(
      tabs.map((takeTurn, tab) =>
        takeTurn(async () => {
          log.push(`${tab} begins`);
          await new Promise(setImmediate);
          log.push(`${tab} ends`);
        }),
      ),
    );
    assert.deepEqual(log, ['0 begins', '0 ends', '1 begins', '1 ends', '2 begins', '2 ends']);
  });

  it('are not waited for where there are no locks, or none are given', async () => {
    const refusing = { request: () => Promise.reject(new DOMException('Not here.', 'SecurityError')) };
    for (const locks of [undefined, refusing as unknown as LockManager]) {
      let done = 0;
      await turns(
        locks,
        lockName(),
        new ManualClock(),
        PATIENCE,
      )(async () => {
        done++;
      });
      assert.equal(done, 1);
    }
  });

  it('are taken away from a tab that keeps its own for too long, whose work still ends once', async () => {
    const name = lockName();
    const clock = new ManualClock();
    const asleep = Promise.withResolvers<void>();
    let slept = 0;
    const sleeper = turns(
      navigator.locks,
      name,
      new ManualClock(),
      PATIENCE,
    )(async () => {
      slept++;
      await asleep.promise;
    });
    await new Promise(setImmediate);
    let done = 0;
    const impatient = turns(
      navigator.locks,
      name,
      clock,
      PATIENCE,
    )(async () => {
      done++;
    });
    await new Promise(setImmediate);
    assert.equal(done, 0);
    clock.advance(PATIENCE);
    await impatient;
    assert.equal(done, 1);
    // It was taken away, not walked past: those who come after wait for the sleeper no longer.
    await turns(
      navigator.locks,
      name,
      new ManualClock(),
      PATIENCE,
    )(async () => {
      done++;
    });
    assert.equal(done, 2);
    asleep.resolve();
    await sleeper;
    assert.equal(slept, 1);
  });

  it('hand on a failure, do not repeat the work, and are over afterwards', async () => {
    const name = lockName();
    const clock = new ManualClock();
    const takeTurn = turns(navigator.locks, name, clock, PATIENCE);
    let tries = 0;
    const failing = takeTurn(async () => {
      tries++;
      throw new Error('disk');
    });
    await assert.rejects(failing, { message: 'disk' });
    assert.equal(tries, 1);
    assert.equal(clock.nextTimer, undefined);
    await takeTurn(async () => {
      tries++;
    });
    assert.equal(tries, 2);
  });
});
