import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import type { OutboxEntry } from '../../src/delivery/entry.ts';
import { type SendOptions, send } from '../../src/delivery/transport.ts';
import { digestOf } from '../../src/submission/digest.ts';
import { newSubmissionId } from '../../src/submission/submission-id.ts';
import { ManualClock } from '../suites/support/manual-clock.ts';
import { sampleEntry } from '../suites/support/sample-entry.ts';
import {
  acknowledge,
  answer,
  answerReceipt,
  type Behaviour,
  cutAnswer,
  FaultyServer,
} from '../support/delivery/faulty-server.ts';

const TIMEOUT = 30_000;
let server: FaultyServer;

before(async () => {
  server = await FaultyServer.start();
});
after(() => server.stop());
afterEach(() => {
  server.behaviours.length = 0;
  server.requests.length = 0;
  server.stored.clear();
});

async function attempt(behaviour: Behaviour, overrides: Partial<OutboxEntry> = {}, options: Partial<SendOptions> = {}) {
  server.behaviours.push(behaviour);
  const entry = await sampleEntry({ endpoint: server.url, ...overrides });
  const outcome = await send(entry, { fetch, clock: new ManualClock(), timeout: TIMEOUT, ...options });
  return { entry, outcome };
}

const outcomeOf = async (behaviour: Behaviour, overrides?: Partial<OutboxEntry>) =>
  (await attempt(behaviour, overrides)).outcome;

describe('the request', () => {
  it('carries the very bytes, the idempotency key and the write key', async () => {
    const { entry } = await attempt(acknowledge, { study: 'mgh-homes' }, { key: 'wk_17' });
    const [{ request, body } = { request: undefined, body: '' }] = server.requests;
    assert.equal(request?.method, 'POST');
    assert.equal(request.url, '/studies/mgh-homes/submissions');
    assert.equal(request.headers['idempotency-key'], entry.id);
    assert.equal(request.headers['content-type'], 'application/json');
    assert.equal(request.headers.authorization, 'Bearer wk_17');
    assert.equal(body, new TextDecoder().decode(entry.body));
  });

  it('goes nowhere else for a study with an odd name', async () => {
    await attempt(acknowledge, { study: '../other?x=#' });
    assert.equal(server.requests[0]?.request.url, '/studies/..%2Fother%3Fx%3D%23/submissions');
  });

  it('is anonymous without a key', async () => {
    await attempt(acknowledge);
    assert.equal(server.requests[0]?.request.headers.authorization, undefined);
  });

  it('sends no cookies, follows nothing, caches nothing and tells no referrer', async () => {
    let init: RequestInit | undefined;
    const spy: typeof fetch = (input, given) => {
      init = given;
      return fetch(input, given);
    };
    await attempt(acknowledge, {}, { fetch: spy });
    const { credentials, redirect, cache, referrerPolicy, keepalive } = init ?? {};
    assert.deepEqual(
      { credentials, redirect, cache, referrerPolicy, keepalive },
      { credentials: 'omit', redirect: 'manual', cache: 'no-store', referrerPolicy: 'no-referrer', keepalive: false },
    );
  });

  it('outlives the page only when asked and small enough for browsers to allow it', async () => {
    const kept: (boolean | undefined)[] = [];
    const spy: typeof fetch = (input, given) => {
      kept.push(given?.keepalive);
      return fetch(input, given);
    };
    await attempt(acknowledge, {}, { fetch: spy, keepalive: true });
    const body = new TextEncoder().encode(JSON.stringify('x'.repeat(64 * 1024)));
    await attempt(acknowledge, { body }, { fetch: spy, keepalive: true });
    assert.deepEqual(kept, [true, false]);
  });
});

describe('acknowledged', () => {
  it('is a receipt with the id and the digest of the submission', async () => {
    const { entry, outcome } = await attempt(acknowledge);
    assert.deepEqual(outcome, {
      status: 'acknowledged',
      receipt: { id: entry.id, digest: entry.digest, receivedAt: '2025-03-03T09:00:01.000Z', deviations: [] },
    });
  });

  it('is the same receipt replayed with 200', async () => {
    assert.equal((await outcomeOf(answerReceipt((receipt) => receipt, 200))).status, 'acknowledged');
  });

  it('is any 2xx that is no web page, where the endpoint gives no receipts', async () => {
    const bare = { receipt: 'none' } as const;
    assert.deepEqual(await outcomeOf(answer(204), bare), { status: 'acknowledged' });
    assert.deepEqual(await outcomeOf(answer(200, { 'Content-Type': 'text/plain' }, 'OK'), bare), {
      status: 'acknowledged',
    });
    assert.deepEqual(await outcomeOf(answer(202, {}, '{"queued":true}'), bare), { status: 'acknowledged' });
    const withReceipt = await outcomeOf(acknowledge, bare);
    assert.ok(withReceipt.status === 'acknowledged' && withReceipt.receipt);
  });
});

describe('not acknowledged, and sent again', () => {
  const html = '<!DOCTYPE html><html><title>Welcome to GuestWiFi</title></html>';
  const notReceipts: Record<string, Behaviour> = {
    'a web page with 200': answer(200, { 'Content-Type': 'text/html' }, html),
    'a 204': answer(204),
    'an empty 200': answer(200, { 'Content-Type': 'application/json' }),
    'foreign JSON': answer(200, { 'Content-Type': 'application/json' }, '{"ok":true}'),
    'JSON null': answer(200, { 'Content-Type': 'application/json' }, 'null'),
    'truncated JSON': async ({ response, commit }) => {
      response.writeHead(201, { 'Content-Type': 'application/json' }).end(JSON.stringify(await commit()).slice(0, -10));
    },
    'the receipt of another submission': answerReceipt((receipt) => ({ ...receipt, id: newSubmissionId() })),
    'the digest of another content': answerReceipt((receipt) => ({ ...receipt, digest: '0'.repeat(64) })),
    'a receipt without a digest': answerReceipt(({ digest: _digest, ...receipt }) => receipt),
    'an answer without end': answer(200, { 'Content-Type': 'application/json' }, ' '.repeat(70_000)),
  };
  for (const [name, behaviour] of Object.entries(notReceipts)) {
    it(`${name} is no receipt`, async () => {
      assert.deepEqual(await outcomeOf(behaviour), { status: 'retry', reason: 'not-a-receipt' });
    });
  }

  it('a web page is no acknowledgement of an endpoint without receipts either, whatever it calls itself', async () => {
    for (const type of ['text/html; charset=utf-8', 'text/plain', 'application/json']) {
      const outcome = await outcomeOf(answer(200, { 'Content-Type': type }, html), { receipt: 'none' });
      assert.deepEqual(outcome, { status: 'retry', reason: 'not-a-receipt' }, type);
    }
    const endless = await outcomeOf(answer(200, {}, ' '.repeat(70_000)), { receipt: 'none' });
    assert.deepEqual(endless, { status: 'retry', reason: 'not-a-receipt' });
    const empty = await outcomeOf(answer(200, { 'Content-Type': 'text/html' }), { receipt: 'none' });
    assert.deepEqual(empty, { status: 'retry', reason: 'not-a-receipt' });
  });

  for (const status of [301, 302, 303, 307, 308]) {
    it(`a redirect (${status}) is not followed`, async () => {
      const redirect = answer(status, { Location: `${server.url}/login` });
      assert.deepEqual(await outcomeOf(redirect), { status: 'retry', reason: 'redirect' });
      assert.deepEqual(await outcomeOf(redirect, { receipt: 'none' }), { status: 'retry', reason: 'redirect' });
      assert.equal(server.requests.length, 2);
    });
  }

  it("a browser's opaque redirect, or one that a service worker followed, is one too", async () => {
    const { digest, id } = await sampleEntry();
    const receipt = JSON.stringify({ id, digest, receivedAt: '2025-03-03T09:00:01Z' });
    const followed = new Response(receipt);
    Object.defineProperty(followed, 'redirected', { value: true });
    for (const response of [Object.defineProperty(Response.error(), 'type', { value: 'opaqueredirect' }), followed]) {
      const entry = await sampleEntry({ id, digest });
      const outcome = await send(entry, { fetch: async () => response, clock: new ManualClock(), timeout: TIMEOUT });
      assert.deepEqual(outcome, { status: 'retry', reason: 'redirect' });
    }
  });

  for (const status of [408, 409, 425, 429]) {
    it(`${status} asks to come back`, async () => {
      assert.deepEqual(await outcomeOf(answer(status)), { status: 'retry', reason: 'busy' });
    });
  }
  for (const status of [500, 502, 503, 504, 507, 599]) {
    it(`${status} asks to come back`, async () => {
      assert.deepEqual(await outcomeOf(answer(status)), { status: 'retry', reason: 'server-error' });
    });
  }

  it('Retry-After is heard, in seconds and as a date by the clock of the answer', async () => {
    const seconds = await outcomeOf(answer(429, { 'Retry-After': '120' }));
    assert.deepEqual(seconds, { status: 'retry', reason: 'busy', after: 120_000 });
    const dates = { Date: 'Tue, 04 Mar 2031 12:00:00 GMT', 'Retry-After': 'Tue, 04 Mar 2031 12:05:00 GMT' };
    assert.deepEqual(await outcomeOf(answer(503, dates)), { status: 'retry', reason: 'server-error', after: 300_000 });
  });

  it('nobody there is a network failure', async () => {
    const gone = await FaultyServer.start();
    await gone.stop();
    const entry = await sampleEntry({ endpoint: gone.url });
    const outcome = await send(entry, { fetch, clock: new ManualClock(), timeout: TIMEOUT });
    assert.deepEqual(outcome, { status: 'retry', reason: 'network' });
  });

  for (const part of [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]) {
    it(`an answer lost after ${part * 100} % of it is a network failure, and the same key finds what was stored`, async () => {
      const { entry, outcome } = await attempt(cutAnswer(part));
      assert.deepEqual(outcome, { status: 'retry', reason: 'network' });
      const again = await send(entry, { fetch, clock: new ManualClock(), timeout: TIMEOUT });
      assert.equal(again.status, 'acknowledged');
      assert.deepEqual([...server.stored], [[entry.id, entry.digest]]);
    });
  }

  it('an endpoint without receipts whose answer breaks off has not acknowledged', async () => {
    const outcome = await outcomeOf(cutAnswer(0.5), { receipt: 'none' });
    assert.deepEqual(outcome, { status: 'retry', reason: 'network' });
  });
});

describe('silence', () => {
  it('before any answer: given up after the time allowed, and not before', async () => {
    const clock = new ManualClock();
    const arrived = Promise.withResolvers<void>();
    server.behaviours.push(() => arrived.resolve());
    const entry = await sampleEntry({ endpoint: server.url });
    const sending = send(entry, { fetch, clock, timeout: TIMEOUT });
    await arrived.promise;
    clock.advance(TIMEOUT);
    assert.notEqual(clock.nextTimer, undefined, 'the time to send the body comes on top');
    clock.advance(entry.body.byteLength);
    assert.deepEqual(await sending, { status: 'retry', reason: 'timeout' });
  });

  it('in the midst of an answer', async () => {
    const clock = new ManualClock();
    const begun = Promise.withResolvers<void>();
    server.behaviours.push(({ response }) => {
      response.writeHead(201, { 'Content-Type': 'application/json' });
      response.write('{"id":');
    });
    const spy: typeof fetch = async (input, init) => {
      const response = await fetch(input, init);
      begun.resolve();
      return response;
    };
    const sending = send(await sampleEntry({ endpoint: server.url }), { fetch: spy, clock, timeout: TIMEOUT });
    await begun.promise;
    await new Promise(setImmediate);
    clock.advance(TIMEOUT);
    assert.deepEqual(await sending, { status: 'retry', reason: 'timeout' });
  });

  it('gives a large body on a slow line the time that it needs', async () => {
    const clock = new ManualClock();
    const hanging: typeof fetch = (_input, init) =>
      new Promise((_resolve, reject) => init?.signal?.addEventListener('abort', () => reject(init.signal?.reason)));
    void send(await sampleEntry({ body: new Uint8Array(256 * 1024) }), { fetch: hanging, clock, timeout: TIMEOUT });
    assert.equal(clock.nextTimer, TIMEOUT + 128 * 1024);
  });

  it('leaves no timer behind', async () => {
    const clock = new ManualClock();
    await attempt(acknowledge, {}, { clock });
    await attempt(answer(500), {}, { clock });
    assert.equal(clock.nextTimer, undefined);
  });
});

describe('refused', () => {
  it('401 and 403 are held', async () => {
    assert.deepEqual(await outcomeOf(answer(401)), { status: 'held', reason: 'unauthorised' });
    assert.deepEqual(await outcomeOf(answer(403)), { status: 'held', reason: 'forbidden' });
  });

  for (const status of [400, 402, 404, 405, 410, 413, 415, 422, 451]) {
    it(`${status} is parked with its problem details`, async () => {
      const problem = {
        type: 'https://trial.example/problems/malformed',
        title: 'Malformed',
        detail: 'No role',
        status: 200,
      };
      const outcome = await outcomeOf(
        answer(status, { 'Content-Type': 'application/problem+json' }, JSON.stringify(problem)),
      );
      assert.deepEqual(outcome, { status: 'parked', problem: { ...problem, status } });
    });
  }

  it('parks without details that are none, too long, or broke off', async () => {
    const plain = { status: 'parked', problem: { type: 'about:blank', status: 404 } };
    assert.deepEqual(await outcomeOf(answer(404, { 'Content-Type': 'text/html' }, '<h1>Not found</h1>')), plain);
    assert.deepEqual(await outcomeOf(answer(404, {}, ' '.repeat(100_000))), plain);
    const cut: Behaviour = async ({ response }) => {
      response.writeHead(404, { 'Content-Length': '1000' });
      await new Promise<void>((resolve) => response.write('{"type":', () => resolve()));
      response.destroy();
    };
    assert.deepEqual(await outcomeOf(cut), plain);
  });

  it('keeps of the details no more than can be shown', async () => {
    const long = { type: 't'.repeat(5_000), title: 'x'.repeat(5_000), detail: 'y'.repeat(5_000) };
    const outcome = await outcomeOf(answer(422, {}, JSON.stringify(long)));
    assert.equal(outcome.status, 'parked');
    assert.ok(JSON.stringify(outcome).length < 3_000);
  });
});

it('what the server stores is what the digest names', async () => {
  const { entry } = await attempt(acknowledge);
  assert.equal(server.stored.get(entry.id), await digestOf(JSON.parse(new TextDecoder().decode(entry.body))));
});
