import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { FallbackStore } from '../../src/delivery/fallback-store.ts';
import { MemoryStore } from '../../src/delivery/memory-store.ts';
import { openStore } from '../../src/delivery/open-store.ts';
import type { OutboxStore, StoreChange } from '../../src/delivery/outbox-store.ts';
import { outboxStoreSuite } from '../suites/outbox-store.suite.ts';
import { ManualClock } from '../suites/support/manual-clock.ts';
import { ENDPOINT, sampleEntry } from '../suites/support/sample-entry.ts';
import { FakeDisk } from '../support/delivery/fake-disk.ts';

const PATIENCE = 5_000;

function fallback(disk = new FakeDisk()) {
  const clock = new ManualClock();
  return { disk, clock, store: new FallbackStore(disk, clock, PATIENCE) };
}

const open = async () => fallback().store;
outboxStoreSuite('disk with memory behind it', { open, durable: true }, { describe, it, assert });

describe('an entry that leaves the disk', () => {
  it('is in memory alone, whatever becomes of it', async () => {
    const { disk, store } = fallback();
    const entry = await sampleEntry();
    await store.put(entry);
    assert.deepEqual(await store.leaveDisk(entry.id), { ...entry, durable: false });
    assert.equal(await disk.get(entry.id), undefined);
    await store.update(entry.id, (kept) => ({ ...kept, attempts: 1 }));
    assert.equal(await disk.get(entry.id), undefined);
    assert.equal((await store.get(entry.id))?.durable, false);
  });

  it('is in both places, and says so, when the disk does not let go', async () => {
    const { disk, store } = fallback();
    const entry = await sampleEntry();
    await store.put(entry);
    disk.failures.remove = new DOMException('Gone.', 'InvalidStateError');
    await assert.rejects(store.leaveDisk(entry.id), { name: 'InvalidStateError' });
    assert.equal((await store.get(entry.id))?.durable, true);
    assert.equal((await store.list({ endpoint: ENDPOINT })).length, 1);
  });
});

describe('a disk that fails', () => {
  const quota = new DOMException('Full.', 'QuotaExceededError');

  it('when full leaves the entry in memory, which says so and is otherwise an entry like any other', async () => {
    const { disk, store } = fallback();
    const kept = await sampleEntry();
    await store.put(kept);
    disk.failures.put = quota;
    const entry = await sampleEntry();
    assert.deepEqual(await store.put(entry), { ...entry, durable: false });
    assert.deepEqual(await store.get(entry.id), { ...entry, durable: false });
    const durable = (await store.list({ endpoint: ENDPOINT })).map(({ id, durable }) => [id, durable]);
    assert.deepEqual(Object.fromEntries(durable), { [kept.id]: true, [entry.id]: false });
    const updated = await store.update(entry.id, (held) => ({ ...held, attempts: 1 }));
    assert.deepEqual(updated, { ...entry, attempts: 1, durable: false });
    await store.remove(entry.id, { type: 'delivered' });
    assert.equal(await store.get(entry.id), undefined);
  });

  it('by never answering counts as failed after a while', async () => {
    const { disk, clock, store } = fallback();
    const entry = await sampleEntry();
    disk.failures.put = 'hangs';
    const putting = store.put(entry);
    clock.advance(PATIENCE);
    assert.equal((await putting).durable, false);
  });

  it('and takes the entry late after all has one entry, not two', async () => {
    const { disk, clock, store } = fallback();
    const entry = await sampleEntry();
    disk.failures.put = 'hangs';
    const putting = store.put(entry);
    clock.advance(PATIENCE);
    await putting;
    delete disk.failures.put;
    await disk.put(entry);
    assert.deepEqual(await store.list({ endpoint: ENDPOINT }), [{ ...entry, durable: true }]);
    await store.remove(entry.id, { type: 'delivered' });
    assert.deepEqual(await disk.list({ endpoint: ENDPOINT }), []);
    assert.deepEqual(await store.list({ endpoint: ENDPOINT }), []);
  });

  it('at a change keeps the change in memory over what is on disk, and writes it when it can', async () => {
    const { disk, store } = fallback();
    const entry = await sampleEntry();
    await store.put(entry);
    disk.failures.update = quota;
    const changed = await store.update(entry.id, (kept) => ({ ...kept, attempts: 1 }));
    assert.deepEqual(changed, { ...entry, attempts: 1, durable: true });
    assert.equal((await disk.get(entry.id))?.attempts, 0);
    assert.equal((await store.get(entry.id))?.attempts, 1);
    assert.deepEqual(await store.list({ endpoint: ENDPOINT }), [{ ...entry, attempts: 1, durable: true }]);
    delete disk.failures.update;
    await store.update(entry.id, (kept) => ({ ...kept, attempts: kept.attempts + 1 }));
    assert.equal((await disk.get(entry.id))?.attempts, 2);
    await disk.update(entry.id, (kept) => ({ ...kept, attempts: 7 }));
    assert.equal((await store.get(entry.id))?.attempts, 7, 'what another tab writes later is seen');
  });

  it('at a change of what is gone brings nothing back', async () => {
    const { disk, store } = fallback();
    disk.failures.update = quota;
    await assert.rejects(
      store.update('0195d3a0-7c00-7000-8000-000000000001', (kept) => kept),
      { name: 'QuotaExceededError' },
    );
    assert.deepEqual(await store.list({ endpoint: ENDPOINT }), []);
  });

  it('at reading still lists what is in memory, and does not call gone what it cannot read', async () => {
    const { disk, store } = fallback();
    const onDisk = await sampleEntry();
    await store.put(onDisk);
    const entry = await sampleEntry();
    await store.put(entry, { memoryOnly: true });
    disk.failures.list = new DOMException('Lost.', 'UnknownError');
    disk.failures.get = new DOMException('Lost.', 'UnknownError');
    assert.deepEqual(await store.list({ endpoint: ENDPOINT }), [{ ...entry, durable: false }]);
    await assert.rejects(store.get(onDisk.id), { name: 'UnknownError' });
  });

  it('drops its newer copy when another tab has seen the entry off', async () => {
    const { disk, store } = fallback();
    const entry = await sampleEntry();
    await store.put(entry);
    disk.failures.update = quota;
    await store.update(entry.id, (kept) => ({ ...kept, attempts: 1 }));
    const changes: StoreChange[] = [];
    store.subscribe((change) => changes.push(change));
    await disk.fromOtherTab((other: OutboxStore) => other.remove(entry.id, { type: 'delivered' }), {
      type: 'delivered',
      id: entry.id,
    });
    assert.deepEqual(await store.list({ endpoint: ENDPOINT }), []);
    assert.deepEqual(changes, [{ type: 'delivered', id: entry.id }]);
  });
});

describe('on a shared computer', () => {
  it('nothing touches the disk', async () => {
    const { disk, store } = fallback();
    const entry = await sampleEntry();
    assert.equal((await store.put(entry, { memoryOnly: true })).durable, false);
    await store.update(entry.id, (kept) => ({ ...kept, attempts: 1 }));
    assert.deepEqual(await disk.list({ endpoint: ENDPOINT }), []);
    assert.equal((await store.get(entry.id))?.attempts, 1);
  });
});

describe('without IndexedDB', () => {
  const refusing = (open: () => IDBOpenDBRequest) => ({ open }) as unknown as IDBFactory;

  it('the store is memory alone', async () => {
    const store = await openStore();
    assert.ok(store instanceof MemoryStore);
    assert.equal(store.durable, false);
  });

  it('so it is where the browser refuses it', async () => {
    const factory = refusing(() => {
      throw new DOMException('Not here.', 'SecurityError');
    });
    assert.equal((await openStore({ factory })).durable, false);
  });

  it('so it is where it never opens', async () => {
    const clock = new ManualClock();
    const factory = refusing(() => new EventTarget() as IDBOpenDBRequest);
    const opening = openStore({ factory, clock, patience: PATIENCE });
    clock.advance(PATIENCE);
    assert.equal((await opening).durable, false);
  });
});
