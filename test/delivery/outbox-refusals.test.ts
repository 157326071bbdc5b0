import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { answers, held, requestLost } from '../suites/support/fake-endpoint.ts';
import { sampleScreening } from '../suites/support/sample-entry.ts';
import { until } from '../suites/support/until.ts';
import { openPage } from '../support/delivery/page.ts';

const MINUTE = 60_000;

/** The timer is set when a round is over; with a disk and an endpoint in memory that takes microtasks only. */
const roundOver = () => new Promise(setImmediate);

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
