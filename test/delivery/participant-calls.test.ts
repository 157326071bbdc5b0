import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { CallError, ParticipantCalls } from '../../src/delivery/participant-calls.ts';

/** Code and status that `GET /me` rejects with where this is what comes back. */
function rejected(answer: Response): Promise<unknown> {
  const calls = new ParticipantCalls('https://endpoint.example', 'quiet-hours', async () => answer);
  return calls.me('token').then(
    () => undefined,
    (error: unknown) => error instanceof CallError && [error.code, error.status],
  );
}

describe('a call of a participant', () => {
  it("that a network's own page refuses was not refused by the endpoint", async () => {
    for (const body of ['<h1>Log in to Guest WiFi</h1>', '{"error":"unauthorized"}', '']) {
      const error = await rejected(new Response(body, { status: 401, headers: { 'Content-Type': 'text/html' } }));
      assert.deepEqual(error, ['unreachable', 0]);
    }
  });

  it('that the endpoint refuses says so', async () => {
    for (const code of ['not-signed-in', 'token-expired']) {
      const body = JSON.stringify({ type: `urn:steady:problem:${code}`, title: 'No', status: 401 });
      assert.deepEqual(await rejected(new Response(body, { status: 401 })), [code, 401]);
    }
  });
});
