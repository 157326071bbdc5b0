import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { newToken } from '../../../src/submission/secrets.ts';
import {
  as,
  type Device,
  enrolled,
  inviteOne,
  me,
  newDevice,
  postAs,
  send,
  spend,
} from '../../support/participants.ts';
import { type Asked, type Office, openOffice, screening } from '../../support/receiver.ts';

/** Every call that takes a body, with one that it takes. */
interface Call {
  readonly method: string;
  readonly path: string;
  readonly limit: number;
  readonly good: (invite: string) => Promise<Record<string, unknown>>;
}

const CALLS: Readonly<Record<string, Call>> = {
  'POST /participants': {
    method: 'POST',
    path: '/studies/ward/participants',
    limit: 16 * 1024,
    good: async (invite) => ({ invite, ...(await newDevice()).hashes }),
  },
  'PUT /me/return': {
    method: 'PUT',
    path: '/studies/ward/me/return',
    limit: 16 * 1024,
    good: async () => ({ returnHash: (await newDevice()).hashes.returnHash }),
  },
  'PUT /me/drafts/{key}': {
    method: 'PUT',
    path: '/studies/ward/me/drafts/screener',
    limit: 64 * 1024,
    good: async () => ({
      study: 'ward',
      studyVersion: '1.0.0',
      step: 'screening',
      startedAt: '2026-03-09T10:12:00.000Z',
      answers: { age: 41 },
    }),
  },
};

for (const [name, { method, path, limit, good }] of Object.entries(CALLS)) {
  describe(`${name}, given what nobody means well`, () => {
    const start = async () => {
      const office = await openOffice({ limits: { wrongSecrets: 10_000 } });
      const { device } = await enrolled(office);
      const { code } = await inviteOne(office);
      const body = await good(code);
      const give = (text: string, headers: Record<string, string> = {}): Promise<Asked> =>
        send(office, method, path, text, { secret: device.token, headers: { 'If-None-Match': '*', ...headers } });
      return { office, device, body, give };
    };
    const refused = (answer: Asked, problem: string) => assert.equal(answer.problem(), problem, answer.body);

    it('takes what is meant', async () => {
      const { body, give } = await start();
      const { status } = await give(JSON.stringify(body));
      assert.ok(status === 201 || status === 204, String(status));
    });

    it('takes no member that it does not know', async () => {
      const { office, device, body, give } = await start();
      const before = await me(office, device);
      const more = {
        participant: before.participant,
        site: 'north',
        mode: 'live',
        kind: 'again',
        expiresAt: '2099-01-01',
        spentAt: null,
        wrongChecks: 0,
        etag: 'mine',
        writtenAt: '2099-01-01T00:00:00.000Z',
      };
      for (const [key, value] of Object.entries(more)) {
        const answer = await give(JSON.stringify({ ...body, [key]: value }));
        refused(answer, 'not-a-request');
        assert.deepEqual(answer.faults(), [`${key} unknown`]);
      }
      assert.deepEqual(await me(office, device), before);
    });

    it('takes no more bytes than it says', async () => {
      const { body, give } = await start();
      const large = await give(JSON.stringify({ ...body, padding: 'x'.repeat(limit) }));
      assert.deepEqual([large.status, large.problem()], [413, 'too-large']);
    });

    it('takes nothing that is nested without end', async () => {
      const { body, give } = await start();
      const deep = `${'['.repeat(5_000)}${']'.repeat(5_000)}`;
      refused(await give(JSON.stringify({ ...body, deep: 0 }).replace('"deep":0', `"deep":${deep}`)), 'too-deep');
    });

    it('takes no name twice, and none that could change what objects are', async () => {
      const { body, give } = await start();
      const [first = ''] = Object.keys(body);
      const text = JSON.stringify(body);
      refused(await give(text.replace('{', `{"${first}":"x",`)), 'ambiguous-json');
      refused(await give(text.replace('{', '{"__proto__":{"polluted":true},')), 'ambiguous-json');
      refused(await give(text.replace('{', '{"\\u005f_proto__":{"polluted":true},')), 'ambiguous-json');
      for (const key of ['constructor', 'prototype', 'toString']) {
        refused(await give(text.replace('{', `{"${key}":{"prototype":{"polluted":true}},`)), 'not-a-request');
      }
      assert.equal(Reflect.get({}, 'polluted'), undefined);
    });

    it('takes JSON in UTF-8, and says so', async () => {
      const { give, body } = await start();
      refused(await give('{'), 'not-json');
      refused(await give(''), 'not-json');
      refused(await give('[]'), 'not-a-request');
      refused(await give('null'), 'not-a-request');
      refused(await give(JSON.stringify(body), { 'Content-Type': 'text/plain' }), 'wrong-content-type');
      refused(await give(JSON.stringify({ ...body, x: '\ud800' })), 'ambiguous-json');
    });

    it('takes no other shape of any member, and never fails over one', async () => {
      const { body, give } = await start();
      await fc.assert(
        fc.asyncProperty(fc.constantFrom(...Object.keys(body)), fc.jsonValue({ maxDepth: 3 }), async (key, value) => {
          const answer = await give(JSON.stringify({ ...body, [key]: value }));
          assert.ok(answer.status < 500, answer.body);
        }),
        { numRuns: 60 },
      );
    });
  });
}

describe('guessing', () => {
  const wrong = async (office: Office, address: string) => {
    const init = { headers: { Authorization: `Bearer ${newToken()}` } };
    return (await office.ask('/studies/ward/me', init, address)).status;
  };
  const me200 = (office: Office, { token }: Device, address: string) =>
    office.ask('/studies/ward/me', { headers: { Authorization: `Bearer ${token}` } }, address);

  it('of tokens is limited to 60 a minute from one address, and no other address minds', async () => {
    const office = await openOffice();
    const { device } = await enrolled(office);
    const statuses: number[] = [];
    for (let count = 0; count < 65; count += 1) statuses.push(await wrong(office, '192.0.2.66'));
    assert.deepEqual(statuses, [...Array(60).fill(401), ...Array(5).fill(429)]);
    const held = await me200(office, device, '192.0.2.66');
    assert.deepEqual(
      [held.status, held.problem()],
      [429, 'too-many-requests'],
      'a right guess would not be told either',
    );
    assert.ok(Number(held.headers.get('retry-after')) > 0);
    assert.equal((await me200(office, device, '192.0.2.67')).status, 200);
  });

  it('of codes, of checks and of write keys counts the same', async () => {
    const office = await openOffice({ limits: { wrongSecrets: 3 } });
    const { code } = await inviteOne(office, { check: '1980' });
    const device = await newDevice();
    const [{ writeKey }] = [await newDevice()];
    assert.equal((await spend(office, '0'.repeat(32), device)).status, 404);
    assert.equal((await spend(office, code, device, { check: '1981' })).status, 403);
    assert.equal((await postAs(office, writeKey, screening())).status, 401);
    assert.equal((await spend(office, code, device, { check: '1980' })).status, 429);
    assert.equal((await postAs(office, writeKey, screening())).status, 429);
    assert.equal((await office.post(screening())).status, 201, 'who shows no key is not held up');
  });

  it('is no matter of old links: they are answered, however often', async () => {
    const office = await openOffice({ limits: { wrongSecrets: 3 } });
    const { code } = await enrolled(office);
    for (let count = 0; count < 6; count += 1) {
      assert.equal((await spend(office, code, await newDevice())).problem(), 'invitation-spent');
    }
  });

  it('apart, one person’s calls are counted by person, not by address', async () => {
    const office = await openOffice({ limits: { perCaller: 3 } });
    const [one, other] = [await enrolled(office), await enrolled(office)];
    const statuses: number[] = [];
    for (let count = 0; count < 5; count += 1) {
      statuses.push((await as(office, one.device.token, '/studies/ward/me')).status);
    }
    assert.deepEqual(statuses, [200, 200, 200, 429, 429]);
    assert.equal((await as(office, other.device.token, '/studies/ward/me')).status, 200);
  });
});
