import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { run } from '../../../src/cli/verify.ts';
import { type ConsentRecord, consentRecordSchema } from '../../../src/consent/record.ts';
import { fitted, jsonOf } from '../../../src/study/read.ts';
import { canonicalBytes, digestOf } from '../../../src/submission/digest.ts';
import { type Ran, runCommand, withFiles } from '../../support/command-io.ts';
import { exampleWithConsent } from '../../support/consent.ts';
import {
  type ConsentOffice,
  documentIn,
  myConsent,
  openConsentOffice,
  recordText,
  restarted,
  STUDY,
  signed,
  signs,
  somebody,
  taken,
  unsigned,
  withdrawal,
} from '../../support/consent-office.ts';
import { enrolled, eventsOf, me, postAs, send } from '../../support/participants.ts';
import { NOW, openOffice } from '../../support/receiver.ts';

const recordIn = (text: string): ConsentRecord => fitted(consentRecordSchema, jsonOf(text)) ?? assert.fail(text);

/** `steady verify`, by the keys that the receiver publishes. */
async function verified(office: ConsentOffice, record: string): Promise<Ran> {
  const { body: keys } = await office.ask(`/studies/${STUDY}/keys`);
  let ran: Ran | undefined;
  await withFiles({ 'record.json': record, 'keys.json': keys }, async (pathOf) => {
    ran = await runCommand(run, [pathOf('record.json'), '--key', pathOf('keys.json')]);
  });
  return ran ?? assert.fail();
}

describe('a signature that stands', () => {
  it('gets a receipt, and a record that anybody can verify by the published key', async () => {
    const office = await openConsentOffice();
    const { device, id } = await somebody(office);
    const given = await signed(documentIn(office));
    const answer = await taken(office, device, given);
    const { auditHead, ...receipt } = answer.receipt();
    assert.deepEqual(receipt, {
      id: given.id,
      receivedAt: NOW,
      digest: await digestOf(given),
      deviations: [],
      next: 'screening',
    });
    const heads = await office.store.transaction((tx) => tx.auditHeads(STUDY));
    assert.ok(heads.some(({ mac }) => mac === auditHead));
    const { code, stdout, stderr } = await verified(office, await recordText(office, device, given));
    assert.equal(code, 0, stderr);
    assert.match(stdout, /: good\n {2}document {3}calm-ward, consent version 1\.0, in en\n/);
    assert.deepEqual(await eventsOf(office, id, STUDY), [
      ...['invitation-made', 'participant-enrolled', 'consent-signed', 'record-taken'],
    ]);
  });

  it('P1, P3, P6, E3, E6: is recorded with name, meaning, both times, role, identity, version, approval and digest', async () => {
    const office = await openConsentOffice();
    const { device, id: participant } = await somebody(office);
    const given = await signs(office, device);
    const record = recordIn(await recordText(office, device, given));
    const { statement, statementDigest } = record;
    assert.deepEqual(
      [record.mode, record.studyVersion, record.participant, record.submission],
      ['test', '1.2.0', participant, given.id],
    );
    assert.equal(record.receivedAt, NOW);
    assert.equal(record.identity, 'participant-token, invitation');
    assert.deepEqual(statement.signature, given.signature);
    assert.deepEqual(statement.document, documentIn(office));
    assert.deepEqual([statement.choices, statement.checks], [given.choices, given.checks]);
    assert.equal(statementDigest, given.statementDigest);
  });

  it('E3: says whether the invitation asked for something beside its code', async () => {
    const office = await openConsentOffice();
    const { device } = await enrolled(office, { study: STUDY, check: '1980' });
    const given = await signs(office, device);
    const { identity } = recordIn(await recordText(office, device, given));
    assert.equal(identity, 'participant-token, invitation with check');
  });

  it('P3: fails once a byte of its record is changed, and when the digest is made anew', async () => {
    const office = await openConsentOffice();
    const { device } = await somebody(office);
    const text = await recordText(office, device, await signs(office, device));
    const renamed = text.replace('"name":"Ana Pérez"', '"name":"Ana Peréz"');
    assert.notEqual(renamed, text);
    assert.match((await verified(office, renamed)).stderr, /was changed after it was signed/);
    const record = JSON.parse(renamed);
    record.statementDigest = await digestOf(record.statement);
    const again = new TextDecoder().decode(canonicalBytes(record));
    assert.match((await verified(office, again)).stderr, /does not carry the signature/);
  });

  it('is kept byte for byte, and its record apart', async () => {
    const office = await openConsentOffice();
    const { device, id: participant } = await somebody(office);
    const given = await signed(documentIn(office));
    const body = ` ${JSON.stringify(given, null, 1)}\n`;
    const headers = { 'Content-Type': 'application/json', 'Idempotency-Key': given.id };
    const answer = await office.ask(`/studies/${STUDY}/submissions`, {
      ...{ method: 'POST', body, headers: { ...headers, Authorization: `Bearer ${device.token}` } },
    });
    assert.equal(answer.status, 201, answer.body);
    const row = await office.store.transaction((tx) => tx.decision(STUDY, given.id));
    assert.deepEqual(
      [row?.body, row?.participant, row?.outcome, row?.version, row?.language, row?.documentDigest],
      [body, participant, 'signed', '1.0', 'en', given.documentDigest],
    );
    assert.equal((await office.store.transaction((tx) => tx.submission(STUDY, given.id)))?.id, undefined);
  });

  it('is taken once: the same again gets the same receipt, whatever has changed since', async () => {
    const office = await openConsentOffice({}, { tokenIdleDays: 1_000 });
    const { device } = await somebody(office);
    const given = await signed(documentIn(office));
    const first = await taken(office, device, given);
    await taken(office, device, withdrawal());
    office.clock.now = '2027-06-01T00:00:00.000Z';
    const again = await postAs(office, device.token, given);
    assert.deepEqual([again.status, again.body], [200, first.body]);
    assert.equal(again.headers.get('idempotency-replayed'), 'true');
    assert.equal((await myConsent(office, device)).records.length, 1);
    const changed = await postAs(office, device.token, { ...given, timeZone: 'Europe/Madrid' });
    assert.equal(changed.problem(), 'content-differs');
  });

  it('stands in the words of an older study file, where they are the same today', async () => {
    const office = await openConsentOffice();
    const { device } = await somebody(office);
    const given = await signed(documentIn(office));
    const later = await restarted(office, exampleWithConsent({ version: '1.3.0', sponsor: 'Somebody new' }));
    const answer = await taken(later, device, given);
    assert.deepEqual(answer.receipt().deviations, ['older-version']);
    assert.equal(recordIn(await recordText(later, device, given)).studyVersion, '1.2.0');
  });

  it('is one record, however many come at once', async () => {
    const office = await openConsentOffice();
    const { device, id } = await somebody(office);
    const given = await Promise.all(Array.from({ length: 6 }, () => signed(documentIn(office))));
    const answers = await Promise.all(given.map((one) => postAs(office, device.token, one)));
    assert.deepEqual(answers.map(({ status }) => status).sort(), [201, 422, 422, 422, 422, 422]);
    for (const one of answers.filter(({ status }) => status === 422)) {
      assert.equal(one.problem(), 'consent-decided-since');
    }
    assert.equal((await myConsent(office, device)).records.length, 1);
    const events = await eventsOf(office, id, STUDY);
    assert.equal(events.filter((event) => event === 'consent-signed').length, 1, 'what was refused left nothing');
  });
});

describe('a signature by whoever', () => {
  const cases = { 'nobody who is signed in': 'not-signed-in', 'a write key': 'token-needed' } as const;
  for (const [who, problem] of Object.entries(cases)) {
    it(`P6: is not taken from ${who}, nor is anything else about the consent`, async () => {
      const office = await openConsentOffice();
      const { device } = await somebody(office);
      const document = documentIn(office);
      for (const given of [await signed(document), await unsigned(document, 'declined'), withdrawal()]) {
        const answer =
          problem === 'not-signed-in' ? await office.post(given) : await postAs(office, device.writeKey, given);
        assert.deepEqual([answer.status, answer.problem()], [problem === 'not-signed-in' ? 401 : 403, problem]);
      }
      assert.equal((await myConsent(office, device)).state, 'none');
      const taking = await signed(document);
      await taken(office, device, taking);
      const again = who === 'a write key' ? postAs(office, device.writeKey, taking) : office.post(taking);
      assert.equal((await again).problem(), problem, 'nor is its receipt given again');
    });
  }

  it('is not taken by a study that asks for none', async () => {
    const office = await openConsentOffice();
    const { device } = await somebody(office);
    const { consent: _, ...json } = exampleWithConsent({ version: '2.0.0' });
    const later = await openOffice({ ...office, studies: [json] });
    for (const given of [await signed(documentIn(office)), await unsigned(documentIn(office), 'paper')]) {
      assert.equal((await postAs(later, device.token, given)).problem(), 'not-offered');
    }
    assert.equal((await me(later, device, STUDY)).consent, undefined);
    assert.equal((await postAs(later, device.token, withdrawal())).status, 201, 'whoever leaves can leave');
  });
});

describe('what is no consent submission', () => {
  const cases: readonly (readonly [name: string, change: (given: object) => object, faults: readonly string[]])[] = [
    ['a signature without a digest', (given) => ({ ...given, statementDigest: undefined }), ['statementDigest kind']],
    ['another outcome', (given) => ({ ...given, outcome: 'perhaps' }), ['outcome no-such']],
    ['a decline that tells what was chosen', (given) => ({ ...given, outcome: 'declined' }), []],
    ['a proof without end', (given) => ({ ...given, proof: 'x'.repeat(8_193) }), ['proof most']],
    [
      'an event that there is not',
      (given) => ({ ...given, events: [{ type: 'blinked' }] }),
      ['events[0].type no-such'],
    ],
  ];
  for (const [name, change, faults] of cases) {
    it(`is refused with the places that are wrong: ${name}`, async () => {
      const office = await openConsentOffice();
      const { device } = await somebody(office);
      const given = await signed(documentIn(office));
      const answer = await send(office, 'POST', `/studies/${STUDY}/submissions`, change(given), {
        ...{ secret: device.token, headers: { 'Idempotency-Key': given.id } },
      });
      assert.deepEqual([answer.status, answer.problem()], [422, 'not-a-submission']);
      const found = answer.faults();
      assert.ok(found.length > 0 && faults.every((fault) => found.includes(fault)), found.join());
    });
  }
});
