import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { FallbackStore } from '../../src/delivery/fallback-store.ts';
import { createOutbox } from '../../src/delivery/outbox.ts';
import { digestOf } from '../../src/submission/digest.ts';
import { answers, held, requestLost } from '../suites/support/fake-endpoint.ts';
import { ENDPOINT, sampleContact, sampleEntry, sampleScreening } from '../suites/support/sample-entry.ts';
import { until } from '../suites/support/until.ts';
import { FakeDisk } from '../support/delivery/fake-disk.ts';
import { openPage } from '../support/delivery/page.ts';

const MINUTE = 60_000;

/** The timer is set when a round is over; with a disk and an endpoint in memory that takes microtasks only. */
const roundOver = () => new Promise(setImmediate);

describe('a computer that turns out to be shared', () => {
  function openShared(disk = new FakeDisk()) {
    const { endpoint, clock } = openPage();
    const store = new FallbackStore(disk, clock, 5_000);
    const open = () => createOutbox({ endpoint: ENDPOINT, store, fetch: endpoint.fetch, clock, locks: undefined });
    return { disk, endpoint, outbox: open(), open };
  }

  it('has what this page wrote taken off its disk, and nothing more written there', async () => {
    const { disk, endpoint, outbox } = openShared();
    endpoint.faults.push(answers(503));
    const [before, after] = [sampleScreening(), sampleScreening()];
    await outbox.submit(before);
    await outbox.flush();
    await outbox.shareComputer();
    assert.equal(outbox.state(before.id).durable, false);
    assert.equal((await outbox.submit(after)).durable, false);
    assert.deepEqual(await disk.list({ endpoint: ENDPOINT }), []);
    await outbox.retry(before.id);
    await outbox.retry(after.id);
    assert.deepEqual([...endpoint.stored.keys()].sort(), [before.id, after.id].sort());
  });

  it('keeps what earlier visits left, which still goes out', async () => {
    const { disk, endpoint, outbox, open } = openShared();
    const earlier = sampleScreening();
    await open().submit(earlier);
    await outbox.shareComputer();
    assert.equal((await disk.get(earlier.id))?.id, earlier.id);
    assert.deepEqual(
      (await outbox.entries()).map(({ id, ofThisPage }) => [id, ofThisPage]),
      [[earlier.id, false]],
    );
    await outbox.flush();
    assert.deepEqual([...endpoint.stored.keys()], [earlier.id]);
  });

  it('is told to whoever asked, when the disk does not let go', async () => {
    const { disk, outbox } = openShared();
    const screening = sampleScreening();
    await outbox.submit(screening);
    disk.failures.remove = new DOMException('Gone.', 'InvalidStateError');
    await assert.rejects(outbox.shareComputer(), { name: 'InvalidStateError' });
    assert.equal(outbox.state(screening.id).durable, true);
  });
});

describe('a page that goes', () => {
  it('leaves what it has not sent to the next one, which says so and sends it', async () => {
    const first = openPage();
    first.endpoint.faults.push(requestLost);
    const screening = sampleScreening();
    await first.outbox.submit(screening);
    await first.outbox.flush();
    const second = openPage({ disk: first.disk });
    const [entry] = await second.outbox.entries();
    assert.equal(entry?.state.status, 'waiting');
    assert.equal(entry?.state.reason, 'network');
    second.outbox.start();
    await until(second.outbox, screening.id, 'delivered');
  });

  it('sends what is only in its memory at once, without a moment of waiting', async () => {
    const { outbox, endpoint, signals } = openPage({ disk: memoryOnlyDisk() });
    outbox.start();
    endpoint.faults.push(requestLost);
    const screening = sampleScreening();
    await outbox.submit(screening);
    await until(outbox, screening.id, 'waiting');
    const before = endpoint.seen.length;
    signals.give('hidden');
    assert.deepEqual(
      endpoint.seen.slice(before).map(({ id, keepalive }) => ({ id, keepalive })),
      [{ id: screening.id, keepalive: true }],
    );
    await until(outbox, screening.id, 'delivered');
  });

  it('leaves to the next visit what is on disk, and sends no contact before its screening', async () => {
    const onDisk = openPage();
    onDisk.outbox.start();
    onDisk.endpoint.faults.push(requestLost);
    const waiting = sampleScreening();
    await onDisk.outbox.submit(waiting);
    await until(onDisk.outbox, waiting.id, 'waiting');
    onDisk.signals.give('hidden');
    assert.equal(onDisk.endpoint.seen.length, 1);

    const inMemory = openPage({ disk: memoryOnlyDisk() });
    inMemory.outbox.start();
    inMemory.endpoint.faults.push(requestLost, requestLost);
    const screening = sampleScreening();
    await inMemory.outbox.submit(screening);
    await until(inMemory.outbox, screening.id, 'waiting');
    await inMemory.outbox.submit(sampleContact(screening.id));
    inMemory.signals.give('hidden');
    assert.deepEqual(inMemory.endpoint.ids, [screening.id, screening.id]);
  });

  it('sends it once, however often it says that it goes', async () => {
    const { outbox, endpoint, signals } = openPage({ disk: memoryOnlyDisk() });
    outbox.start();
    endpoint.faults.push(requestLost);
    const screening = sampleScreening();
    await outbox.submit(screening);
    await until(outbox, screening.id, 'waiting');
    endpoint.faults.push(requestLost);
    signals.give('hidden');
    signals.give('hidden');
    assert.equal(endpoint.seen.length, 2);
    await roundOver();
    signals.give('hidden');
    assert.equal(endpoint.seen.length, 3);
  });

  it('does not send again what is on its way in a request that outlives it, nor what is on disk', async () => {
    for (const disk of [new FakeDisk(), memoryOnlyDisk()]) {
      const { outbox, endpoint, signals } = openPage({ disk });
      outbox.start();
      const { fault, arrived, letGo } = held();
      endpoint.faults.push(fault);
      const screening = sampleScreening();
      await outbox.submit(screening);
      await arrived;
      signals.give('hidden');
      letGo();
      await until(outbox, screening.id, 'delivered');
      assert.equal(endpoint.seen.length, 1);
    }
  });

  it('does not hurry an endpoint that asked to wait', async () => {
    const { outbox, endpoint, signals } = openPage({ disk: memoryOnlyDisk() });
    outbox.start();
    endpoint.faults.push(answers(429, { 'Retry-After': '60' }));
    const screening = sampleScreening();
    await outbox.submit(screening);
    await until(outbox, screening.id, 'waiting');
    signals.give('hidden');
    assert.equal(endpoint.seen.length, 1);
  });

  it('and is stopped sends nothing more, but hears what is on its way', async () => {
    const { outbox, endpoint, signals, clock } = openPage();
    const { fault, arrived, letGo } = held();
    endpoint.faults.push(fault);
    outbox.start();
    const [first, second] = [sampleScreening(), sampleScreening()];
    await outbox.submit(first);
    await arrived;
    await outbox.submit(second);
    outbox.stop();
    letGo();
    await until(outbox, first.id, 'delivered');
    signals.give('online');
    clock.advance(MINUTE);
    await roundOver();
    assert.deepEqual(endpoint.ids, [first.id]);
    outbox.start();
    await until(outbox, second.id, 'delivered');
  });
});

describe('another tab', () => {
  it('that wrote something has it sent', async () => {
    const { outbox, disk, endpoint } = openPage();
    outbox.start();
    await outbox.flush();
    const entry = await sampleEntry();
    await disk.fromOtherTab((other) => other.put(entry), { type: 'written', id: entry.id });
    await until(outbox, entry.id, 'delivered');
    assert.deepEqual(endpoint.ids, [entry.id]);
  });

  it('that delivered something is believed, receipt and all', async () => {
    const { outbox, disk, endpoint } = openPage();
    endpoint.faults.push(answers(503));
    outbox.start();
    const screening = sampleScreening();
    await outbox.submit(screening);
    await until(outbox, screening.id, 'waiting');
    const receipt = {
      id: screening.id,
      digest: await digestOf(screening),
      receivedAt: '2025-03-03T09:00:09Z',
      deviations: [],
    };
    const end = { type: 'delivered', receipt } as const;
    await disk.fromOtherTab((other) => other.remove(screening.id, end), { ...end, id: screening.id });
    assert.deepEqual(outbox.state(screening.id), { status: 'delivered', durable: true, receipt });
  });

  it('that delivered something is believed, although we missed it in the store before we heard of it', async () => {
    const { outbox, disk, endpoint } = openPage();
    endpoint.faults.push(answers(503));
    outbox.start();
    const screening = sampleScreening();
    await outbox.submit(screening);
    await until(outbox, screening.id, 'waiting');
    await disk.remove(screening.id, { type: 'delivered' });
    await outbox.entries();
    assert.equal(outbox.state(screening.id).status, 'gone');
    await disk.fromOtherTab(async () => {}, { type: 'delivered', id: screening.id });
    assert.equal(outbox.state(screening.id).status, 'delivered');
  });

  it("that delivered another endpoint's entry, in the same store, is none of ours", async () => {
    const { outbox, disk } = openPage();
    outbox.start();
    await outbox.flush();
    outbox.subscribe(() => assert.fail());
    const { id } = await sampleEntry({ endpoint: 'https://other.example' });
    await disk.fromOtherTab(async () => {}, { type: 'delivered', id });
    await disk.fromOtherTab(async () => {}, { type: 'discarded', id });
    assert.equal(outbox.state(id).status, 'gone');
  });

  it('that threw something away, or took it without a word, leaves it gone: we do not call it delivered', async () => {
    const { outbox, disk, endpoint } = openPage();
    endpoint.faults.push(answers(503), answers(503));
    outbox.start();
    const [discarded, vanished] = [sampleScreening(), sampleScreening()];
    for (const screening of [discarded, vanished]) {
      await outbox.submit(screening);
      await until(outbox, screening.id, 'waiting');
    }
    const end = { type: 'discarded' } as const;
    await disk.fromOtherTab((other) => other.remove(discarded.id, end), { ...end, id: discarded.id });
    assert.equal(outbox.state(discarded.id).status, 'gone');
    await disk.remove(vanished.id, end);
    await outbox.entries();
    assert.equal(outbox.state(vanished.id).status, 'gone');
  });

  it('that sent something while we waited for our turn has it not sent again', async () => {
    const { locks, give } = lateLock();
    const { outbox, disk, endpoint } = openPage({ locks });
    const screening = sampleScreening();
    await outbox.submit(screening);
    const round = outbox.flush();
    await roundOver();
    await disk.remove(screening.id, { type: 'delivered' });
    give();
    await round;
    assert.equal(endpoint.seen.length, 0);
    assert.equal(outbox.state(screening.id).status, 'gone');
  });

  it('that tried and failed while we waited for our turn has it not tried again', async () => {
    const { locks, give } = lateLock();
    const { outbox, disk, endpoint } = openPage({ locks });
    const screening = sampleScreening();
    await outbox.submit(screening);
    const round = outbox.flush();
    await roundOver();
    await disk.update(screening.id, (entry) => ({ ...entry, status: 'parked', attempts: 1 }));
    give();
    await round;
    assert.equal(endpoint.seen.length, 0);
    assert.equal(outbox.state(screening.id).status, 'parked');
  });

  it('that keeps the turn does not keep us from stopping', async () => {
    const { locks, give } = lateLock();
    const { outbox, endpoint } = openPage({ locks });
    await outbox.submit(sampleScreening());
    const round = outbox.flush();
    await roundOver();
    outbox.stop();
    give();
    await round;
    assert.equal(endpoint.seen.length, 0);
  });

  it('is waited for no longer than five attempts can take, and not for what is in our memory alone', async () => {
    const name = `steady-outbox ${ENDPOINT}/patience`;
    const release = Promise.withResolvers<void>();
    const taken = Promise.withResolvers<void>();
    const other = navigator.locks.request(name, () => {
      taken.resolve();
      return release.promise;
    });
    // It is taken away in the end.
    const robbed = assert.rejects(other, { name: 'AbortError' });
    await taken.promise;
    const { endpoint, clock, disk } = openPage();
    const store = new FallbackStore(disk, clock, 60 * MINUTE);
    const options = { endpoint: `${ENDPOINT}/patience`, fetch: endpoint.fetch, clock, locks: navigator.locks, store };
    const outbox = createOutbox({ ...options, timeout: 10_000 });
    const [inMemory, onDisk] = [sampleScreening(), sampleScreening()];
    await outbox.submit(inMemory, { sharedComputer: true });
    await outbox.submit(onDisk);
    const round = outbox.flush();
    await until(outbox, inMemory.id, 'delivered');
    await roundOver();
    clock.advance(49_000);
    assert.equal(clock.nextTimer, 1_000);
    assert.deepEqual(endpoint.ids, [inMemory.id]);
    clock.advance(1_000);
    await round;
    assert.deepEqual(endpoint.ids, [inMemory.id, onDisk.id]);
    release.resolve();
    await robbed;
  });

  it('takes turns with us: five tabs, one request at a time, each entry once', async () => {
    const disk = new FakeDisk();
    const tabs = Array.from({ length: 5 }, () => openPage({ disk, locks: navigator.locks }));
    const [{ endpoint }] = tabs as [(typeof tabs)[number]];
    const outboxes = tabs.map(({ clock, signals }) =>
      createOutbox({ endpoint: ENDPOINT, store: disk, fetch: endpoint.fetch, locks: navigator.locks, clock, signals }),
    );
    const screenings = Array.from({ length: 7 }, () => sampleScreening());
    for (const [index, screening] of screenings.entries()) await outboxes[index % 5]?.submit(screening);
    await Promise.all(outboxes.map((outbox) => outbox.flush()));
    assert.equal(endpoint.busiest, 1);
    assert.deepEqual(endpoint.ids.sort(), screenings.map(({ id }) => id).sort());
    assert.deepEqual(await disk.list({ endpoint: ENDPOINT }), []);
  });
});

/** A lock that another tab holds until it is given. */
function lateLock() {
  const turn = Promise.withResolvers<void>();
  const request = async (_name: string, _options: LockOptions, work: () => Promise<void>) => {
    await turn.promise;
    return work();
  };
  return { locks: { request } as unknown as LockManager, give: () => turn.resolve() };
}

/** A store that is memory and says so, as where there is no IndexedDB. */
function memoryOnlyDisk(): FakeDisk {
  const disk = new FakeDisk();
  const volatile = <T>(entry: T): T => entry && { ...entry, durable: false };
  const { put, get, list, update } = disk;
  return Object.assign(disk, {
    durable: false,
    put: async (...given: Parameters<typeof put>) => volatile(await put.apply(disk, given)),
    get: async (...given: Parameters<typeof get>) => volatile(await get.apply(disk, given)),
    list: async (...given: Parameters<typeof list>) => (await list.apply(disk, given)).map(volatile),
    update: async (...given: Parameters<typeof update>) => volatile(await update.apply(disk, given)),
  });
}
