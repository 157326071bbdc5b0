import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { hashSecret, newCode } from '../../../src/submission/secrets.ts';
import {
  again,
  as,
  type Device,
  enrolled,
  enrolledByContact,
  enrolmentOf,
  eventsOf,
  me,
  newDevice,
  passDays,
  postAs,
  send,
  spend,
} from '../../support/participants.ts';
import { type Office, openOffice, screening } from '../../support/receiver.ts';

const ME = '/studies/ward/me';

/** What a device may still do. */
async function rightsOf(office: Office, { token, writeKey }: Device): Promise<string> {
  const read = await as(office, token, ME);
  const byToken = await postAs(office, token, screening());
  const byKey = await postAs(office, writeKey, screening());
  const told = (name: string, status: number) => (status < 300 ? [name] : []);
  for (const answer of [read, byToken, byKey]) {
    if (answer.status >= 300) assert.deepEqual([answer.status, answer.problem()], [401, 'not-signed-in']);
  }
  return [...told('read', read.status), ...told('token', byToken.status), ...told('key', byKey.status)].join(' ');
}

describe('a participant who is moved to another device', () => {
  for (const how of ['by staff', 'by their own way back'] as const) {
    it(`${how}: the old token is dead at once, the old write key delivers for 30 days, marked`, async () => {
      const office = await openOffice();
      const { device: old, id } = await enrolledByContact(office);
      const code = how === 'by staff' ? (await again(office, id)).code : old.returnCode;
      assert.equal(await rightsOf(office, old), 'read token key', 'until it is spent');
      const device = await newDevice();
      assert.equal(enrolmentOf(await spend(office, code, device)).participant, id);
      assert.equal((await me(office, device)).participant, id);
      assert.equal(await rightsOf(office, old), 'key');
      assert.equal(await rightsOf(office, device), 'read token key');

      const queued = screening();
      const delivered = await postAs(office, old.writeKey, queued);
      assert.deepEqual(delivered.receipt().deviations, ['replaced-key']);
      const row = await office.store.transaction((tx) => tx.submission('ward', queued.id));
      assert.equal(row?.participant, id);
      assert.deepEqual((await postAs(office, device.writeKey, screening())).receipt().deviations, []);

      passDays(office, 29.99);
      assert.equal((await postAs(office, old.writeKey, screening())).status, 201);
      passDays(office, 0.01);
      assert.equal(await rightsOf(office, old), '');
      assert.equal(await rightsOf(office, device), 'read token key');
    });
  }

  it('finds what they typed, and nobody else does', async () => {
    const office = await openOffice();
    const { device: old, id } = await enrolled(office);
    const draft = {
      study: 'ward',
      studyVersion: '1.0.0',
      step: 'screening',
      startedAt: office.clock.now,
      answers: { age: 41 },
    };
    const path = `${ME}/drafts/screener`;
    await send(office, 'PUT', path, draft, { secret: old.token, headers: { 'If-None-Match': '*' } });
    const device = await newDevice();
    await spend(office, (await again(office, id)).code, device);
    assert.deepEqual(JSON.parse((await as(office, device.token, path)).body), draft);
    assert.equal((await as(office, old.token, path)).problem(), 'not-signed-in');
  });

  it('is brought back by no code from before: neither the link nor the way back of the old device', async () => {
    const office = await openOffice();
    const { device: old, id, code: first } = await enrolled(office);
    const link = (await again(office, id)).code;
    const newest = (await again(office, id)).code;
    for (const [code, problem] of [
      [first, 'invitation-spent'],
      [link, 'invitation-expired'],
      [old.returnCode, 'invitation-expired'],
    ] as const) {
      assert.equal((await spend(office, code, await newDevice())).problem(), problem);
    }
    const device = await newDevice();
    assert.equal((await spend(office, newest, device)).status, 201);
    assert.equal((await spend(office, first, old)).problem(), 'invitation-spent', 'nor by a retry of the old device');
    assert.equal((await spend(office, newest, device)).status, 201, 'while one of the new device is answered');
  });

  it('is told in their chain', async () => {
    const office = await openOffice();
    const { id } = await enrolled(office);
    await spend(office, (await again(office, id)).code, await newDevice());
    await again(office, id, true);
    assert.deepEqual(await eventsOf(office, id), [
      'invitation-made',
      'participant-enrolled',
      'invitation-made-again',
      'device-changed',
      'credentials-revoked',
      'invitation-made-again',
    ]);
  });
});

describe('a device that was lost', () => {
  it('signs nobody in and delivers nothing from that moment, whichever device it was', async () => {
    const office = await openOffice();
    const { device: first, id } = await enrolled(office);
    const second = await newDevice();
    await spend(office, (await again(office, id)).code, second);
    const { code } = await again(office, id, true);
    assert.equal(await rightsOf(office, first), '');
    assert.equal(await rightsOf(office, second), '');
    assert.equal((await spend(office, second.returnCode, await newDevice())).problem(), 'invitation-expired');
    const third = await newDevice();
    assert.equal(enrolmentOf(await spend(office, code, third)).participant, id);
    assert.equal(await rightsOf(office, third), 'read token key');
    assert.equal(await rightsOf(office, second), '', 'and the move gives it nothing back');
  });
});

describe('a token', () => {
  it('ends after 400 days without use, and is kept alive by use', async () => {
    const office = await openOffice();
    const { device } = await enrolled(office);
    for (let month = 0; month < 4; month += 1) {
      passDays(office, 399);
      assert.equal((await as(office, device.token, ME)).status, 200);
    }
    passDays(office, 400);
    const answer = await as(office, device.token, ME);
    assert.deepEqual([answer.status, answer.problem()], [401, 'token-expired']);
    assert.match(answer.headers.get('www-authenticate') ?? '', /^Bearer/);
    assert.equal((await postAs(office, device.writeKey, screening())).status, 201, 'what was queued still arrives');
  });

  it('ends when the receiver says', async () => {
    const office = await openOffice({ tokenIdleDays: 2 });
    const { device } = await enrolled(office);
    passDays(office, 2);
    assert.equal((await as(office, device.token, ME)).problem(), 'token-expired');
  });
});

describe('a code for the way back', () => {
  it('takes the place of the one before, and comes again without harm', async () => {
    const office = await openOffice();
    const { device, id } = await enrolled(office);
    const code = newCode();
    const returnHash = await hashSecret(code);
    for (let time = 0; time < 2; time += 1) {
      const answer = await send(office, 'PUT', `${ME}/return`, { returnHash }, { secret: device.token });
      assert.equal(answer.status, 204, answer.body);
    }
    assert.equal((await spend(office, device.returnCode, await newDevice())).problem(), 'invitation-expired');
    assert.equal(enrolmentOf(await spend(office, code, await newDevice())).participant, id);
    assert.deepEqual(await eventsOf(office, id), [
      'invitation-made',
      'participant-enrolled',
      'return-code-made',
      'device-changed',
    ]);
  });

  it('leaves a link of the team’s as it is', async () => {
    const office = await openOffice();
    const { device, id } = await enrolled(office);
    const { code } = await again(office, id);
    const returnHash = await hashSecret(newCode());
    await send(office, 'PUT', `${ME}/return`, { returnHash }, { secret: device.token });
    assert.equal((await spend(office, code, await newDevice())).status, 201);
  });

  it('ends as invitations do', async () => {
    const office = await openOffice();
    const { device } = await enrolled(office);
    passDays(office, 30);
    assert.equal((await spend(office, device.returnCode, await newDevice())).problem(), 'invitation-expired');
  });

  it('cannot be anybody’s secret', async () => {
    const office = await openOffice();
    const [one, other] = [await enrolled(office), await enrolled(office)];
    for (const returnHash of [
      one.device.hashes.tokenHash,
      other.device.hashes.returnHash,
      other.device.hashes.writeHash,
      await hashSecret(other.code),
    ]) {
      const answer = await send(office, 'PUT', `${ME}/return`, { returnHash }, { secret: one.device.token });
      assert.deepEqual([answer.status, answer.problem()], [409, 'secret-in-use']);
    }
    assert.equal(enrolmentOf(await spend(office, other.device.returnCode, await newDevice())).participant, other.id);
  });
});
