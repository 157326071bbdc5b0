import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { v7 } from 'uuid';
import { verifyChain } from '../../../src/receiver/audit.ts';
import { SILENT } from '../../../src/receiver/log.ts';
import type { Store } from '../../../src/receiver/store/store.ts';
import { createQueue } from '../../../src/receiver/webhooks/queue-event.ts';
import { createSender } from '../../../src/receiver/webhooks/sender.ts';
import type { Submission } from '../../../src/submission/submission.ts';
import {
  documentIn,
  myConsent,
  openConsentOffice,
  recordText,
  signed,
  somebody,
  taken,
  withdrawal,
} from '../../support/consent-office.ts';
import {
  again,
  as,
  type Device,
  enrolled,
  enrolmentOf,
  inviteOne,
  me,
  newDevice,
  postAs,
  send,
  spend,
} from '../../support/participants.ts';
import {
  type Asked,
  contact,
  ELIGIBLE,
  type Office,
  openOffice,
  ring,
  screening,
  studyJson,
} from '../../support/receiver.ts';
import { openStaffOffice, SITES, type StaffOffice } from '../../support/staff-office.ts';
import { openTarget } from '../../support/webhook-target.ts';
import type { Bench } from '../store.suite.ts';

const studies = [studyJson({ sites: SITES })];
const numerically = (a: number, b: number): number => a - b;

/**
 * What two receivers on one database do between them, each with connections of its own, as two processes would: whatever
 * arrives at both at once is taken in once, and nothing is decided from what is no longer so.
 *
 * @param writers how many write to one audit chain at once
 */
export function receiverSuite(name: string, createBench: () => Promise<Bench>, writers: number): void {
  describe(`two receivers on ${name}`, () => {
    let bench: Bench;
    let one: Office;
    let two: Office;
    /** What Node warned of: a driver that is used as it must not be says so. */
    let warnings: Error[];
    const noteWarning = (warning: Error) => warnings.push(warning);
    beforeEach(async () => {
      bench = await createBench();
      warnings = [];
      process.on('warning', noteWarning);
      one = await open();
      two = await open();
    });
    afterEach(async () => {
      await Promise.all([one.receiver.close(), two.receiver.close()]);
      await bench.remove();
      process.off('warning', noteWarning);
      assert.deepEqual(
        warnings.filter(({ name: kind }) => kind === 'DeprecationWarning'),
        [],
      );
    });
    const limits = { perAddress: 100_000, perSource: 100_000, perCaller: 100_000, wrongSecrets: 100_000 };
    const open = async (): Promise<Office> => openOffice({ store: await bench.open(), limits, studies });

    const statuses = (answers: readonly Asked[]): number[] => answers.map(({ status }) => status).toSorted(numerically);
    const screenings = () => one.store.transaction((tx) => tx.screenings('ward'));

    describe('a submission', () => {
      it('that comes to both at once is one row, with one receipt', async () => {
        for (let count = 0; count < 10; count += 1) {
          const given = screening({ source: 'poster' });
          const answers = await Promise.all([one.post(given), two.post(given)]);
          assert.deepEqual(statuses(answers), [200, 201]);
          assert.equal(answers[0].body, answers[1].body);
          assert.deepEqual(
            answers.filter(({ headers }) => headers.has('idempotency-replayed')).map(({ status }) => status),
            [200],
          );
        }
        assert.equal((await screenings()).length, 10);
      });

      it('that comes to the other one later gets the same receipt, and altered none', async () => {
        const given = screening();
        const first = await one.post(given);
        const later = await two.post(given);
        assert.deepEqual([first.status, later.status, later.body], [201, 200, first.body]);
        const altered = await two.post({ ...given, answers: { ...ELIGIBLE, age: 42 } });
        assert.deepEqual([altered.status, altered.problem()], [422, 'content-differs']);
        assert.equal((await screenings()).length, 1);
      });

      it('that comes to both at once, altered on the way to one, is the one or the other', async () => {
        const given = screening();
        const altered: Submission = { ...given, answers: { ...ELIGIBLE, age: 42 } };
        const answers = await Promise.all([one.post(given), two.post(altered)]);
        assert.deepEqual(statuses(answers), [201, 422]);
        const winner = answers[0].status === 201 ? given : altered;
        const kept = await one.store.transaction((tx) => tx.submission('ward', given.id));
        assert.equal(kept?.body, JSON.stringify(winner));
        assert.equal((await screenings()).length, 1);
      });

      it('is one of many from many places, and none is lost or doubled in the audit', async () => {
        const given = Array.from({ length: writers }, () => screening({ source: 'poster' }));
        const answers = await Promise.all(given.map((each, index) => (index % 2 === 0 ? one : two).post(each)));
        assert.deepEqual([...new Set(statuses(answers))], [201]);
        assert.equal((await screenings()).length, writers);
        await one.store.transaction(async (tx) => {
          const heads = await tx.auditHeads('ward');
          assert.deepEqual(heads.map(({ seq }) => seq).toSorted(numerically), [1, writers]);
          for (const head of heads) {
            assert.deepEqual(verifyChain(await tx.auditRows('ward', head.chain), head, ring(1)), []);
          }
        });
        const told = new Set(answers.map((answer) => answer.receipt().auditHead));
        assert.equal(told.size, writers, 'no two follow the same row');
      });
    });

    it('take one contact of a screening as the first, and open one participant', async () => {
      const screened = screening();
      await one.post(screened);
      const devices = await Promise.all(Array.from({ length: 6 }, newDevice));
      const answers = await Promise.all(
        devices.map(({ hashes }, index) => (index % 2 === 0 ? one : two).post(contact(screened, hashes))),
      );
      assert.deepEqual([...new Set(statuses(answers))], [201]);
      const next = answers.map((answer) => `${answer.receipt().next} ${answer.receipt().deviations}`);
      assert.deepEqual(next.toSorted(), ['enrolled ', ...Array(5).fill('undefined second-contact')]);
      assert.equal((await one.store.transaction((tx) => tx.participants('ward', { limit: 99 }))).length, 1);
    });

    it('notice a second contact of the same person, whichever of them it came to', async () => {
      const [first, second] = [screening(), screening()];
      await Promise.all([one.post(first), two.post(second)]);
      await Promise.all([one.post(contact(first)), two.post(contact(second))]);
      const flags = await one.store.transaction((tx) => tx.flags('ward', { limit: 99 }));
      assert.deepEqual(
        flags.map(({ kind }) => kind),
        ['repeat-contact'],
      );
    });

    describe('an invitation', () => {
      it('is spent once, on one of two devices', async () => {
        const { code } = await inviteOne(one);
        const devices = [await newDevice(), await newDevice()] as const;
        const answers = await Promise.all([spend(one, code, devices[0]), spend(two, code, devices[1])]);
        assert.deepEqual(statuses(answers), [201, 409]);
        const tokens = await Promise.all(devices.map(({ token }) => as(two, token, '/studies/ward/me')));
        assert.deepEqual(statuses(tokens), [200, 401]);
      });

      it('is answered the same to the same device, by both at once', async () => {
        const { code, participant } = await inviteOne(one);
        const device = await newDevice();
        const answers = await Promise.all([
          spend(one, code, device),
          spend(two, code, device),
          spend(one, code, device),
        ]);
        for (const answer of answers) assert.equal(enrolmentOf(answer).participant, participant);
      });

      it('counts every wrong answer, however many try at once', async () => {
        const { code } = await inviteOne(one, { check: '1980' });
        const device = await newDevice();
        const guesses = Array.from({ length: 12 }, (_, index) =>
          spend(index % 2 === 0 ? one : two, code, device, { check: `19${10 + index}` }),
        );
        const problems = (await Promise.all(guesses)).map((answer) => answer.problem());
        assert.equal(problems.filter((problem) => problem === 'check-wrong').length, 4);
        assert.equal(problems.filter((problem) => problem === 'invitation-locked').length, 8);
      });

      it('is the newest of those that are made at once, alone', async () => {
        const { device, id } = await enrolled(one);
        const made = await Promise.all([again(one, id), again(two, id), again(one, id)]);
        const spent: Asked[] = [];
        for (const { code } of made) spent.push(await spend(one, code, await newDevice()));
        assert.deepEqual(statuses(spent), [201, 410, 410]);
        assert.equal((await as(two, device.token, '/studies/ward/me')).status, 401);
      });
    });

    it('take a signature once, and tell of a withdrawal to the other what stands since', async () => {
      const here = await openConsentOffice({}, { store: await bench.open() });
      const there = await openConsentOffice({}, { store: await bench.open(), recordKeys: here.recordKeys });
      try {
        const { device, id } = await somebody(here);
        const given = await signed(documentIn(here));
        const answers = await Promise.all([postAs(here, device.token, given), postAs(there, device.token, given)]);
        assert.deepEqual(statuses(answers), [200, 201]);
        assert.equal(await recordText(here, device, given), await recordText(there, device, given));
        await taken(there, device, withdrawal());
        assert.equal((await myConsent(here, device)).state, 'withdrawn');
        const decisions = await here.store.transaction((tx) => tx.decisions(given.study, id));
        assert.deepEqual(
          decisions.map(({ outcome }) => outcome),
          ['signed', 'withdrawn'],
        );
      } finally {
        await Promise.all([here.receiver.close(), there.receiver.close()]);
      }
    });

    describe('a draft', () => {
      const path = '/studies/ward/me/drafts/screener';
      const draft = (age: number) => ({
        study: 'ward',
        studyVersion: '1.0.0',
        step: 'screening',
        startedAt: '2026-03-09T10:12:00.000Z',
        answers: { age },
      });
      const put = (office: Office, { token }: Device, age: number, headers: Record<string, string>) =>
        send(office, 'PUT', path, draft(age), { secret: token, headers });

      it('is written over by one of two that have seen the same', async () => {
        const { device } = await enrolled(one);
        const created = await Promise.all([
          put(one, device, 1, { 'If-None-Match': '*' }),
          put(two, device, 2, { 'If-None-Match': '*' }),
        ]);
        assert.deepEqual(statuses(created), [201, 412]);
        const etag = (await as(one, device.token, path)).headers.get('etag') ?? '';
        const changed = await Promise.all([
          put(one, device, 3, { 'If-Match': etag }),
          put(two, device, 4, { 'If-Match': etag }),
        ]);
        assert.deepEqual(statuses(changed), [200, 412]);
        const stands = await as(two, device.token, path);
        const winner = changed.find(({ status }) => status === 200);
        assert.equal(stands.headers.get('etag'), winner?.headers.get('etag'));
      });
    });

    it('let somebody who was moved by one deliver to the other what was queued, and nothing more', async () => {
      const { device, id } = await enrolled(one);
      const { code } = await again(one, id);
      const next = await newDevice();
      await spend(two, code, next);
      assert.deepEqual((await postAs(one, device.writeKey, screening())).receipt().deviations, ['replaced-key']);
      assert.equal((await as(one, device.token, '/studies/ward/me')).status, 401);
      assert.equal((await me(one, next)).participant, id);
    });

    it('hand an event to the webhook once between them', async () => {
      const target = await openTarget();
      const secret = `whsec_${Buffer.alloc(32, 5).toString('base64')}`;
      const webhook = { url: target.url, secrets: [secret] };
      try {
        const queue = createQueue(new Map([['ward', webhook]]));
        const event = { study: 'ward', type: 'enrolled', participant: v7(), at: new Date().toISOString() } as const;
        for (let count = 0; count < 10; count += 1) {
          await one.store.transaction((tx) => queue(tx, { ...event, mode: 'test' }));
        }
        const senderOn = (store: Store) => createSender({ study: 'ward', webhook, store, logger: SILENT });
        await Promise.all([senderOn(one.store).sendDue(), senderOn(two.store).sendDue()]);
        assert.equal(target.got.length, 10);
        assert.equal(new Set(target.verified(secret)).size, 10);
      } finally {
        await target.close();
      }
    });

    it('answer staff page by page, of their sites alone', async () => {
      const office: StaffOffice = await openStaffOffice({ store: await bench.open(), studies });
      try {
        const north = await office.enrol('north');
        const south = await office.enrol('south');
        await office.raise(north.id);
        await office.raise(south.id);
        await office.queue('south');
        const { token } = await office.hire('coordinator', { sites: ['south'] });
        const { token: nowhere } = await office.hire('facilitator', { sites: ['north'] });
        const idsOf = (page: { participants: { participant: string }[] }) =>
          page.participants.map(({ participant }) => participant);
        const get = async (by: string, path: string) => JSON.parse((await office.as(by, `/studies/ward/${path}`)).body);
        assert.deepEqual(idsOf(await get(token, 'participants')), [south.id]);
        assert.deepEqual(idsOf(await get(nowhere, 'participants')), [north.id]);
        assert.deepEqual(
          (await get(token, 'flags')).flags.map(({ subjects }: { subjects: string[] }) => subjects),
          [[south.id]],
        );
        assert.equal((await get(token, 'webhook-events')).events.length, 1);
      } finally {
        await office.receiver.close();
      }
    });

    it('have nothing with a NUL in its name, and say so', async () => {
      const office: StaffOffice = await openStaffOffice({ store: await bench.open(), studies });
      try {
        const { token } = await office.hire('coordinator');
        const init = { method: 'POST', body: '{}', headers: { 'Content-Type': 'application/json' } };
        const answer = await office.as(token, '/studies/ward/participants/a%00/invitation', init);
        assert.deepEqual([answer.status, answer.problem()], [404, 'not-found']);
        const flag = await office.raise('somebody');
        const noted = await office.as(token, `/studies/ward/flags/${flag}/resolved`, {
          ...init,
          body: JSON.stringify({ note: 'tw\0' }),
        });
        assert.deepEqual([noted.status, noted.problem(), noted.faults()], [422, 'not-a-request', ['note form']]);
        assert.equal(
          (await one.post(screening({ source: 'po\0ster' }))).status,
          201,
          'a submission is taken all the same',
        );
      } finally {
        await office.receiver.close();
      }
    });

    it('do not begin with keys that the other does not have', async () => {
      const stores = [await bench.open(), await bench.open()] as const;
      // Each has the key that is known so far, and has just made another one.
      const starts = await Promise.allSettled([
        openOffice({ store: stores[0], keys: ring(2, 1), studies }),
        openOffice({ store: stores[1], keys: ring(3, 1), studies }),
      ]);
      const refused = starts.filter((start) => start.status === 'rejected');
      assert.equal(refused.length, 1);
      assert.match(String(refused[0]?.reason), /written with the keys/);
      await Promise.all(stores.map((store) => store.close()));
    });
  });
}
