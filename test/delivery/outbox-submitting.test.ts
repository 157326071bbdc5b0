import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { DeliveryState } from '../../src/delivery/delivery-state.ts';
import { FallbackStore } from '../../src/delivery/fallback-store.ts';
import { createOutbox } from '../../src/delivery/outbox.ts';
import { canonicalBytes, digestOf } from '../../src/submission/digest.ts';
import { answers, held, requestLost } from '../suites/support/fake-endpoint.ts';
import { ENDPOINT, sampleContact, sampleEntry, sampleScreening } from '../suites/support/sample-entry.ts';
import { until } from '../suites/support/until.ts';
import { FakeDisk } from '../support/delivery/fake-disk.ts';
import { openPage } from '../support/delivery/page.ts';

const MINUTE = 60_000;

describe('submitting', () => {
  it('is done once the entry is written, and nothing is sent before the start', async () => {
    const { outbox, disk, endpoint } = openPage();
    const screening = sampleScreening();
    assert.deepEqual(await outbox.submit(screening), { status: 'queued', durable: true });
    const entry = await disk.get(screening.id);
    assert.deepEqual(entry?.body, canonicalBytes(screening));
    assert.equal(entry?.digest, await digestOf(screening));
    assert.equal(endpoint.seen.length, 0);
  });

  it('fails when it cannot be written, and sends nothing', async () => {
    const { outbox, disk, endpoint } = openPage();
    outbox.start();
    disk.failures.put = new Error('broken');
    const screening = sampleScreening();
    await assert.rejects(outbox.submit(screening), { message: 'broken' });
    await outbox.flush();
    assert.equal(endpoint.seen.length, 0);
    assert.equal(outbox.state(screening.id).status, 'gone');
  });

  it('is followed by sending, and by removal only after the acknowledgement', async () => {
    const { outbox, disk, endpoint } = openPage();
    const states: DeliveryState[] = [];
    outbox.subscribe((_id, state) => states.push(state));
    const { fault, arrived, letGo } = held();
    endpoint.faults.push(fault);
    outbox.start();
    const screening = sampleScreening();
    await outbox.submit(screening);
    await arrived;
    assert.equal(outbox.state(screening.id).status, 'sending');
    assert.ok(await disk.get(screening.id), 'it is on disk while it is on its way');
    letGo();
    const { receipt } = await until(outbox, screening.id, 'delivered');
    assert.equal(receipt?.digest, await digestOf(screening));
    await outbox.flush();
    assert.equal(await disk.get(screening.id), undefined);
    assert.deepEqual(
      states.map((state) => state.status),
      ['queued', 'sending', 'delivered'],
    );
    assert.deepEqual(endpoint.seen, [
      {
        url: `${ENDPOINT}/studies/keck-thrive/submissions`,
        id: screening.id,
        key: null,
        keepalive: true,
        body: new TextDecoder().decode(canonicalBytes(screening)),
      },
    ]);
  });

  it('the same again changes nothing, before and after the delivery', async () => {
    const { outbox, endpoint, disk } = openPage();
    const screening = sampleScreening();
    await outbox.submit(screening);
    await outbox.submit({ ...screening });
    await outbox.flush();
    assert.equal((await outbox.submit(screening)).status, 'delivered');
    await outbox.flush();
    assert.deepEqual(endpoint.ids, [screening.id]);
    assert.equal(await disk.get(screening.id), undefined);
  });

  it('another content under the same id is refused, before and after the delivery', async () => {
    const { outbox } = openPage();
    const screening = sampleScreening();
    const other = { ...screening, answers: { role: 'phd' } };
    await outbox.submit(screening);
    await assert.rejects(outbox.submit(other), { code: 'id-in-use' });
    await outbox.flush();
    await assert.rejects(outbox.submit(other), { code: 'id-in-use' });
  });

  it('with a key that no header can carry is refused', async () => {
    const { outbox } = openPage();
    for (const writeKey of ['', 'a b', 'a\r\nX: y', 'schlüssel']) {
      await assert.rejects(outbox.submit(sampleScreening(), { participant: 'p', writeKey }), { code: 'bad-key' });
    }
  });

  it('on a shared computer leaves nothing on it', async () => {
    const disk = new FakeDisk();
    const { endpoint, clock } = openPage();
    const store = new FallbackStore(disk, clock, 5_000);
    const outbox = createOutbox({ endpoint: ENDPOINT, store, fetch: endpoint.fetch, clock, locks: undefined });
    const screening = sampleScreening();
    assert.deepEqual(await outbox.submit(screening, { sharedComputer: true }), { status: 'queued', durable: false });
    assert.deepEqual(await disk.list({ endpoint: ENDPOINT }), []);
    await outbox.flush();
    assert.equal(outbox.state(screening.id).status, 'delivered');
  });
});

describe('what is told', () => {
  it("is this endpoint's alone, in order, for one participant if asked", async () => {
    const { outbox, disk, clock, endpoint } = openPage();
    const foreign = await sampleEntry({ endpoint: 'https://other.example', attempts: 3 });
    await disk.put(foreign);
    const [first, second, third] = [sampleScreening(), sampleScreening(), sampleScreening({ study: 'mgh-homes' })];
    await outbox.submit(third, { participant: 'p-17', writeKey: 'k' });
    clock.jump(-2);
    await outbox.submit(first, { participant: 'p-17', writeKey: 'k' });
    clock.jump(1);
    await outbox.submit(second);
    const ids = async (scope?: Parameters<typeof outbox.entries>[0]) =>
      (await outbox.entries(scope)).map(({ id }) => id);
    assert.deepEqual(await ids(), [first.id, second.id, third.id]);
    assert.deepEqual(await ids({ participant: 'p-17' }), [first.id, third.id]);
    assert.deepEqual(await ids({ participant: null }), [second.id]);
    assert.deepEqual(await ids({ study: 'mgh-homes' }), [third.id]);
    await assert.rejects(outbox.download(foreign.id), { code: 'not-here' });
    await outbox.discard(foreign.id);
    await outbox.retry(foreign.id);
    assert.equal(outbox.state(foreign.id).status, 'gone');
    await outbox.flush();
    assert.ok(!endpoint.ids.includes(foreign.id));
    assert.deepEqual(await disk.get(foreign.id), { ...foreign, durable: true });
  });

  it('carries no answer and no key, and nothing is written to a console', async (t) => {
    const logs = (['log', 'info', 'warn', 'error', 'debug'] as const).map((level) =>
      t.mock.method(console, level, () => {}),
    );
    const { outbox, endpoint } = openPage();
    const told: unknown[] = [];
    outbox.subscribe((...change) => told.push(change));
    const secret = 'cannot-sleep-at-all';
    endpoint.faults.push(requestLost, answers(422, {}, '{"title":"No"}'));
    await outbox.submit(sampleScreening({ answers: { text: secret } }), { participant: 'p', writeKey: 'wk-secret' });
    await outbox.flush();
    await outbox.flush();
    told.push(await outbox.entries());
    assert.ok(!/cannot-sleep|wk-secret/.test(JSON.stringify(told)));
    for (const log of logs) assert.equal(log.mock.callCount(), 0);
  });

  it('to a listener that fails keeps nothing from going out', async () => {
    const { outbox, disk, errors } = openPage();
    outbox.subscribe(() => {
      throw new Error('a broken page');
    });
    const screening = sampleScreening();
    await outbox.submit(screening);
    await outbox.flush();
    assert.equal(outbox.state(screening.id).status, 'delivered');
    assert.equal(await disk.get(screening.id), undefined);
    assert.equal(errors.length, 3);
  });

  it('stops when no longer asked for', async () => {
    const { outbox } = openPage();
    outbox.subscribe(() => assert.fail())();
    await outbox.submit(sampleScreening());
  });
});

describe('a contact', () => {
  it('waits until its screening has arrived, others do not', async () => {
    const { outbox, endpoint } = openPage();
    const screening = sampleScreening();
    const contact = sampleContact(screening.id);
    const other = sampleScreening();
    await outbox.submit(screening);
    await outbox.submit(contact);
    await outbox.submit(other);
    endpoint.faults.push(answers(503));
    await outbox.flush();
    assert.deepEqual(endpoint.ids, [screening.id, other.id]);
    assert.deepEqual(outbox.state(contact.id), { status: 'queued', durable: true, reason: 'after-another' });
  });

  it('follows it in the same round, though it was made first by this clock', async () => {
    const { outbox, endpoint, clock } = openPage();
    const screening = sampleScreening();
    const contact = sampleContact(screening.id);
    await outbox.submit(contact);
    clock.advance(MINUTE);
    await outbox.submit(screening);
    await outbox.flush();
    assert.deepEqual(endpoint.ids, [screening.id, contact.id]);
    assert.equal(outbox.state(contact.id).status, 'delivered');
  });

  it('waits for no screening that is not here', async () => {
    const { outbox, endpoint } = openPage();
    const contact = sampleContact(sampleScreening().id);
    await outbox.submit(contact);
    await outbox.flush();
    assert.deepEqual(endpoint.ids, [contact.id]);
  });
});

describe('an endpoint without receipts', () => {
  it('acknowledges by 204, but only what was sent that way', async () => {
    const { outbox, endpoint } = openPage();
    const [bare, strict] = [sampleScreening(), sampleScreening()];
    await outbox.submit(bare, { receipt: 'none' });
    await outbox.submit(strict);
    endpoint.faults.push(answers(204), answers(204));
    await outbox.flush();
    assert.deepEqual(outbox.state(bare.id), { status: 'delivered', durable: true });
    assert.equal(outbox.state(strict.id).reason, 'not-a-receipt');
  });
});
