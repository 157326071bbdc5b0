import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { verifyChain } from '../../../src/receiver/audit.ts';
import { groupCode, hashSecret, newCode } from '../../../src/submission/secrets.ts';
import {
  again,
  as,
  enrolled,
  enrolmentOf,
  eventsOf,
  inviteOne,
  me,
  newDevice,
  passDays,
  send,
  spend,
} from '../../support/participants.ts';
import { NOW, openOffice, studyJson } from '../../support/receiver.ts';

const PATH = '/studies/ward/participants';

describe('an invitation', () => {
  it('opens the participant it was made for, at their site', async () => {
    const office = await openOffice();
    const { code, participant, expiresAt } = await inviteOne(office, { site: 'north' });
    assert.equal(expiresAt, '2026-04-08T10:15:30.250Z');
    const device = await newDevice();
    const answer = await spend(office, code, device);
    assert.deepEqual(JSON.parse(answer.body), { participant, site: 'north', enrolledAt: NOW });
    assert.equal(answer.headers.get('cache-control'), 'no-store');
    assert.equal((await me(office, device)).participant, participant);
    assert.deepEqual(await eventsOf(office, participant), ['invitation-made', 'participant-enrolled']);
    const chain = `participant:${participant}`;
    await office.store.transaction(async (tx) => {
      const head = (await tx.auditHeads('ward')).find((one) => one.chain === chain);
      assert(head);
      assert.deepEqual(verifyChain(await tx.auditRows('ward', chain), head, office.keys), []);
    });
  });

  it('is kept as its hash alone, and so is what is asked beside it', async () => {
    const office = await openOffice();
    const { code, participant } = await inviteOne(office, { check: '1980-02-03' });
    const rows = await office.store.transaction((tx) => tx.invitations('ward', participant));
    const kept = JSON.stringify(rows);
    assert.equal(rows[0]?.codeHash, await hashSecret(code));
    assert.ok(!kept.includes(code) && !kept.includes('1980'));
  });

  it('is not spent by looking at it, whatever looks', async () => {
    const office = await openOffice();
    const { code } = await inviteOne(office);
    for (const method of ['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE']) {
      for (const path of [PATH, `${PATH}?invite=${code}`, `${PATH}/${code}`, `/p/ward?steady-invite=${code}`]) {
        const answer = await office.ask(path, { method });
        assert.ok(answer.status >= 400 || method === 'OPTIONS', `${method} ${path}: ${answer.status}`);
      }
    }
    const prefetched = await office.ask(PATH, { headers: { 'Sec-Purpose': 'prefetch' } });
    assert.equal(prefetched.status, 401);
    assert.equal((await spend(office, code, await newDevice())).status, 201);
  });

  it('is spent once: the same token again is answered the same, another one is refused', async () => {
    const office = await openOffice();
    const { code } = await inviteOne(office);
    const [device, other] = [await newDevice(), await newDevice()];
    const first = await spend(office, code, device);
    passDays(office, 40);
    const repeated = await spend(office, code, device);
    assert.equal(repeated.status, 201);
    assert.equal(repeated.body, first.body, 'also when it would have expired since');
    const refused = await spend(office, code, other);
    assert.deepEqual([refused.status, refused.problem()], [409, 'invitation-spent']);
    assert.equal((await as(office, other.token, '/studies/ward/me')).problem(), 'not-signed-in');
  });

  it('is spent once, however many spend it at once', async () => {
    const office = await openOffice();
    const { code } = await inviteOne(office);
    const devices = await Promise.all(Array.from({ length: 8 }, newDevice));
    const answers = await Promise.all(devices.map((device) => spend(office, code, device)));
    assert.equal(answers.filter(({ status }) => status === 201).length, 1);
    assert.equal(answers.filter(({ status }) => status === 409).length, 7);
    const rows = await office.store.transaction((tx) => tx.participants('ward', { limit: 9 }));
    assert.equal(rows.length, 1);
  });

  it('repairs an answer that was lost on its way by a retry, and adds nothing', async () => {
    const office = await openOffice();
    const { code, participant } = await inviteOne(office);
    const device = await newDevice();
    const answers = await Promise.all([1, 2, 3].map(() => spend(office, code, device)));
    assert.deepEqual(new Set(answers.map(({ status, body }) => `${status} ${body}`)).size, 1);
    assert.equal((await office.store.transaction((tx) => tx.credentials('ward', participant))).length, 2);
    assert.deepEqual(await eventsOf(office, participant), ['invitation-made', 'participant-enrolled']);
  });

  it('is read however it was typed', async () => {
    const office = await openOffice();
    for (const typed of [
      (code: string) => code.toUpperCase(),
      (code: string) => ` ${groupCode(code).replaceAll('-', ' ')} `,
      (code: string) => code.replaceAll('0', 'O').replaceAll('1', 'l'),
    ]) {
      const { code } = await inviteOne(office);
      const answer = await send(office, 'POST', PATH, { invite: typed(code), ...(await newDevice()).hashes });
      assert.equal(answer.status, 201, answer.body);
    }
  });

  it('is good in its own study alone', async () => {
    const office = await openOffice({ studies: [studyJson(), studyJson({ id: 'home' })] });
    const { code } = await inviteOne(office);
    const answer = await spend(office, code, await newDevice(), {}, 'home');
    assert.deepEqual([answer.status, answer.problem()], [404, 'invitation-unknown']);
    assert.equal((await spend(office, code, await newDevice(), {}, 'none')).problem(), 'unknown-study');
    assert.equal((await spend(office, code, await newDevice())).status, 201);
  });

  it('is no other one, and no text that is no code', async () => {
    const office = await openOffice();
    await inviteOne(office);
    for (const invite of [newCode(), 'hello', '0', 'u'.repeat(32)]) {
      const answer = await send(office, 'POST', PATH, { invite, ...(await newDevice()).hashes });
      assert.deepEqual([answer.status, answer.problem()], [404, 'invitation-unknown'], invite);
    }
  });

  it('ends after its days', async () => {
    const office = await openOffice();
    const { code } = await inviteOne(office, { days: 2 });
    passDays(office, 1.9);
    const { code: other } = await inviteOne(office, { days: 2 });
    passDays(office, 0.1);
    const answer = await spend(office, code, await newDevice());
    assert.deepEqual([answer.status, answer.problem()], [410, 'invitation-expired']);
    assert.equal((await spend(office, other, await newDevice())).status, 201);
  });

  it('can be made again before it was spent: the newer one alone is good, for the same id', async () => {
    const office = await openOffice();
    const first = await inviteOne(office, { site: 'north' });
    const second = await again(office, first.participant);
    assert.equal(second.participant, first.participant);
    const old = await spend(office, first.code, await newDevice());
    assert.deepEqual([old.status, old.problem()], [410, 'invitation-expired']);
    assert.deepEqual(enrolmentOf(await spend(office, second.code, await newDevice())).site, 'north');
    await assert.rejects(again(office, crypto.randomUUID()), /has nobody with the id/);
  });

  it('takes secrets that are nobody’s, and each another', async () => {
    const office = await openOffice();
    const { device, code: spent } = await enrolled(office);
    const { code } = await inviteOne(office);
    const fresh = await newDevice();
    const { tokenHash } = fresh.hashes;
    for (const taken of [
      { tokenHash: device.hashes.tokenHash },
      { writeHash: device.hashes.writeHash },
      { tokenHash: device.hashes.writeHash },
      { returnHash: device.hashes.returnHash },
      { returnHash: await hashSecret(spent) },
      { returnHash: await hashSecret(code) },
      { writeHash: tokenHash },
      { returnHash: tokenHash },
    ]) {
      const answer = await spend(office, code, fresh, taken);
      assert.deepEqual([answer.status, answer.problem()], [409, 'secret-in-use'], JSON.stringify(taken));
    }
    assert.equal((await spend(office, code, fresh)).status, 201, 'and is not spent by that');
  });
});

describe('an invitation with a check', () => {
  it('needs it, and takes it however it is written', async () => {
    const office = await openOffice();
    const { code } = await inviteOne(office, { check: 'Santa  Fe 1980' });
    const device = await newDevice();
    const bare = await spend(office, code, device);
    assert.deepEqual([bare.status, bare.problem()], [403, 'check-needed']);
    assert.equal((await spend(office, code, device, { check: ' santa fe  １９８０' })).status, 201);
    assert.equal((await spend(office, code, device)).status, 201, 'the retry is known by its token');
  });

  it('is locked by the fifth wrong one, until staff make another, which asks the same', async () => {
    const office = await openOffice();
    const { code, participant } = await inviteOne(office, { check: '1980' });
    const device = await newDevice();
    for (const triesLeft of [4, 3, 2, 1]) {
      const answer = await spend(office, code, device, { check: `19${triesLeft}0` });
      assert.deepEqual([answer.status, answer.problem()], [403, 'check-wrong']);
      assert.equal(JSON.parse(answer.body).triesLeft, triesLeft);
      assert.equal((await spend(office, code, device)).problem(), 'check-needed', 'none is no try');
    }
    for (const check of ['1981', '1980']) {
      const answer = await spend(office, code, device, { check });
      assert.deepEqual([answer.status, answer.problem()], [423, 'invitation-locked'], check);
    }
    const fresh = await again(office, participant);
    assert.equal((await spend(office, fresh.code, device, { check: '1981' })).problem(), 'check-wrong');
    assert.equal((await spend(office, fresh.code, device, { check: '1980' })).status, 201);
    assert.deepEqual(await eventsOf(office, participant), [
      'invitation-made',
      'invitation-locked',
      'invitation-made-again',
      'participant-enrolled',
    ]);
  });

  it('is asked again on the way back, whoever holds that code', async () => {
    const office = await openOffice();
    const { device } = await enrolled(office, { check: '1980' });
    const phone = await newDevice();
    assert.equal((await spend(office, device.returnCode, phone)).problem(), 'check-needed');
    assert.equal((await spend(office, device.returnCode, phone, { check: '1980' })).status, 201);
    const made = newCode();
    await send(
      office,
      'PUT',
      '/studies/ward/me/return',
      { returnHash: await hashSecret(made) },
      { secret: phone.token },
    );
    assert.equal((await spend(office, made, await newDevice())).problem(), 'check-needed');
  });

  it('counts every wrong one, however many come at once', async () => {
    const office = await openOffice();
    const { code } = await inviteOne(office, { check: '1980' });
    const device = await newDevice();
    const guesses = await Promise.all(
      Array.from({ length: 30 }, (_, index) => spend(office, code, device, { check: String(1950 + index) })),
    );
    assert.equal(guesses.filter((answer) => answer.problem() === 'check-wrong').length, 4);
    assert.equal((await spend(office, code, device, { check: '1980' })).problem(), 'invitation-locked');
  });

  it('keeps the same answer of two people as two hashes', async () => {
    const office = await openOffice();
    const people = [await inviteOne(office, { check: '1980' }), await inviteOne(office, { check: '1980' })];
    const hashes = await office.store.transaction(async (tx) => [
      (await tx.invitations('ward', people[0]?.participant ?? ''))[0]?.checkHash,
      (await tx.invitations('ward', people[1]?.participant ?? ''))[0]?.checkHash,
    ]);
    assert.match(hashes[0] ?? '', /^[0-9a-f]{64}$/);
    assert.notEqual(hashes[0], hashes[1]);
  });
});
