import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type RoundKind, Rounds } from '../../src/delivery/rounds.ts';

/** Rounds that each last until they are told to end. */
function heldRounds() {
  const begun: RoundKind[] = [];
  const ends: PromiseWithResolvers<void>[] = [];
  const rounds = new Rounds((kind) => {
    begun.push(kind);
    const end = Promise.withResolvers<void>();
    ends.push(end);
    return end.promise;
  });
  return { begun, ends, rounds };
}

describe('rounds', () => {
  it('run one after another, those asked for meanwhile as one', async () => {
    const { begun, ends, rounds } = heldRounds();
    const first = rounds.run('due');
    const later = [rounds.run('due'), rounds.run('eager'), rounds.run('due')];
    assert.deepEqual(begun, ['due']);
    ends[0]?.resolve();
    await new Promise(setImmediate);
    assert.deepEqual(begun, ['due', 'eager']);
    ends[1]?.resolve();
    await Promise.all([first, ...later]);
    assert.equal(begun.length, 2);
  });

  it('lose no request at the very end of a round', async () => {
    const { begun, ends, rounds } = heldRounds();
    const first = rounds.run('due');
    let second: Promise<void> | undefined;
    void first.then(() => {
      second = rounds.run('due');
    });
    ends[0]?.resolve();
    await first;
    await new Promise(setImmediate);
    assert.deepEqual(begun, ['due', 'due']);
    ends[1]?.resolve();
    await second;
  });

  it('go on after one that failed', async () => {
    const { begun, ends, rounds } = heldRounds();
    const failing = rounds.run('due');
    ends[0]?.reject(new Error('disk'));
    await assert.rejects(failing, { message: 'disk' });
    const next = rounds.run('due');
    ends[1]?.resolve();
    await next;
    assert.equal(begun.length, 2);
  });
});
