import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { FallbackStore } from '../../src/delivery/fallback-store.ts';
import { createOutbox } from '../../src/delivery/outbox.ts';
import { canonicalBytes } from '../../src/submission/digest.ts';
import {
  answerLost,
  answers,
  held,
  requestLost,
  silence,
  webPage,
  wrongDigest,
} from '../suites/support/fake-endpoint.ts';
import { ENDPOINT, sampleContact, sampleEntry, sampleScreening } from '../suites/support/sample-entry.ts';
import { until } from '../suites/support/until.ts';
import { FakeDisk } from '../support/delivery/fake-disk.ts';
import { openPage } from '../support/delivery/page.ts';

const MINUTE = 60_000;

/** The timer is set when a round is over; with a disk and an endpoint in memory that takes microtasks only. */
const roundOver = () => new Promise(setImmediate);

describe('a failure', () => {
  it('is waited out, longer each time, and the entry goes again by itself', async () => {
    const { outbox, endpoint, clock, disk } = openPage();
    endpoint.faults.push(requestLost, webPage, wrongDigest, answers(503), answers(429));
    outbox.start();
    const screening = sampleScreening();
    await outbox.submit(screening);
    const reasons = [];
    for (let attempt = 1; attempt <= 5; attempt++) {
      const state = await until(outbox, screening.id, 'waiting');
      reasons.push([state.reason, (state.retryAt ?? 0) - clock.now()]);
      await outbox.entries();
      assert.equal((await disk.get(screening.id))?.attempts, attempt);
      await roundOver();
      clock.advance((state.retryAt ?? 0) - clock.now());
      await until(outbox, screening.id, 'sending');
    }
    await until(outbox, screening.id, 'delivered');
    assert.deepEqual(reasons, [
      ['network', 1_000],
      ['not-a-receipt', 2_000],
      ['not-a-receipt', 4_000],
      ['server-error', 8_000],
      ['busy', 16_000],
    ]);
    assert.equal(endpoint.stored.get(screening.id)?.times, 1);
  });

  it('by silence is one after thirty seconds and what the body needs', async () => {
    const { outbox, endpoint, clock } = openPage();
    const { fault, arrived, letGo } = held(silence);
    endpoint.faults.push(fault);
    outbox.start();
    const screening = sampleScreening();
    await outbox.submit(screening);
    await arrived;
    letGo();
    clock.advance(31_000);
    assert.equal((await until(outbox, screening.id, 'waiting')).reason, 'timeout');
  });

  it('of the answer alone is found out by the same key', async () => {
    const { outbox, endpoint } = openPage();
    endpoint.faults.push(answerLost);
    const screening = sampleScreening();
    await outbox.submit(screening);
    await outbox.flush();
    assert.equal(outbox.state(screening.id).status, 'waiting');
    await outbox.flush();
    assert.equal(outbox.state(screening.id).status, 'delivered');
    assert.equal(endpoint.stored.get(screening.id)?.times, 1);
  });

  for (const signal of ['online', 'visible'] as const) {
    it(`of the way is tried again when the page is ${signal}`, async () => {
      const { outbox, endpoint, signals } = openPage();
      endpoint.faults.push(requestLost);
      outbox.start();
      const screening = sampleScreening();
      await outbox.submit(screening);
      await until(outbox, screening.id, 'waiting');
      signals.give(signal);
      await until(outbox, screening.id, 'delivered');
    });

    it(`of the endpoint is not hurried by the page being ${signal}`, async () => {
      const { outbox, endpoint, signals, clock } = openPage();
      endpoint.faults.push(answers(503, { 'Retry-After': '120' }));
      outbox.start();
      const screening = sampleScreening();
      await outbox.submit(screening);
      const { retryAt = 0 } = await until(outbox, screening.id, 'waiting');
      assert.ok(retryAt >= clock.now() + 120_000);
      signals.give(signal);
      await outbox.flush();
      assert.equal(endpoint.seen.length, 1);
      clock.advance(MINUTE);
      await outbox.flush();
      assert.equal(endpoint.seen.length, 1);
      clock.advance(3 * MINUTE);
      await until(outbox, screening.id, 'delivered');
    });
  }

  it('is waited out by the clock, though the device has slept over the timer', async () => {
    const { outbox, endpoint, clock } = openPage();
    endpoint.faults.push(answers(503, { 'Retry-After': '1800' }));
    outbox.start();
    const screening = sampleScreening();
    await outbox.submit(screening);
    await until(outbox, screening.id, 'waiting');
    await roundOver();
    assert.equal(clock.nextTimer, MINUTE);
    clock.jump(40 * MINUTE);
    clock.advance(0);
    await until(outbox, screening.id, 'delivered');
  });

  it('does not strand an entry when the clock is set back', async () => {
    const { outbox, endpoint, clock } = openPage();
    endpoint.faults.push(answers(503));
    const screening = sampleScreening();
    await outbox.submit(screening);
    await outbox.flush();
    clock.jump(-400 * 24 * 60 * MINUTE);
    await outbox.flush();
    assert.equal(outbox.state(screening.id).status, 'delivered');
  });

  it('of one delays no other', async () => {
    const { outbox, endpoint } = openPage();
    const [refused, waiting, good] = [sampleScreening(), sampleScreening(), sampleScreening()];
    for (const screening of [refused, waiting, good]) await outbox.submit(screening);
    endpoint.faults.push(answers(422), answers(503));
    await outbox.flush();
    const statuses = [refused, waiting, good].map(({ id }) => outbox.state(id).status);
    assert.deepEqual(statuses, ['parked', 'waiting', 'delivered']);
  });

  it('of several does not keep a new one waiting behind them', async () => {
    const { outbox, endpoint } = openPage();
    const old = [sampleScreening(), sampleScreening()];
    for (const screening of old) await outbox.submit(screening);
    endpoint.faults.push(requestLost, requestLost);
    await outbox.flush();
    const fresh = sampleScreening();
    await outbox.submit(fresh);
    await outbox.flush();
    assert.equal(endpoint.ids[2], fresh.id);
  });

  it('leaves the first request free to outlive the page, and later ones only when nobody looks', async () => {
    const { outbox, endpoint, signals } = openPage();
    endpoint.faults.push(requestLost, requestLost);
    await outbox.submit(sampleScreening());
    await outbox.flush();
    await outbox.flush();
    signals.hidden = true;
    await outbox.flush();
    assert.deepEqual(
      endpoint.seen.map((seen) => seen.keepalive),
      [true, false, true],
    );
  });
});

describe('refused as it stands', () => {
  const problem = { type: 'https://t.example/malformed', title: 'Malformed' };

  async function parked() {
    const page = openPage();
    page.endpoint.faults.push(answers(422, {}, JSON.stringify(problem)));
    const screening = sampleScreening();
    await page.outbox.submit(screening);
    await page.outbox.flush();
    return { ...page, screening };
  }

  it('it stays, with what the endpoint said, and does not go again by itself', async () => {
    const { outbox, endpoint, clock, screening } = await parked();
    assert.deepEqual(outbox.state(screening.id), {
      status: 'parked',
      durable: true,
      problem: { ...problem, status: 422 },
    });
    outbox.start();
    await outbox.flush();
    clock.advance(24 * 60 * MINUTE);
    await outbox.flush();
    assert.equal(endpoint.seen.length, 1);
  });

  it('it goes again when the participant says so', async () => {
    const { outbox, screening } = await parked();
    await outbox.retry(screening.id);
    assert.equal(outbox.state(screening.id).status, 'delivered');
  });

  it('the participant can keep the very bytes', async () => {
    const { outbox, screening } = await parked();
    const file = await outbox.download(screening.id);
    assert.equal(file.name, `keck-thrive-screening-${screening.id}.json`);
    assert.equal(file.type, 'application/json');
    assert.deepEqual(new Uint8Array(await file.arrayBuffer()), canonicalBytes(screening));
  });

  it('it is thrown away only by the participant', async () => {
    const { outbox, disk, screening } = await parked();
    await outbox.discard(screening.id);
    assert.deepEqual(outbox.state(screening.id), { status: 'gone', durable: false });
    assert.equal(await disk.get(screening.id), undefined);
    await assert.rejects(outbox.download(screening.id), { code: 'not-here' });
    await outbox.discard(screening.id);
    await outbox.retry(screening.id);
    assert.equal(outbox.state(screening.id).status, 'gone');
  });
});

describe('a disk in trouble', () => {
  it('that does not let go of what was acknowledged has it neither sent again nor called undelivered', async () => {
    const { outbox, disk, endpoint, errors } = openPage();
    disk.failures.remove = new Error('stuck');
    const screening = sampleScreening();
    const contact = sampleContact(screening.id);
    await outbox.submit(screening);
    await outbox.submit(contact);
    await outbox.flush();
    await outbox.flush();
    assert.deepEqual(endpoint.ids, [screening.id, contact.id]);
    assert.equal(outbox.state(screening.id).status, 'delivered');
    assert.equal(outbox.state(contact.id).status, 'delivered');
    assert.deepEqual(await outbox.entries(), []);
    assert.equal(errors.length, 2);
  });

  it('that takes no changes is not asked, nor the endpoint, more than once a second', async () => {
    const { outbox, disk, endpoint, clock, errors } = openPage();
    disk.failures.update = new Error('read-only');
    endpoint.faults.push(...Array(10).fill(requestLost));
    outbox.start();
    const screening = sampleScreening();
    await outbox.submit(screening);
    await outbox.flush();
    assert.equal(clock.nextTimer, 1_000);
    assert.ok(errors.length > 0);
    endpoint.faults.length = 0;
    clock.advance(1_000);
    await until(outbox, screening.id, 'delivered');
  });

  it('that cannot be read is told of, and read again later', async () => {
    const { outbox, disk, signals, errors } = openPage();
    const screening = sampleScreening();
    await outbox.submit(screening);
    disk.failures.list = new Error('unreadable');
    outbox.start();
    await assert.rejects(outbox.flush(), { message: 'unreadable' });
    assert.equal(outbox.state(screening.id).status, 'queued');
    delete disk.failures.list;
    signals.give('visible');
    await until(outbox, screening.id, 'delivered');
    assert.ok(errors.length > 0);
  });

  it('that cannot be read keeps nothing in memory from going out, and is not said to be empty', async () => {
    const disk = new FakeDisk();
    const { endpoint, clock, signals } = openPage();
    const store = new FallbackStore(disk, clock, 5_000);
    const outbox = createOutbox({ endpoint: ENDPOINT, store, fetch: endpoint.fetch, clock, signals, locks: undefined });
    const [onDisk, inMemory] = [sampleScreening(), sampleScreening()];
    await outbox.submit(onDisk);
    await outbox.submit(inMemory, { sharedComputer: true });
    disk.failures.list = new Error('unreadable');
    disk.failures.get = new Error('unreadable');
    await outbox.flush();
    assert.equal(outbox.state(inMemory.id).status, 'delivered');
    assert.equal(outbox.state(onDisk.id).status, 'queued');
  });

  it('that changed the bytes has the copy parked, not sent', async () => {
    const { outbox, disk, endpoint } = openPage();
    const entry = await sampleEntry({ body: new TextEncoder().encode('{"answers":{"role":"altered"}}') });
    await disk.put(entry);
    await outbox.flush();
    assert.equal(endpoint.seen.length, 0);
    assert.equal(outbox.state(entry.id).status, 'parked');
    assert.equal(outbox.state(entry.id).problem?.type, 'urn:steady:damaged-entry');
  });
});
