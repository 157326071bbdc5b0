import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import {
  again,
  as,
  type Device,
  enrolled,
  enrolmentOf,
  me,
  newDevice,
  postAs,
  send,
  spend,
} from '../../support/participants.ts';
import { contact, type Office, openOffice, screening, studyJson } from '../../support/receiver.ts';

const ME = '/studies/ward/me';
const DRAFT = `${ME}/drafts/screener`;

/** What somebody has, as one text: it must be the same after another has tried. */
async function recordsOf(office: Office, person: { device: Device; id: string }): Promise<string> {
  const { study, participant, kind } = { study: 'ward', participant: person.id, kind: 'token' };
  return office.store.transaction(async (tx) => {
    const screenings = (await tx.screenings(study)).filter((row) => row.participant === participant);
    const contacts = (await tx.contacts(study)).filter((row) => row.participant === participant);
    const credentials = await tx.credentials(study, participant);
    const draft = await tx.draft(study, participant, 'screener');
    const row = await tx.participant(study, participant);
    const codes = await tx.invitations(study, participant);
    return JSON.stringify({ kind, row, screenings, contacts, credentials, draft, codes });
  });
}

function draft(note: string): object {
  const startedAt = '2026-03-09T10:12:00.000Z';
  return { study: 'ward', studyVersion: '1.0.0', step: 'screening', startedAt, answers: { note } };
}

describe('another’s records', () => {
  let office: Office;
  let ana: { device: Device; id: string; code: string };
  let bo: { device: Device; id: string; code: string };
  let screened: ReturnType<typeof screening>;
  let given: ReturnType<typeof contact>;
  let before: string;
  beforeEach(async () => {
    office = await openOffice({ studies: [studyJson(), studyJson({ id: 'home' })] });
    [ana, bo] = [await enrolled(office, { site: 'north' }), await enrolled(office)];
    screened = screening();
    given = contact(screened);
    await postAs(office, ana.device.writeKey, screened);
    const none = { 'If-None-Match': '*' };
    await send(office, 'PUT', DRAFT, draft('canary'), { secret: ana.device.token, headers: none });
    before = await recordsOf(office, ana);
  });
  const unchanged = async () => assert.equal(await recordsOf(office, ana), before);

  it('are not opened by an id in the address, a query, a header or a body', async () => {
    const paths = [
      `${ME}?participant=${ana.id}`,
      `${ME}/../me?participant=${ana.id}`,
      `${ME}/${ana.id}`,
      `/studies/ward/participants/${ana.id}`,
      `/studies/ward/participants/${ana.id}/me`,
      `${ME}/drafts/${ana.id}`,
      `${DRAFT}?participant=${ana.id}`,
    ];
    for (const path of paths) {
      const answer = await as(office, bo.device.token, path, { headers: { 'X-Participant': ana.id } });
      assert.ok(!answer.body.includes(ana.id) && !answer.body.includes('canary'), `${path}: ${answer.body}`);
    }
    assert.equal((await me(office, bo.device)).participant, bo.id);
    const own = { ...draft('of Bo'), participant: ana.id };
    const none = { 'If-None-Match': '*' };
    assert.equal((await send(office, 'PUT', DRAFT, own, { secret: bo.device.token, headers: none })).status, 422);
    await unchanged();
  });

  it('are not opened by the hash of a token, or by a write key in the place of one', async () => {
    for (const secret of [...Object.values(ana.device.hashes), ana.device.writeKey, ana.device.returnCode, ana.code]) {
      for (const [method, path] of [
        ['GET', ME],
        ['GET', DRAFT],
        ['DELETE', DRAFT],
      ] as const) {
        const answer = await as(office, secret, path, { method });
        assert.deepEqual([answer.status, answer.problem()], [401, 'not-signed-in'], `${method} ${path}`);
      }
      const returned = await send(office, 'PUT', `${ME}/return`, { returnHash: 'a'.repeat(64) }, { secret });
      assert.equal(returned.status, 401);
    }
    await unchanged();
  });

  it('are not opened by a token in another study', async () => {
    for (const path of ['/studies/home/me', '/studies/home/me/drafts/screener']) {
      assert.equal((await as(office, ana.device.token, path)).problem(), 'not-signed-in');
    }
    const elsewhere = await postAs(office, ana.device.writeKey, screening({ study: 'home' }));
    assert.equal(elsewhere.problem(), 'not-signed-in');
  });

  it('are not reached by the name of a draft, or its ETag', async () => {
    const etag = (await as(office, ana.device.token, DRAFT)).headers.get('etag') ?? '';
    const { token: secret } = bo.device;
    assert.equal((await as(office, secret, DRAFT)).problem(), 'no-draft');
    assert.equal((await as(office, secret, DRAFT, { headers: { 'If-Match': etag } })).problem(), 'no-draft');
    const over = await send(office, 'PUT', DRAFT, draft('of Bo'), { secret, headers: { 'If-Match': etag } });
    assert.equal(over.problem(), 'draft-changed');
    assert.equal(over.headers.get('etag'), null, 'nor is its ETag told');
    await send(office, 'PUT', DRAFT, draft('of Bo'), { secret, headers: { 'If-None-Match': '*' } });
    await as(office, secret, DRAFT, { method: 'DELETE' });
    assert.ok((await as(office, ana.device.token, DRAFT)).body.includes('canary'));
    await unchanged();
  });

  it('take no contact from somebody else, signed in or not', async () => {
    const byBo = await postAs(office, bo.device.writeKey, given);
    assert.deepEqual([byBo.status, byBo.problem()], [422, 'not-eligible']);
    const byNobody = await office.post(contact(screened, (await newDevice()).hashes));
    assert.deepEqual([byNobody.status, byNobody.problem()], [422, 'not-eligible']);
    assert.equal((await postAs(office, ana.device.writeKey, given)).status, 201);
    const second = await postAs(office, bo.device.writeKey, contact(screened));
    assert.equal(second.problem(), 'not-eligible', 'also once she has given hers');
    assert.deepEqual((await me(office, bo.device)).steps, [{ id: 'screening', state: 'due' }]);
  });

  it('do not change hands by a replay of what they sent', async () => {
    const replayed = await postAs(office, bo.device.writeKey, screened);
    assert.deepEqual([replayed.status, replayed.headers.get('idempotency-replayed')], [200, 'true']);
    const changed = await postAs(office, bo.device.writeKey, { ...screened, answers: { role: 'md', age: 50 } });
    assert.equal(changed.problem(), 'content-differs');
    assert.deepEqual((await me(office, bo.device)).steps, [{ id: 'screening', state: 'due' }]);
    await unchanged();
  });

  it('do not change hands by a replay of how they enrolled', async () => {
    const replayed = await spend(office, ana.code, ana.device);
    assert.equal(enrolmentOf(replayed).participant, ana.id);
    assert.deepEqual(Object.keys(JSON.parse(replayed.body)).sort(), ['enrolledAt', 'participant', 'site']);
    const own = { writeHash: bo.device.hashes.writeHash, returnHash: (await newDevice()).hashes.returnHash };
    assert.equal((await spend(office, ana.code, ana.device, own)).status, 201, 'the same answer');
    await unchanged();
    assert.equal((await spend(office, ana.code, bo.device)).problem(), 'invitation-spent');
    await unchanged();
  });

  it('stay theirs when somebody else signs in on the same computer', async () => {
    // What Ana left in the outbox goes out under her key, whoever is signed in now; under his it is his own.
    const queued = screening();
    const byHer = await postAs(office, ana.device.writeKey, queued);
    assert.equal(byHer.status, 201);
    const row = await office.store.transaction((tx) => tx.submission('ward', queued.id));
    assert.equal(row?.participant, ana.id);
    const own = screening();
    await postAs(office, bo.device.writeKey, own);
    const his = await office.store.transaction((tx) => tx.submission('ward', own.id));
    assert.equal(his?.participant, bo.id);
  });

  it('stay theirs when Bo’s device is replaced', async () => {
    await spend(office, (await again(office, bo.id)).code, await newDevice());
    await again(office, bo.id, true);
    await unchanged();
    assert.equal((await me(office, ana.device)).participant, ana.id);
  });
});
