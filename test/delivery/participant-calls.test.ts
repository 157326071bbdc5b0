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

  it('for a calendar names the language of its one word, and takes nothing else for a calendar', async () => {
    const asked: string[] = [];
    const answers = [
      new Response('BEGIN:VCALENDAR', { headers: { 'Content-Type': 'text/calendar; charset=utf-8' } }),
      new Response('<h1>Log in to Guest WiFi</h1>', { headers: { 'Content-Type': 'text/html' } }),
    ];
    const calls = new ParticipantCalls('https://endpoint.example', 'quiet-hours', async (address) => {
      asked.push(String(address));
      return answers.shift() ?? new Response(null, { status: 500 });
    });
    assert.equal(await (await calls.calendar('token', 'es', 'groups-3')).text(), 'BEGIN:VCALENDAR');
    await assert.rejects(calls.calendar('token', 'es'), { code: 'unreachable' });
    assert.deepEqual(asked, [
      'https://endpoint.example/studies/quiet-hours/me/sessions/groups-3.ics?language=es',
      'https://endpoint.example/studies/quiet-hours/me/sessions.ics?language=es',
    ]);
  });

  it('for a feed gets its whole address, under the endpoint and nowhere else', async () => {
    const feed = (address: string) =>
      new ParticipantCalls('https://endpoint.example/api', 'quiet-hours', async () =>
        Response.json({ address, madeAt: '2026-05-14T18:00:00Z' }, { status: 201 }),
      ).makeFeed('token', 'en');
    const secret = 'a'.repeat(43);
    assert.equal(await feed(`calendar/${secret}.ics`), `https://endpoint.example/api/calendar/${secret}.ics`);
    await assert.rejects(feed(`https://elsewhere.example/${secret}.ics`), { code: 'unreachable' });
  });
});
