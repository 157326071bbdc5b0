import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { IdleWatch } from '../../../components/element/session/idle-watch.ts';
import { ManualClock } from '../../suites/support/manual-clock.ts';

function open(minutes: number) {
  const [hands, clock] = [new EventTarget(), new ManualClock()];
  let idle = 0;
  const watch = new IdleWatch(() => idle++, hands, clock);
  watch.watch(minutes);
  return { watch, clock, touch: () => hands.dispatchEvent(new Event('keydown')), idle: () => idle };
}

describe('an unused page', () => {
  it('is noticed after as long as was said, once', () => {
    const { clock, idle } = open(15);
    clock.advance(15 * 60_000 - 1);
    assert.equal(idle(), 0);
    clock.advance(1);
    clock.advance(60 * 60_000);
    assert.equal(idle(), 1);
  });

  it('is one from the last touch on', () => {
    const { clock, touch, idle } = open(15);
    clock.advance(10 * 60_000);
    touch();
    clock.advance(10 * 60_000);
    assert.equal(idle(), 0);
    clock.advance(5 * 60_000);
    assert.equal(idle(), 1);
  });

  it('is one after fifteen minutes where what was written is no number: a slip must not turn it off', () => {
    const { clock, idle } = open(Number('ten'));
    clock.advance(15 * 60_000 - 1);
    assert.equal(idle(), 0);
    clock.advance(1);
    assert.equal(idle(), 1);
  });

  it('is never one where none is asked for, or it was stopped', () => {
    for (const minutes of [0, -1]) {
      const { clock, idle } = open(minutes);
      clock.advance(1e9);
      assert.equal(idle(), 0);
    }
    const { watch, clock, idle } = open(15);
    watch.stop();
    clock.advance(1e9);
    assert.equal(idle(), 0);
  });
});
