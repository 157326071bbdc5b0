import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import type { StoreChange } from '../../src/delivery/outbox-store.ts';
import { StoreChannel } from '../../src/delivery/store-channel.ts';

const here = new StoreChannel('store-channel-test');
const there = new StoreChannel('store-channel-test');
const stranger = new BroadcastChannel('store-channel-test');
after(() => {
  for (const channel of [here, there, stranger]) channel.close();
});

const receipt = {
  id: '0195d3a0-7c00-7000-8000-000000000001',
  digest: 'a'.repeat(64),
  receivedAt: '2025-03-03T09:00:01Z',
  deviations: [],
};

describe('the channel between tabs', () => {
  it('passes changes on, not to the tab that made them, and nothing that it does not know', async () => {
    const own: StoreChange[] = [];
    const heard: StoreChange[] = [];
    const all = Promise.withResolvers<void>();
    here.subscribe((change) => own.push(change));
    const stop = there.subscribe((change) => {
      heard.push(change);
      if (change.id === 'last') all.resolve();
    });
    for (const garbage of [null, 'text', 17, {}, { type: 'written' }, { type: 'unheard-of', id: 'x' }, { id: 'x' }]) {
      stranger.postMessage(garbage);
    }
    stranger.postMessage({ type: 'delivered', id: 'a', receipt: { id: 'forged' } });
    await new Promise(setImmediate);
    here.post({ type: 'written', id: 'b' });
    here.post({ type: 'delivered', id: 'c', receipt });
    here.post({ type: 'discarded', id: 'd' });
    here.post({ type: 'written', id: 'last' });
    await all.promise;
    assert.deepEqual(
      heard.filter((change) => change.id !== 'a'),
      [
        { type: 'written', id: 'b' },
        { type: 'delivered', id: 'c', receipt },
        { type: 'discarded', id: 'd' },
        { type: 'written', id: 'last' },
      ],
    );
    assert.deepEqual(
      own.filter((change) => change.id !== 'a'),
      [],
    );
    assert.deepEqual(
      heard.filter((change) => change.id === 'a'),
      [{ type: 'delivered', id: 'a' }],
    );
    stop();
  });

  it('is silent where there is none', () => {
    const { BroadcastChannel } = globalThis;
    try {
      Reflect.deleteProperty(globalThis, 'BroadcastChannel');
      const alone = new StoreChannel('x');
      alone.post({ type: 'written', id: 'a' });
      alone.subscribe(() => assert.fail())();
      alone.close();
    } finally {
      Object.assign(globalThis, { BroadcastChannel });
    }
  });
});
