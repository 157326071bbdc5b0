import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { LARGEST_DRAFT, MOST_DRAFTS } from '../../../src/receiver/participants/drafts.ts';
import { as, type Device, enrolled, passDays, send } from '../../support/participants.ts';
import { type Office, openOffice, studyJson } from '../../support/receiver.ts';

const pathOf = (key: string) => `/studies/ward/me/drafts/${key}`;

function draft(answers: object = { age: 41 }, more: object = {}): object {
  const startedAt = '2026-03-09T10:12:00.000Z';
  return { study: 'ward', studyVersion: '1.0.0', step: 'screening', startedAt, answers, ...more };
}

const put = (
  office: Office,
  { token }: Device,
  key: string,
  body: unknown,
  headers: Record<string, string> = { 'If-None-Match': '*' },
) => send(office, 'PUT', pathOf(key), body, { secret: token, headers });
const get = (office: Office, { token }: Device, key: string) => as(office, token, pathOf(key));

describe('a draft', () => {
  it('is kept as it was written, and given back', async () => {
    const office = await openOffice();
    const { device } = await enrolled(office);
    const body = JSON.stringify(
      draft({ constructor: 'x', role: 'nurse' }, { entered: { role: 1_770_000_000_000 }, page: 'two' }),
      null,
      1,
    );
    const kept = await put(office, device, 'screener', body);
    assert.equal(kept.status, 201, kept.body);
    const found = await get(office, device, 'screener');
    assert.deepEqual([found.status, found.body], [200, body]);
    assert.equal(found.headers.get('etag'), kept.headers.get('etag'));
    assert.match(found.headers.get('etag') ?? '', /^"[0-9a-f]{32}"$/);
    assert.equal(found.headers.get('cache-control'), 'no-store');
    assert.equal((await get(office, device, 'another')).problem(), 'no-draft');
  });

  it('is written over by whoever has seen what stands', async () => {
    const office = await openOffice();
    const { device } = await enrolled(office);
    const first = await put(office, device, 'screener', draft());
    const etag = first.headers.get('etag') ?? '';
    const second = await put(office, device, 'screener', draft({ age: 42 }), { 'If-Match': etag });
    assert.equal(second.status, 200);
    for (const headers of [{ 'If-Match': etag }, { 'If-None-Match': '*' }, { 'If-Match': '"other"' }]) {
      const stale = await put(office, device, 'screener', draft({ age: 43 }), headers);
      assert.deepEqual([stale.status, stale.problem()], [412, 'draft-changed'], JSON.stringify(headers));
      assert.equal(stale.headers.get('etag'), second.headers.get('etag'));
    }
    assert.deepEqual(JSON.parse((await get(office, device, 'screener')).body), draft({ age: 42 }));
    const seen = second.headers.get('etag') ?? '';
    for (const [age, match] of [
      [44, `W/${seen}`],
      [45, '*'],
      [46, '"x", *'],
    ] as const) {
      assert.equal((await put(office, device, 'screener', draft({ age }), { 'If-Match': match })).status, 200, match);
    }
  });

  it('that comes again, because the answer was lost, is kept', async () => {
    const office = await openOffice();
    const { device } = await enrolled(office);
    const first = await put(office, device, 'screener', draft());
    const again = await put(office, device, 'screener', draft());
    assert.deepEqual([again.status, again.headers.get('etag')], [200, first.headers.get('etag')]);
  });

  it('is written by one of two who have seen the same', async () => {
    const office = await openOffice();
    const { device } = await enrolled(office);
    const etag = (await put(office, device, 'screener', draft())).headers.get('etag') ?? '';
    const both = await Promise.all(
      [1, 2, 3, 4].map((age) => put(office, device, 'screener', draft({ age }), { 'If-Match': etag })),
    );
    assert.deepEqual(both.map(({ status }) => status).toSorted(), [200, 412, 412, 412]);
  });

  it('needs a condition', async () => {
    const office = await openOffice();
    const { device } = await enrolled(office);
    for (const headers of [{}, { 'If-None-Match': '"some"' }]) {
      const answer = await put(office, device, 'screener', draft(), headers);
      assert.deepEqual([answer.status, answer.problem()], [428, 'precondition-missing']);
    }
    const none = await put(office, device, 'screener', draft(), { 'If-Match': '"seen"' });
    assert.deepEqual([none.status, none.problem(), none.headers.get('etag')], [412, 'draft-changed', null]);
  });

  it('is forgotten when its writer says so, twice too', async () => {
    const office = await openOffice();
    const { device } = await enrolled(office);
    await put(office, device, 'screener', draft());
    for (let time = 0; time < 2; time += 1) {
      assert.equal((await as(office, device.token, pathOf('screener'), { method: 'DELETE' })).status, 204);
    }
    assert.equal((await get(office, device, 'screener')).problem(), 'no-draft');
    assert.equal((await put(office, device, 'screener', draft())).status, 201);
  });

  it('is forgotten 30 days after it was last written, whoever calls', async () => {
    const office = await openOffice();
    const [one, other] = [await enrolled(office), await enrolled(office)];
    await put(office, one.device, 'old', draft());
    passDays(office, 20);
    await put(office, one.device, 'new', draft());
    passDays(office, 10.01);
    await as(office, other.device.token, '/studies/ward/me');
    await office.store.transaction(async (tx) => {
      assert.equal(await tx.draft('ward', one.id, 'old'), undefined, 'gone from the database');
      assert.ok(await tx.draft('ward', one.id, 'new'));
    });
    assert.equal((await get(office, one.device, 'old')).problem(), 'no-draft');
  });

  it('is one of 32', async () => {
    const office = await openOffice();
    const { device } = await enrolled(office);
    for (let count = 0; count < MOST_DRAFTS; count += 1) {
      assert.equal((await put(office, device, `d-${count}`, draft())).status, 201);
    }
    const answer = await put(office, device, 'more', draft());
    assert.deepEqual([answer.status, answer.problem()], [409, 'too-many-drafts']);
    assert.equal((await put(office, device, 'd-0', draft({ age: 1 }), { 'If-Match': '*' })).status, 200);
  });

  it('has a name of its own, and no path', async () => {
    const office = await openOffice();
    const { device } = await enrolled(office);
    for (const key of ['A', 'a_b', '..%2Fscreener', 'a%01', 'x'.repeat(65), '%F0%9F%98%80']) {
      assert.equal((await put(office, device, key, draft())).problem(), 'not-a-request', key);
      assert.equal((await get(office, device, key)).problem(), 'not-a-request', key);
    }
    assert.equal((await put(office, device, 'x'.repeat(64), draft())).status, 201);
  });

  it('is of its study, is a draft, and is no larger than it may be', async () => {
    const office = await openOffice({ studies: [studyJson(), studyJson({ id: 'home' })] });
    const { device } = await enrolled(office);
    const answer = await put(office, device, 'screener', { ...draft(), study: 'home' });
    assert.deepEqual([answer.status, answer.problem()], [422, 'wrong-study']);
    const strange = await put(office, device, 'screener', { ...draft(), pending: [], answers: [1] });
    assert.equal(strange.problem(), 'not-a-request');
    assert.ok(
      strange.faults().some((fault) => fault.startsWith('pending')),
      strange.body,
    );
    const room = LARGEST_DRAFT - JSON.stringify(draft({ note: '' })).length;
    assert.equal((await put(office, device, 'screener', draft({ note: 'x'.repeat(room) }))).status, 201);
    const large = await put(office, device, 'other', draft({ note: 'x'.repeat(room + 1) }));
    assert.deepEqual([large.status, large.problem()], [413, 'too-large']);
  });

  it('is never handed in by being kept', async () => {
    const office = await openOffice();
    const { device } = await enrolled(office);
    await put(office, device, 'screener', draft());
    await office.store.transaction(async (tx) => assert.deepEqual(await tx.screenings('ward'), []));
  });
});
