import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readScreeningStudy } from '../../src/study/read-part.ts';
import { openOffice, screening, studyJson } from '../support/receiver.ts';

describe('GET a study', () => {
  it('answers its public part and the receiver’s mode', async () => {
    for (const mode of ['test', 'live'] as const) {
      const office = await openOffice({ mode });
      const answer = await office.ask('/studies/ward');
      assert.equal(answer.status, 200);
      assert.equal(answer.headers.get('content-type'), 'application/json');
      const study = await readScreeningStudy(answer.body, 'answer');
      assert.equal(study.mode, mode);
      assert.equal(study.recruitment, 'open');
      assert.ok(study.contacts.every(({ role }) => role !== 'safety'));
      assert.doesNotMatch(answer.body, /Duty doctor/);
    }
  });

  it('is asked again each time, and sent again only when it has changed', async () => {
    const office = await openOffice();
    const first = await office.ask('/studies/ward');
    const etag = first.headers.get('etag') ?? '';
    assert.match(etag, /^"[0-9a-f]+"$/);
    assert.equal(first.headers.get('cache-control'), 'no-cache');

    for (const given of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
      const again = await office.ask('/studies/ward', { headers: { 'If-None-Match': given } });
      assert.equal(again.status, 304, given);
      assert.equal(again.body, '');
      assert.equal(again.headers.get('etag'), etag);
    }
    const closed = await openOffice({ studies: [studyJson({ version: '1.0.1', recruitment: 'closed' })] });
    const changed = await closed.ask('/studies/ward', { headers: { 'If-None-Match': etag } });
    assert.equal(changed.status, 200);
    assert.match(changed.body, /"recruitment":"closed"/);
  });

  it('answers 404 for another', async () => {
    const office = await openOffice();
    for (const study of ['other', 'WARD', '__proto__', '%2e%2e']) {
      const answer = await office.ask(`/studies/${study}`);
      assert.equal(answer.status, 404, study);
    }
    assert.equal((await office.ask('/studies/other')).problem(), 'unknown-study');
  });
});

describe('every answer', () => {
  it('is data that a browser must neither run nor embed nor guess at', async () => {
    const office = await openOffice();
    const answers = [
      await office.ask('/studies/ward'),
      await office.ask('/nothing/here'),
      await office.ask('/healthz'),
      await office.post(screening()),
      await office.post(screening({ answers: { role: 'pilot' } })),
      await office.ask('/studies/ward/submissions', { method: 'OPTIONS' }),
    ];
    for (const { headers } of answers) {
      assert.equal(headers.get('x-content-type-options'), 'nosniff');
      assert.equal(headers.get('content-security-policy'), "default-src 'none'; frame-ancestors 'none'");
      assert.equal(headers.get('referrer-policy'), 'no-referrer');
    }
  });

  it('to anything but GET is not kept by caches, nor is a refusal', async () => {
    const office = await openOffice();
    const answers = [await office.post(screening()), await office.ask('/nothing'), await office.ask('/studies/none')];
    for (const { headers } of answers) assert.equal(headers.get('cache-control'), 'no-store');
  });

  it('to a wrong method says which one is right', async () => {
    const office = await openOffice();
    for (const [method, path, allow] of [
      ['PUT', '/studies/ward', 'GET'],
      ['GET', '/studies/ward/submissions', 'POST'],
      ['DELETE', '/healthz', 'GET'],
    ] as const) {
      const answer = await office.ask(path, { method });
      assert.equal(answer.status, 405);
      assert.equal(answer.problem(), 'method-not-allowed');
      assert.equal(answer.headers.get('allow'), allow);
    }
  });
});

describe('GET healthz', () => {
  it('answers for receiver and database', async () => {
    const office = await openOffice();
    const answer = await office.ask('/healthz');
    assert.equal(answer.status, 200);
    assert.deepEqual(JSON.parse(answer.body), { status: 'ok', mode: 'test' });
    await office.store.close();
    assert.equal((await office.ask('/healthz')).status, 500);
  });
});
