import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { participantChain, STUDY_CHAIN, verifyChain } from '../../../src/receiver/audit.ts';
import { PAGE } from '../../../src/receiver/staff/schemas.ts';
import { hashSecret, newToken, normaliseCode, writeKeyOf } from '../../../src/submission/secrets.ts';
import type { Asked } from '../../support/receiver.ts';
import { openStaffOffice, type StaffOffice } from '../../support/staff-office.ts';

const DAY = 24 * 60 * 60 * 1000;
const WARD = '/studies/ward';

describe('what staff ask', () => {
  let office: StaffOffice;
  beforeEach(async () => {
    office = await openStaffOffice();
  });
  afterEach(() => office.receiver.close());

  const json = (asked: Asked) => {
    assert.equal(asked.headers.get('content-type'), 'application/json', asked.body);
    assert.equal(asked.headers.get('cache-control'), 'no-store');
    return JSON.parse(asked.body);
  };
  const post = (token: string, path: string, body: unknown) =>
    office.as(token, path, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });

  it('is answered as the description says', async () => {
    const person = await office.enrol('north');
    await office.raise(person.id);
    await office.queue('north');
    const { token } = await office.hire('coordinator', { sites: ['north'] });
    const document = JSON.parse((await office.ask('/openapi.json')).body);
    const ajv = new Ajv2020({ strict: false });
    ajv.addSchema({ $id: 'doc', ...document });
    for (const [path, schema] of [
      ['/staff/me', 'Staff'],
      ['/participants', 'Participants'],
      ['/flags', 'Flags'],
      ['/webhook-events', 'WebhookEvents'],
    ]) {
      const validate = ajv.getSchema(`doc#/components/schemas/${schema}`);
      assert(validate);
      assert.ok(validate(json(await office.as(token, `${WARD}${path}`))), ajv.errorsText(validate.errors));
    }
  });

  describe('GET /staff/me', () => {
    it('tells whose token it is and how long it lasts, and not the token', async () => {
      const { token } = await office.hire('facilitator', { name: 'Ana Ruiz', sites: ['north'], days: 30 });
      const me = json(await office.as(token, `${WARD}/staff/me`));
      const expiresAt = new Date(Date.parse(office.clock.now) + 30 * DAY).toISOString();
      assert.deepEqual(me, { name: 'Ana Ruiz', role: 'facilitator', sites: ['north'], expiresAt });
    });

    it('ends on the day, with words of its own', async () => {
      const { token } = await office.hire('recruiter', { days: 1 });
      office.clock.now = new Date(Date.parse(office.clock.now) + DAY - 1).toISOString();
      assert.equal((await office.as(token, `${WARD}/staff/me`)).status, 200);
      office.clock.now = new Date(Date.parse(office.clock.now) + 1).toISOString();
      const ended = await office.as(token, `${WARD}/staff/me`);
      assert.deepEqual([ended.status, ended.problem()], [401, 'token-expired']);
    });
  });

  it('is not asked by trying tokens one after another', async () => {
    await office.receiver.close();
    office = await openStaffOffice({ limits: { wrongSecrets: 3 } });
    const { token } = await office.hire('coordinator');
    const guess = (end: string) => office.as(`steady-staff-${end.repeat(43)}`, `${WARD}/staff/me`);
    for (const end of ['a', 'b', 'c']) assert.equal((await guess(end)).status, 401);
    const limited = await guess('d');
    assert.deepEqual([limited.status, limited.problem()], [429, 'too-many-requests']);
    assert.match(limited.headers.get('retry-after') ?? '', /^\d+$/);
    assert.equal((await office.as(token, `${WARD}/staff/me`)).status, 429, 'a good one neither, from there');
    const elsewhere = { headers: { Authorization: `Bearer ${token}` } };
    assert.equal((await office.ask(`${WARD}/staff/me`, elsewhere, '198.51.100.7')).status, 200);
  });

  it('is not found by the beginning of a hash alone', async () => {
    const { token, id } = await office.hire('coordinator');
    const [row] = await office.store.transaction((tx) => tx.staff('ward'));
    assert(row);
    // Somebody else's row, whose hash begins the same.
    const near = { ...row, id: `${id}-near`, name: 'Near', tokenHash: `${row.hashPrefix}${'0'.repeat(48)}` };
    await office.store.transaction((tx) => tx.addStaff(near));
    assert.equal(json(await office.as(token, `${WARD}/staff/me`)).name, 'The coordinator');
  });

  describe('GET /participants', () => {
    it('lists who takes part, to each role what it may know', async () => {
      const [first, second] = [await office.enrol('north'), await office.enrol(null)];
      await office.enrol('north', 'home');
      const seen = async (role: 'coordinator' | 'facilitator' | 'statistician', sites: string[] = []) =>
        json(await office.as((await office.hire(role, { sites })).token, `${WARD}/participants`));
      const enrolledAt = office.clock.now;
      const whole = [
        { participant: first.id, site: 'north', mode: 'test', enrolledAt },
        { participant: second.id, mode: 'test', enrolledAt },
      ];
      assert.deepEqual(await seen('coordinator'), { participants: whole, next: null });
      assert.deepEqual(await seen('facilitator', ['north']), { participants: whole.slice(0, 1), next: null });
      assert.deepEqual(await seen('facilitator', ['south']), { participants: [], next: null });
      const coded = whole.map(({ enrolledAt: at, ...rest }) => ({ ...rest, enrolledOn: at.slice(0, 10) }));
      assert.deepEqual(await seen('statistician'), { participants: coded, next: null });
    });

    it('goes on page by page, and names everybody once', async () => {
      const ids: string[] = [];
      for (let count = 0; count < PAGE + 3; count += 1) ids.push((await office.enrol('north')).id);
      const { token } = await office.hire('coordinator');
      const first = json(await office.as(token, `${WARD}/participants`));
      assert.equal(first.participants.length, PAGE);
      const second = json(await office.as(token, `${WARD}/participants?after=${first.next}`));
      assert.equal(second.next, null);
      const seen = [...first.participants, ...second.participants].map(
        (one: { participant: string }) => one.participant,
      );
      assert.deepEqual(seen, ids.toSorted());
    });

    it('refuses what is no place to go on from', async () => {
      const { token } = await office.hire('coordinator');
      for (const after of ['', 'x', "' or 1=1 --", '0199e2a4-7c1e-4b3a-9d52-3f0c6a1b8e47']) {
        const refused = await office.as(token, `${WARD}/participants?after=${encodeURIComponent(after)}`);
        assert.deepEqual([refused.status, refused.problem(), refused.faults()], [422, 'not-a-request', ['after form']]);
      }
    });
  });

  describe('flags', () => {
    it('are seen and resolved by a coordinator, once, and the audit tells who', async () => {
      const person = await office.enrol('north');
      const flag = await office.raise(person.id);
      const { token, id: staff } = await office.hire('coordinator');
      const open = {
        id: flag,
        kind: 'repeat-screening',
        mode: 'test',
        subjects: [person.id],
        raisedAt: office.clock.now,
      };
      assert.deepEqual(json(await office.as(token, `${WARD}/flags`)), { flags: [open], next: null });

      const resolved = await post(token, `${WARD}/flags/${flag}/resolved`, { note: 'Two sisters.' });
      assert.deepEqual([resolved.status, resolved.body], [204, '']);
      const again = await post(token, `${WARD}/flags/${flag}/resolved`, { note: 'Or not.' });
      assert.deepEqual([again.status, again.problem()], [409, 'flag-resolved']);
      const closed = { ...open, resolvedAt: office.clock.now, resolvedBy: staff, note: 'Two sisters.' };
      assert.deepEqual(json(await office.as(token, `${WARD}/flags`)), { flags: [closed], next: null });

      await office.store.transaction(async (tx) => {
        const rows = await tx.auditRows('ward', STUDY_CHAIN);
        assert.deepEqual([rows.at(-1)?.event, rows.at(-1)?.subjects], ['flag-resolved', [flag, staff]]);
        const head = (await tx.auditHeads('ward')).find(({ chain }) => chain === STUDY_CHAIN);
        assert.deepEqual(head && verifyChain(rows, head, office.keys), []);
        assert.ok(!JSON.stringify(rows).includes('sisters'));
      });
    });

    it('of another site are not there to be resolved', async () => {
      const flag = await office.raise((await office.enrol('north')).id);
      const unplaced = await office.raise('0199e2a4-7c1e-7b3a-9d52-3f0c6a1b8e47');
      const { token } = await office.hire('coordinator', { sites: ['south'] });
      for (const id of [flag, unplaced, 'nothing']) {
        const refused = await post(token, `${WARD}/flags/${id}/resolved`, { note: 'Mine now.' });
        assert.deepEqual([refused.status, refused.problem()], [404, 'unknown-flag']);
      }
      assert.deepEqual(json(await office.as(token, `${WARD}/flags`)), { flags: [], next: null });
    });

    for (const [name, body, status, problem] of [
      ['nothing', '', 400, 'not-json'],
      ['no note', {}, 422, 'not-a-request'],
      ['an empty note', { note: '' }, 422, 'not-a-request'],
      ['more than a note', { note: 'x', resolvedBy: 'me', resolvedAt: 'now' }, 422, 'not-a-request'],
      ['a name twice', '{"note":"a","note":"b"}', 400, 'ambiguous-json'],
      ['a prototype', '{"note":"a","__proto__":{"role":"coordinator"}}', 400, 'ambiguous-json'],
      ['depth', `${'['.repeat(200)}${']'.repeat(200)}`, 400, 'too-deep'],
      ['too much', { note: 'x'.repeat(20_000) }, 413, 'too-large'],
    ] as const) {
      it(`are not resolved by ${name}`, async () => {
        const flag = await office.raise((await office.enrol('north')).id);
        const { token } = await office.hire('coordinator');
        const refused = await post(token, `${WARD}/flags/${flag}/resolved`, body);
        assert.deepEqual([refused.status, refused.problem()], [status, problem]);
        assert.equal((await office.store.transaction((tx) => tx.flag('ward', flag)))?.resolvedAt, null);
      });
    }
  });

  describe('POST /participants/{participant}/invitation', () => {
    const enrol = async (invite: string) => {
      const token = newToken();
      const hashes = { tokenHash: await hashSecret(token), writeHash: await hashSecret(await writeKeyOf(token)) };
      const init = {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ invite, ...hashes }),
      };
      return { token, answer: await office.ask(`${WARD}/participants`, init) };
    };
    const isIn = async (token: string) => (await office.as(token, `${WARD}/me`)).status === 200;

    it('gives a code that moves somebody to a new device; the old one is out when it is spent', async () => {
      const person = await office.enrol('north');
      const { token, id: staff } = await office.hire('coordinator', { sites: ['north'] });
      const made = await post(token, `${WARD}/participants/${person.id}/invitation`, {});
      assert.equal(made.status, 201);
      const { code, expiresAt } = json(made);
      assert.ok(normaliseCode(code) && /^(\w{4}-){7}\w{4}$/.test(code), code);
      assert.equal(expiresAt, new Date(Date.parse(office.clock.now) + 30 * DAY).toISOString());
      assert.ok(await isIn(person.token));
      await office.store.transaction(async (tx) => {
        const rows = await tx.auditRows('ward', participantChain(person.id));
        assert.deepEqual(
          rows.map(({ event, subjects }) => [event, subjects]),
          [['invitation-made-again', [person.id, staff]]],
        );
      });
      const { token: fresh, answer } = await enrol(code);
      assert.equal(json(answer).participant, person.id);
      assert.deepEqual([await isIn(fresh), await isIn(person.token)], [true, false]);
    });

    it('puts a lost device out at once', async () => {
      const person = await office.enrol('north');
      const { token } = await office.hire('coordinator');
      assert.equal((await post(token, `${WARD}/participants/${person.id}/invitation`, { lost: true })).status, 201);
      assert.equal(await isIn(person.token), false);
    });

    it('is nothing for another site’s people, or for nobody', async () => {
      const [there, nowhere] = [await office.enrol('north'), await office.enrol(null)];
      const limited = await office.hire('coordinator', { sites: ['south'] });
      const all = await office.hire('coordinator');
      const nobody = '0199e2a4-7c1e-7b3a-9d52-3f0c6a1b8e47';
      for (const [token, id] of [
        [limited.token, there.id],
        [limited.token, nowhere.id],
        [limited.token, nobody],
        [all.token, nobody],
        [all.token, (await office.enrol('north', 'home')).id],
      ] as const) {
        const refused = await post(token, `${WARD}/participants/${id}/invitation`, { lost: true });
        assert.deepEqual([refused.status, refused.problem()], [404, 'unknown-participant']);
      }
      assert.deepEqual([await isIn(there.token), await isIn(nowhere.token)], [true, true]);
    });

    it('takes nothing else than whether the device is lost', async () => {
      const person = await office.enrol('north');
      const { token } = await office.hire('coordinator');
      for (const body of [{ lost: 'yes' }, { site: 'south' }, { participant: 'x' }, []]) {
        const refused = await post(token, `${WARD}/participants/${person.id}/invitation`, body);
        assert.deepEqual([refused.status, refused.problem()], [422, 'not-a-request']);
      }
    });
  });

  it('about the webhook is the state of its queue, without what is in it', async () => {
    const id = await office.queue('north');
    const other = await office.queue(null);
    const createdAt = office.clock.now;
    const waiting = { type: 'enrolled', mode: 'test', createdAt, attempts: 0, dueAt: createdAt };
    const { token } = await office.hire('coordinator');
    assert.deepEqual(json(await office.as(token, `${WARD}/webhook-events`)), {
      events: [
        { id: other, ...waiting },
        { id, ...waiting },
      ],
      next: null,
    });
    const limited = await office.hire('coordinator', { sites: ['north'] });
    await office.store.transaction(async (tx) => {
      const [claimed] = await tx.claimEvents({ study: 'ward', now: createdAt, until: createdAt, limit: 1 });
      assert(claimed);
      const gone = { dueAt: null, lastStatus: 410, lastFailure: null, deliveredAt: null, gaveUpAt: createdAt };
      await tx.settleEvent(claimed, gone);
    });
    const { dueAt: _, ...still } = waiting;
    assert.deepEqual(json(await office.as(limited.token, `${WARD}/webhook-events`)), {
      events: [{ id, ...still, attempts: 1, gaveUpAt: createdAt, lastStatus: 410 }],
      next: null,
    });
  });
});
