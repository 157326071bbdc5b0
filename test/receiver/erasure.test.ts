import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import * as v from 'valibot';
import { verifyAudit } from '../../src/receiver/checkpoints/verify-audit.ts';
import { erasureSchema } from '../../src/receiver/erasure/erase-participant.ts';
import { openExportFolder } from '../../src/receiver/export/export-files.ts';
import { exportStudy } from '../../src/receiver/export/export-study.ts';
import { countFunnel } from '../../src/receiver/funnel/count-funnel.ts';
import { newestStudy } from '../../src/receiver/kept-study.ts';
import { rescore } from '../../src/receiver/questionnaires/rescore.ts';
import { readSignedDocument } from '../../src/receiver/signed-document.ts';
import { addStaff } from '../../src/receiver/staff/staff-tokens.ts';
import { openSqliteStore } from '../../src/receiver/store/sqlite.ts';
import { STUDY, signs, taken, withdrawal } from '../support/consent-office.ts';
import { readTable } from '../support/csv-inverse.ts';
import { Database } from '../support/database.ts';
import { as, newDevice, send } from '../support/participants.ts';
import { handedIn, type QuestionnaireOffice, sentNow } from '../support/questionnaire-office.ts';
import { begin, openTrial, type Person } from '../support/trial.ts';

/** What somebody who has left asked to be erased: gone where the study lets it go, and everything around it as it was. */

const RETENTION = { erase: ['contact', 'screening', 'questionnaires', 'drafts'], basis: 'The protocol, section 9.' };
const WORDS = 'Nobody else would write this sentence';

describe('an erasure', () => {
  let directory: string;
  let file: string;
  let office: QuestionnaireOffice;
  let one: Person;
  let other: Person;
  let coordinator: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'steady-erasure-'));
    file = join(directory, 'data.sqlite');
    await open(RETENTION);
  });
  afterEach(async () => {
    await office.receiver.close();
    await rm(directory, { recursive: true });
  });
  async function open(retention?: typeof RETENTION): Promise<void> {
    const store = await openSqliteStore(file);
    office = await openTrial(retention === undefined ? {} : { retention }, { store });
    const manner = { work: { home: 'north', words: WORDS } };
    const [first, second] = [await begin(office, 'baseline', manner), await begin(office, 'baseline')];
    assert(first && second);
    [one, other] = [first, second];
    coordinator = await hire();
  }
  const hire = async (sites: string[] = []) =>
    (
      await addStaff(
        { ...office, now: () => new Date(office.clock.now) },
        { study: STUDY, name: 'c', role: 'coordinator', sites, series: [], days: 9 },
      )
    ).token;
  const leaves = (erase = true) =>
    taken(office, one.device, withdrawal('study', { studyVersion: office.version, erase }));
  const erase = (id = one.id, token = coordinator) =>
    as(office, token, `/studies/${STUDY}/participants/${id}/erasure`, {
      method: 'POST',
      body: JSON.stringify({ reason: 'Asked for in withdrawing.' }),
      headers: { 'Content-Type': 'application/json' },
    });
  const email = async () =>
    (await office.store.transaction((tx) => tx.contacts(STUDY)))
      .filter(({ participant }) => participant === one.id)
      .map(({ body }) => body)
      .join();

  it('takes away who they are and what they answered, leaving no trace in the file, and nothing of anybody else', async () => {
    await leaves();
    const address = JSON.parse(await email()).answers.email;
    assert.equal((await erase()).status, 200);
    await office.store.transaction(async (tx) => {
      assert.deepEqual(await tx.scoresOfParticipant(STUDY, one.id), []);
      assert.ok((await tx.scoresOfParticipant(STUDY, other.id)).length > 0);
      for (const { submission } of await tx.questionnaires(STUDY, one.id)) {
        assert.equal((await tx.submission(STUDY, submission))?.body, '');
      }
      for (const { submission } of await tx.questionnaires(STUDY, other.id)) {
        assert.ok(await tx.submission(STUDY, submission));
      }
      assert.equal((await tx.decisions(STUDY, one.id)).length, 2, 'what they decided stays');
      assert.ok((await tx.contacts(STUDY)).some(({ participant, body }) => participant === other.id && body !== ''));
    });
    const { store, keys, recordKeys } = office;
    await store.close();
    const database = new Database(file);
    for (const words of [WORDS, address]) assert.equal(database.hasTraceOf(words), false, words);
    office = await openTrial({ retention: RETENTION }, { store: await openSqliteStore(file), keys, recordKeys });
  });

  it('gives a certificate that can be verified, the same one again', async () => {
    await leaves();
    const answer = await erase();
    const { trusted } = office.recordKeys;
    const read = await readSignedDocument(answer.body, erasureSchema, trusted);
    assert('document' in read);
    const { participant, reason, erased, auditHead } = read.document;
    assert.deepEqual([participant, reason], [one.id, 'Asked for in withdrawing.']);
    assert.deepEqual(
      erased.map(({ what, count }) => `${what} ${count}`),
      ['contact 1', 'screening 1', 'questionnaires 1', 'drafts 0'],
    );
    const heads = await office.store.transaction((tx) => tx.auditHeads(STUDY));
    assert.ok(heads.some(({ mac }) => mac === auditHead));
    office.clock.now = '2026-03-10T00:00:00.000Z';
    assert.equal((await erase()).body, answer.body);
    const kept = await as(office, coordinator, `/studies/${STUDY}/participants/${one.id}/erasure`);
    assert.equal(kept.body, answer.body);
    const forged = answer.body.replace('"count":1', '"count":9');
    assert.deepEqual(await readSignedDocument(forged, erasureSchema, trusted), { fault: 'bad-signature' });
    assert.ok(v.is(erasureSchema, JSON.parse(answer.body)));
  });

  it('leaves the audit whole, with a row that says so, and nobody counted elsewhere', async () => {
    const { study } = await office.store.transaction((tx) => newestStudy(tx, STUDY));
    const count = () => office.store.snapshot((tx) => countFunnel(tx, study, { mode: 'test', now: office.clock.now }));
    await leaves();
    const before = await count();
    await erase();
    const { trial, arms, ...others } = await count();
    const { trial: trialBefore, arms: armsBefore, ...othersBefore } = before;
    assert.deepEqual(others, othersBefore);
    assert.deepEqual([trialBefore.analysable, trialBefore.erased], [2, 0]);
    assert.deepEqual(trial, { ...trialBefore, analysable: 1, erased: 1 }, 'but for what can be analysed of it');
    const expected = armsBefore?.map((arm, index) => {
      const gone = (arms?.[index]?.erased ?? 0) > 0 ? 1 : 0;
      return { ...arm, analysable: arm.analysable - gone, erased: gone };
    });
    assert.deepEqual(arms, expected);
    const report = await verifyAudit({ ...office, trusted: [] }, STUDY);
    assert.deepEqual(report.findings, []);
    const rows = await office.store.transaction((tx) => tx.auditRows(STUDY, `participant:${one.id}`));
    assert.equal(rows.at(-1)?.event, 'participant-erased');
    assert.deepEqual((await rescore(office, STUDY)).findings, []);
  });

  it('leaves them in an export as somebody of whom nothing is left', async () => {
    await leaves();
    await erase();
    const out = join(directory, 'out');
    const options = { study: STUDY, format: 'csv', freeText: true, contacts: true, arms: false } as const;
    await exportStudy(office, options, await openExportFolder(out));
    const rows = readTable(await readFile(join(out, 'participants.csv')));
    assert.deepEqual(rows.map(({ erased }) => erased).toSorted(), ['0', '1']);
    const code = rows.find(({ erased }) => erased === '1')?.participant;
    for (const name of ['answers.csv', 'scores.csv']) {
      assert.ok(!readTable(await readFile(join(out, name))).some(({ participant }) => participant === code), name);
    }
    assert.ok(!(await readFile(join(out, 'answers.csv'), 'utf8')).includes(WORDS));
  });

  it('leaves nothing to release of what was kept apart, and lets it be kept out', async () => {
    await leaves();
    const late = sentNow(office, { studyVersion: office.version });
    assert.deepEqual((await handedIn(office, one, late)).receipt().deviations, [
      'answered-before',
      'consent-withdrawn',
    ]);
    await erase();
    const rule = (ruling: string) =>
      send(
        office,
        'POST',
        `/studies/${STUDY}/staff/kept-apart/${late.id}`,
        { ruling, reason: 'r' },
        { secret: coordinator },
      );
    const released = await rule('release');
    assert.deepEqual([released.status, released.problem()], [409, 'was-erased']);
    assert.equal((await rule('keep-out')).status, 204);
  });

  it('knows what was sent again all the same, and keeps it no second time', async () => {
    const screened = await screeningOf(one);
    const given = JSON.parse(screened.body);
    const before = await office.post(given);
    await leaves();
    await erase();
    const again = await office.post(given);
    assert.deepEqual([again.status, again.body], [200, before.body]);
    assert.equal((await screeningOf(one)).body, '');
  });
  const screeningOf = async ({ id }: Person) => {
    const row = await office.store.transaction(async (tx) => {
      const screenings = await tx.screenings(STUDY);
      return tx.submission(STUDY, screenings.find(({ participant }) => participant === id)?.id ?? '');
    });
    return row ?? assert.fail('they were screened');
  };

  it('ends every way in: nothing more arrives from a device of theirs', async () => {
    await leaves();
    await erase();
    assert.equal((await as(office, one.device.token, `/studies/${STUDY}/me`)).status, 401);
    assert.equal((await as(office, other.device.token, `/studies/${STUDY}/me`)).status, 200);
  });

  it('takes in nothing that was on its way while they were signed in', async () => {
    await leaves();
    const { token, writeKey } = one.device;
    const { study, id, ...rest } = sentNow(office, { studyVersion: office.version });
    const draft = { study, studyVersion: office.version, step: 'session', startedAt: office.clock.now, answers: {} };
    const arriving = [
      slowly('POST', 'submissions', { ...rest, study, id }, writeKey, { 'Idempotency-Key': id }),
      slowly('PUT', 'me/drafts/session', draft, token, { 'If-None-Match': '*' }),
      slowly('PUT', 'me/return', { returnHash: (await newDevice()).hashes.returnHash }, token),
      slowly('POST', 'me/calendar', { language: 'en' }, token),
    ];
    await Promise.all(arriving.map(({ begun }) => begun));
    const before = await erase();
    for (const { goOn, answer } of arriving) {
      goOn();
      assert.equal((await answer).problem(), 'not-signed-in');
    }
    assert.equal((await erase()).body, before.body);
    await office.store.transaction(async (tx) => {
      assert.equal(await tx.countDrafts(STUDY, one.id), 0);
      assert.equal(await tx.submission(STUDY, id), undefined);
      assert.ok((await tx.invitations(STUDY, one.id)).every(({ endedAt, spentAt }) => endedAt ?? spentAt));
    });
  });
  /** A request whose body comes only when it is told to: until then its sender is signed in, and it waits. */
  function slowly(method: string, path: string, body: unknown, secret: string, headers: Record<string, string> = {}) {
    const [begun, going] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const stream = new ReadableStream(
      {
        async pull(controller) {
          begun.resolve();
          await going.promise;
          controller.enqueue(new TextEncoder().encode(JSON.stringify(body)));
          controller.close();
        },
      },
      { highWaterMark: 0 },
    );
    const init = { method, body: stream, duplex: 'half', headers: { 'Content-Type': 'application/json', ...headers } };
    const answer = as(office, secret, `/studies/${STUDY}/${path}`, init);
    return { begun: begun.promise, goOn: going.resolve, answer };
  }

  it('is refused where nobody has asked for it, or it was taken back, or the coordinator is of another site', async () => {
    assert.equal((await erase()).problem(), 'not-asked-to-erase');
    await leaves(false);
    assert.equal((await erase()).problem(), 'not-asked-to-erase');
    await leaves();
    await signs(office, one.device, { studyVersion: office.version, after: await last() });
    assert.equal((await erase()).problem(), 'not-asked-to-erase', 'they take part again');
    await leaves();
    assert.equal((await erase(one.id, await hire(['south']))).problem(), 'unknown-participant');
    assert.equal((await erase('nobody')).problem(), 'unknown-participant');
    const certificate = await as(office, coordinator, `/studies/${STUDY}/participants/${one.id}/erasure`);
    assert.equal(certificate.problem(), 'unknown-erasure');
    assert.ok((await email()).includes('@'), 'and all of it is there');
  });
  const last = async () => (await office.store.transaction((tx) => tx.decisions(STUDY, one.id))).at(-1)?.submission;

  it('takes away what the study file names, and nothing where it names nothing', async () => {
    await office.receiver.close();
    await rm(file);
    await open({ ...RETENTION, erase: ['contact'] });
    await leaves();
    await erase();
    assert.equal(await email(), '');
    const scores = await office.store.transaction((tx) => tx.scoresOfParticipant(STUDY, one.id));
    assert.ok(scores.length > 0);

    await office.receiver.close();
    await rm(file);
    await open();
    await leaves();
    assert.equal((await erase()).problem(), 'erasure-not-offered');
  });
});
