import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, it } from 'node:test';
import type { Receiver } from '../../src/receiver/receiver.ts';
import { type Serving, serve } from '../../src/receiver/serve.ts';
import { ServeError } from '../../src/receiver/serve-error.ts';
import { type Office, openOffice, read, screening } from '../support/receiver.ts';

const body = (given: object) => JSON.stringify(given);

function init(given: ReturnType<typeof screening>): RequestInit {
  return {
    method: 'POST',
    body: body(given),
    headers: { 'Content-Type': 'application/json', 'Idempotency-Key': given.id },
  };
}

describe('serve', () => {
  let office: Office;
  let serving: Serving;
  let closed: boolean;
  beforeEach(async () => {
    office = await openOffice();
    closed = false;
    serving = await serve(office.receiver, { port: 0 });
  });
  afterEach(async () => {
    if (!closed) await serving.close();
  });
  const close = async () => {
    closed = true;
    await serving.close();
  };
  const submissions = () => `${serving.url}/studies/ward/submissions`;

  /** A connection on which a request has been begun: head and half of the body. */
  async function begun(given: ReturnType<typeof screening>): Promise<{ socket: Socket; rest: string }> {
    const { hostname, port } = new URL(serving.url);
    const socket = connect(Number(port), hostname);
    await once(socket, 'connect');
    const text = body(given);
    socket.write(
      [
        'POST /studies/ward/submissions HTTP/1.1',
        `Host: ${hostname}:${port}`,
        'Content-Type: application/json',
        `Idempotency-Key: ${given.id}`,
        `Content-Length: ${text.length}`,
        '',
        text.slice(0, 100),
      ].join('\r\n'),
    );
    return { socket, rest: text.slice(100) };
  }

  it('answers over a real connection as it does without one', async () => {
    const given = screening();
    const answer = await read(await fetch(submissions(), init(given)));
    assert.equal(answer.status, 201);
    assert.equal(answer.receipt().id, given.id);
    assert.equal((await read(await fetch(submissions(), init(given)))).status, 200);
  });

  it('counts the bytes of a body that is sent in pieces without a length', async () => {
    let sent = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 1;
        if (sent > 200) controller.close();
        else controller.enqueue(new Uint8Array(32 * 1024));
      },
    });
    const { headers } = init(screening());
    // The receiver answers and hangs up; which of the two the sender sees first is the network's.
    const outcome = await fetch(submissions(), {
      method: 'POST',
      headers,
      body: endless,
      duplex: 'half',
    } as RequestInit).then(
      async (response) => (await read(response)).problem(),
      () => 'hung up',
    );
    assert.ok(['too-large', 'hung up'].includes(outcome), outcome);
    assert.equal((await fetch(`${serving.url}/healthz`)).status, 200, 'and goes on');
    assert.deepEqual(await office.store.transaction((tx) => tx.screenings('ward')), []);
  });

  it('stores nothing of a body that is cut, and takes it whole afterwards', async () => {
    const given = screening();
    const { socket } = await begun(given);
    socket.destroy();
    await once(socket, 'close');
    // The receiver notices after us; its next answer shows that it goes on, and the last one that nothing is in flight.
    assert.equal((await fetch(`${serving.url}/healthz`)).status, 200);
    assert.deepEqual(await office.store.transaction((tx) => tx.screenings('ward')), []);
    assert.equal((await fetch(submissions(), init(given))).status, 201);
  });

  it('lets what is in flight finish when it closes, then closes the store', async () => {
    const given = screening();
    const { socket, rest } = await begun(given);
    // A second request on another connection tells that the first one has reached the server.
    await fetch(`${serving.url}/healthz`);
    let ended = false;
    const closing = close().then(() => {
      ended = true;
    });
    await assert.rejects(fetch(`${serving.url}/healthz`), 'nothing new is accepted');
    assert.equal(ended, false);

    const answer = once(socket, 'data');
    socket.write(rest);
    const [data] = await answer;
    assert.match(String(data), /^HTTP\/1\.1 201 /);
    assert.match(String(data), /^connection: close\r$/im);
    await closing;
    await assert.rejects(office.store.transaction((tx) => tx.keyIds()));
  });

  it('does not wait for ever for a request that does not end', async () => {
    const impatient = await serve(office.receiver, { port: 0, grace: 1 });
    const first = serving;
    serving = impatient;
    const { socket } = await begun(screening());
    socket.on('error', () => undefined);
    await fetch(`${serving.url}/healthz`);
    const gone = once(socket, 'close');
    await close();
    await gone;
    await first.close();
  });

  it('is not kept open by a connection that is kept for later', async () => {
    await (await fetch(`${serving.url}/healthz`)).text();
    await close();
  });

  it('says where it cannot listen', async () => {
    const { port } = new URL(serving.url);
    const second: Receiver = office.receiver;
    await assert.rejects(serve(second, { port: Number(port) }), (error) => {
      assert.ok(error instanceof ServeError);
      assert.equal(error.code, 'cannot-listen');
      assert.match(error.message, new RegExp(`127\\.0\\.0\\.1, port ${port}`));
      return true;
    });
  });

  it('writes an IPv6 host as an address needs it', async (context) => {
    const probe = createServer().listen(0, '::1');
    const [event] = await Promise.race([
      once(probe, 'listening').then(() => ['yes']),
      once(probe, 'error').then(() => ['no']),
    ]);
    probe.close();
    if (event === 'no') return context.skip('this machine has no IPv6');
    const other = await serve((await openOffice()).receiver, { port: 0, host: '::1' });
    assert.match(other.url, /^http:\/\/\[::1\]:\d+$/);
    assert.equal((await fetch(`${other.url}/healthz`)).status, 200);
    await other.close();
  });
});
