import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { DeliveryState } from '../../src/delivery/delivery-state.ts';
import { FallbackStore } from '../../src/delivery/fallback-store.ts';
import { createOutbox } from '../../src/delivery/outbox.ts';
import { canonicalBytes, digestOf } from '../../src/submission/digest.ts';
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

describe('not allowed', () => {
  const credentials = { study: 'keck-thrive', participant: 'p-17', writeKey: 'new-key', token: 'the-token' };

  async function refused(options: Parameters<typeof openPage>[0] = {}, status = 401) {
    const page = openPage(options);
    page.endpoint.faults.push(answers(status));
    const screening = sampleScreening();
    await page.outbox.submit(screening, { participant: 'p-17', writeKey: 'old-key' });
    await page.outbox.flush();
    return { ...page, screening };
  }

  it('it is held, not sent again', async () => {
    const { outbox, endpoint, clock, screening } = await refused({}, 403);
    assert.deepEqual(outbox.state(screening.id), { status: 'held', durable: true, reason: 'forbidden' });
    outbox.start();
    clock.advance(24 * 60 * MINUTE);
    await outbox.flush();
    assert.equal(endpoint.seen.length, 1);
  });

  it('it goes out under the new key when the endpoint names the same participant', async () => {
    const { outbox, endpoint, screening } = await refused({ whoAmI: async ({ participant }) => participant });
    assert.equal(await outbox.signedIn(credentials), true);
    await outbox.flush();
    assert.equal(outbox.state(screening.id).status, 'delivered');
    assert.deepEqual(
      endpoint.seen.map((seen) => seen.key),
      ['Bearer old-key', 'Bearer new-key'],
    );
  });

  const others: Record<string, () => Promise<string | undefined>> = {
    'another participant': async () => 'p-18',
    nobody: async () => undefined,
  };
  for (const [name, whoAmI] of Object.entries(others)) {
    it(`it stays held when the endpoint names ${name}`, async () => {
      const { outbox, endpoint, disk, screening } = await refused({ whoAmI });
      assert.equal(await outbox.signedIn(credentials), false);
      await outbox.flush();
      assert.equal(outbox.state(screening.id).status, 'held');
      assert.equal((await disk.get(screening.id))?.writeKey, 'old-key');
      assert.equal(endpoint.seen.length, 1);
    });
  }

  it('it stays held when nobody can say whose credentials these are', async () => {
    const { outbox, screening } = await refused();
    assert.equal(await outbox.signedIn(credentials), false);
    await outbox.flush();
    assert.equal(outbox.state(screening.id).status, 'held');
  });

  it("another participant's sign-in, however good, touches nothing of it", async () => {
    const { outbox, endpoint, disk, screening } = await refused({ whoAmI: async ({ participant }) => participant });
    assert.equal(await outbox.signedIn({ ...credentials, participant: 'p-18' }), true);
    assert.equal(await outbox.signedIn({ ...credentials, study: 'mgh-homes' }), true);
    await outbox.flush();
    assert.equal((await disk.get(screening.id))?.writeKey, 'old-key');
    assert.equal(endpoint.seen.length, 1);
  });

  it('a sign-in that another one overtakes counts for nothing', async () => {
    const first = Promise.withResolvers<string>();
    const whoAmI = ({ participant }: { participant: string }) =>
      participant === 'p-17' ? first.promise : Promise.resolve(participant);
    const { outbox, disk, screening } = await refused({ whoAmI });
    const slow = outbox.signedIn(credentials);
    assert.equal(await outbox.signedIn({ ...credentials, participant: 'p-18' }), true);
    first.resolve('p-17');
    assert.equal(await slow, false);
    assert.equal((await disk.get(screening.id))?.status, 'held');
  });

  it('a refusal of the old key that arrives late does not hold the new one', async () => {
    const page = openPage({ whoAmI: async ({ participant }) => participant });
    const { fault, arrived, letGo } = held(answers(401));
    page.endpoint.faults.push(fault);
    const screening = sampleScreening();
    await page.outbox.submit(screening, { participant: 'p-17', writeKey: 'old-key' });
    const round = page.outbox.flush();
    await arrived;
    // Another tab was refused with the old key already, and this participant has signed in since.
    await page.disk.update(screening.id, (entry) => ({ ...entry, status: 'held' }));
    await page.outbox.signedIn(credentials);
    letGo();
    await round;
    assert.equal(page.outbox.state(screening.id).status, 'delivered');
    assert.deepEqual(
      page.endpoint.seen.map((seen) => seen.key),
      ['Bearer old-key', 'Bearer new-key'],
    );
  });

  it('a refusal of an old key, when the participant has signed in already, is followed by the new one', async () => {
    const { outbox, endpoint } = openPage({ whoAmI: async ({ participant }) => participant });
    await outbox.signedIn(credentials);
    const mine = sampleScreening();
    const theirs = sampleScreening();
    await outbox.submit(mine, { participant: 'p-17', writeKey: 'old-key' });
    endpoint.faults.push(answers(401));
    await outbox.flush();
    assert.equal(outbox.state(mine.id).status, 'delivered');
    await outbox.submit(theirs, { participant: 'p-18', writeKey: 'their-key' });
    endpoint.faults.push(answers(401));
    await outbox.flush();
    assert.equal(outbox.state(theirs.id).status, 'held');
    assert.deepEqual(
      endpoint.seen.map((seen) => seen.key),
      ['Bearer old-key', 'Bearer new-key', 'Bearer their-key'],
    );
  });

  it('a refusal of the new key too holds it again', async () => {
    const { outbox, endpoint } = openPage({ whoAmI: async ({ participant }) => participant });
    await outbox.signedIn(credentials);
    const screening = sampleScreening();
    await outbox.submit(screening, { participant: 'p-17', writeKey: 'old-key' });
    endpoint.faults.push(answers(401), answers(401));
    await outbox.flush();
    assert.equal(outbox.state(screening.id).status, 'held');
    assert.equal(endpoint.seen.length, 2);
  });

  it('an anonymous one, for whom nobody can sign in, is tried again later', async () => {
    const { outbox, endpoint, clock } = openPage();
    endpoint.faults.push(answers(403));
    outbox.start();
    const screening = sampleScreening();
    await outbox.submit(screening);
    const { reason, retryAt = 0 } = await until(outbox, screening.id, 'held');
    assert.equal(reason, 'forbidden');
    assert.ok(retryAt > clock.now());
    await roundOver();
    clock.advance(retryAt - clock.now() + MINUTE);
    await until(outbox, screening.id, 'delivered');
  });

  it('what holds no key waits for its own participant, goes out under their token, and keeps none', async () => {
    const { outbox, endpoint, disk } = openPage({ whoAmI: async ({ participant }) => participant });
    const screening = sampleScreening();
    await outbox.submit(screening, { participant: 'p-17' });
    await outbox.flush();
    assert.deepEqual(outbox.state(screening.id), { status: 'held', durable: true, reason: 'signed-out' });
    await outbox.signedIn({ ...credentials, participant: 'p-18', token: 'their-token' });
    await outbox.flush();
    assert.equal(outbox.state(screening.id).reason, 'signed-out');
    assert.equal(endpoint.seen.length, 0);
    await outbox.signedIn(credentials);
    outbox.signedOut();
    await outbox.flush();
    assert.equal(outbox.state(screening.id).reason, 'signed-out');
    assert.equal(endpoint.seen.length, 0);
    endpoint.faults.push(requestLost);
    await outbox.signedIn(credentials);
    await outbox.flush();
    assert.equal((await disk.get(screening.id))?.writeKey, undefined);
    await outbox.flush();
    assert.deepEqual(
      endpoint.seen.map((seen) => seen.key),
      ['Bearer the-token', 'Bearer the-token'],
    );
    assert.equal(outbox.state(screening.id).status, 'delivered');
  });

  it('who is signed in is asked again while something waits for it, until the endpoint can be asked', async () => {
    let isUp = false;
    const whoAmI = async ({ participant }: { readonly participant: string }) => {
      if (!isUp) throw new TypeError('Failed to fetch');
      return participant;
    };
    const { outbox, endpoint, clock } = openPage({ whoAmI });
    outbox.start();
    await assert.rejects(outbox.signedIn(credentials), TypeError);
    const screening = sampleScreening();
    await outbox.submit(screening, { participant: 'p-17' });
    await outbox.flush();
    assert.equal(outbox.state(screening.id).reason, 'signed-out');
    clock.advance(MINUTE);
    await outbox.flush();
    assert.equal(endpoint.seen.length, 0);
    isUp = true;
    clock.advance(MINUTE);
    await until(outbox, screening.id, 'delivered');
    assert.deepEqual(
      endpoint.seen.map((seen) => seen.key),
      ['Bearer the-token'],
    );
  });

  it('a consent and a withdrawal are written without a key, whichever they are handed in with', async () => {
    const { outbox, disk } = openPage();
    const { answers: _, kind: __, ...envelope } = sampleScreening();
    const withdrawal = { ...envelope, kind: 'withdrawal', scope: 'study', erase: false } as const;
    await outbox.submit(withdrawal, { participant: 'p-17', writeKey: 'own-key' });
    assert.equal((await disk.get(withdrawal.id))?.writeKey, undefined);
    assert.deepEqual(outbox.state(withdrawal.id), { status: 'held', durable: true, reason: 'signed-out' });
  });

  it('what is said of sessions holds no key either: nobody leaves them by a key that lay on a disk', async () => {
    const { outbox, disk } = openPage();
    const { answers: _, kind: __, ...envelope } = sampleScreening();
    const leaving = { ...envelope, kind: 'session', event: { type: 'left-intervention' } } as const;
    await outbox.submit(leaving, { participant: 'p-17', writeKey: 'own-key' });
    assert.equal((await disk.get(leaving.id))?.writeKey, undefined);
  });

  it("what holds no key, refused under its participant's token, is held and still holds none", async () => {
    const { outbox, endpoint, disk } = openPage({ whoAmI: async ({ participant }) => participant });
    await outbox.signedIn(credentials);
    const screening = sampleScreening();
    await outbox.submit(screening, { participant: 'p-17' });
    endpoint.faults.push(answers(401));
    await outbox.flush();
    assert.deepEqual(outbox.state(screening.id), { status: 'held', durable: true, reason: 'unauthorised' });
    assert.equal(endpoint.seen.length, 1);
    await outbox.signedIn({ ...credentials, token: 'new-token' });
    assert.equal((await disk.get(screening.id))?.writeKey, undefined);
    await outbox.flush();
    assert.equal(endpoint.seen[1]?.key, 'Bearer new-token');
  });

  it('a sign-in in one study is none in another', async () => {
    const { outbox, endpoint } = openPage({ whoAmI: async ({ participant }) => participant });
    await outbox.signedIn({ ...credentials, study: 'mgh-homes' });
    await outbox.submit(sampleScreening(), { participant: 'p-17' });
    await outbox.flush();
    assert.equal(endpoint.seen.length, 0);
  });

  it('a sign-in releases only what was held', async () => {
    const { outbox, endpoint } = openPage({ whoAmI: async ({ participant }) => participant });
    const [parked, busy] = [sampleScreening(), sampleScreening()];
    for (const screening of [parked, busy])
      await outbox.submit(screening, { participant: 'p-17', writeKey: 'old-key' });
    endpoint.faults.push(answers(422), answers(503, { 'Retry-After': '600' }));
    await outbox.flush();
    await outbox.signedIn(credentials);
    await outbox.flush();
    assert.equal(outbox.state(parked.id).status, 'parked');
    assert.equal(outbox.state(busy.id).status, 'waiting');
    assert.equal(endpoint.seen.length, 2);
  });

  it('a sign-in that a sign-out overtakes counts for nothing', async () => {
    const answer = Promise.withResolvers<string>();
    const { outbox, screening } = await refused({ whoAmI: () => answer.promise });
    const signingIn = outbox.signedIn(credentials);
    outbox.signedOut();
    answer.resolve('p-17');
    assert.equal(await signingIn, false);
    assert.equal(outbox.state(screening.id).status, 'held');
  });

  it('a sign-out is seen at once, and nothing is sent every second for want of a key', async () => {
    const { outbox, endpoint, clock } = openPage({ whoAmI: async ({ participant }) => participant });
    outbox.start();
    await outbox.signedIn(credentials);
    endpoint.faults.push(answers(503));
    const screening = sampleScreening();
    await outbox.submit(screening, { participant: 'p-17' });
    await until(outbox, screening.id, 'waiting');
    outbox.signedOut();
    assert.equal(outbox.state(screening.id).reason, 'signed-out');
    await outbox.flush();
    assert.equal(clock.nextTimer, undefined);
  });

  it('what holds its key goes out under it whoever is signed in', async () => {
    const { outbox, endpoint } = openPage({ whoAmI: async ({ participant }) => participant });
    await outbox.signedIn({ ...credentials, participant: 'p-18' });
    await outbox.submit(sampleScreening(), { participant: 'p-17', writeKey: 'own-key' });
    await outbox.submit(sampleScreening());
    await outbox.flush();
    assert.deepEqual(
      endpoint.seen.map((seen) => seen.key),
      ['Bearer own-key', null],
    );
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
