import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { describe, it } from 'node:test';
import { run as verify } from '../../../src/cli/verify.ts';
import { createRecordKeys } from '../../../src/receiver/consent/record-keys.ts';
import { PAGE } from '../../../src/receiver/staff/schemas.ts';
import { addStaff } from '../../../src/receiver/staff/staff-tokens.ts';
import { runCommand, withFiles } from '../../support/command-io.ts';
import { exampleWithConsent } from '../../support/consent.ts';
import {
  type ConsentOffice,
  documentIn,
  openConsentOffice,
  recordText,
  restarted,
  STUDY,
  signs,
  somebody,
  taken,
  unsigned,
  withdrawal,
} from '../../support/consent-office.ts';
import { as, enrolled, eventsOf } from '../../support/participants.ts';
import { readPdf } from '../../support/pdf.ts';

const mine = (submission: string): string => `/studies/${STUDY}/me/records/${submission}`;
const theirs = (participant: string, submission: string): string =>
  `/studies/${STUDY}/participants/${participant}/records/${submission}`;

async function hire(office: ConsentOffice, sites: readonly string[] = []): Promise<{ token: string; id: string }> {
  const { store, keys, clock } = office;
  const given = { study: STUDY, role: 'coordinator', name: 'C', sites, series: [], days: 9 } as const;
  const { token, row } = await addStaff({ store, keys, now: () => new Date(clock.now) }, given);
  return { token, id: row.id };
}

describe('a participant’s copies', () => {
  it('C14, E7, E8: are there for as long as the study, of every version that they signed, also once they have left', async () => {
    const office = await openConsentOffice({}, { tokenIdleDays: 1_000 });
    const { device } = await somebody(office);
    const { id } = await signs(office, device);
    const first = await recordText(office, device, { id });
    await taken(office, device, withdrawal());
    office.clock.now = '2027-06-01T00:00:00.000Z';
    assert.equal(await recordText(office, device, { id }), first);
    const answer = await as(office, device.token, mine(id));
    assert.deepEqual(
      ['content-type', 'content-disposition', 'cache-control', 'x-content-type-options'].map((name) =>
        answer.headers.get(name),
      ),
      ['application/json', `attachment; filename="consent-calm-ward-${id}.json"`, 'no-store', 'nosniff'],
    );
  });

  it('P4: are audited when they are taken, each by its name', async () => {
    const office = await openConsentOffice();
    const { device, id: participant } = await somebody(office);
    const { id } = await signs(office, device);
    await as(office, device.token, mine(id));
    await as(office, device.token, `${mine(id)}/copy`);
    assert.deepEqual((await eventsOf(office, participant, STUDY)).slice(-2), ['record-taken', 'copy-taken']);
    const rows = await office.store.transaction((tx) => tx.auditRows(STUDY, `participant:${participant}`));
    assert.deepEqual(rows.at(-1)?.subjects, [participant, id]);
  });

  it('are theirs alone, and only of what was signed', async () => {
    const office = await openConsentOffice();
    const { device, id: participant } = await somebody(office);
    const stranger = await somebody(office);
    const { id } = await signs(office, device);
    const declined = await unsigned(documentIn(office), 'declined', { after: id });
    await taken(office, device, declined);
    for (const path of [mine(id), `${mine(id)}/copy`]) {
      assert.equal((await as(office, stranger.device.token, path)).problem(), 'unknown-record');
      assert.equal((await as(office, device.writeKey, path)).status, 401);
    }
    for (const unknown of [declined.id, participant, 'x', '..']) {
      const answer = await as(office, device.token, `${mine(encodeURIComponent(unknown))}/copy`);
      assert.ok(answer.status === 404, `${unknown}: ${answer.status}`);
    }
    assert.ok(!(await eventsOf(office, stranger.id, STUDY)).includes('record-taken'));
  });

  it('P3: are not made of a record that was changed in the database; the record is handed out as it is', async () => {
    const office = await openConsentOffice();
    const { device, id: participant } = await somebody(office);
    const { id } = await signs(office, device);
    const { id: other } = await signs(office, device, { language: 'es', after: id });
    const record = await recordText(office, device, { id: other });
    const forged = { ...office.store, transaction: office.store.transaction };
    const store = {
      ...forged,
      transaction: <T>(work: Parameters<typeof office.store.transaction<T>>[0]) =>
        office.store.transaction((tx) =>
          work({
            ...tx,
            async record(study, submission) {
              const row = await tx.record(study, submission);
              return row && { ...row, record: row.record.replaceAll('Ana Pérez', 'Eve Pérez') };
            },
          }),
        ),
    };
    const later = await restarted(office, exampleWithConsent(), { store });
    const answer = await as(later, device.token, `${mine(id)}/copy`);
    assert.deepEqual([answer.status, answer.problem()], [500, 'record-damaged']);
    assert.notEqual(await recordText(later, device, { id: other }), record);
    assert.ok(!(await eventsOf(office, participant, STUDY)).includes('copy-taken'));
  });

  it('P3: verify by a key that was retired since, which stays published', async () => {
    const [old, next] = [generateKeyPairSync('ed25519'), generateKeyPairSync('ed25519')];
    const before = await openConsentOffice({}, { recordKeys: await createRecordKeys(old.privateKey) });
    const { device } = await somebody(before);
    const first = await signs(before, device);
    const recordKeys = await createRecordKeys(next.privateKey, [old.publicKey]);
    const office = await restarted(before, exampleWithConsent(), { recordKeys });
    const second = await signs(office, device, { language: 'es', after: first.id });
    const { body } = await office.ask(`/studies/${STUDY}/keys`);
    const { keys } = JSON.parse(body);
    assert.deepEqual(
      keys.map(({ kid, kty, crv, use, alg, d }: Record<string, string>) => [kid, kty, crv, use, alg, d]),
      [office, before].map((one) => [one.recordKeys.current.id, 'OKP', 'Ed25519', 'sig', 'EdDSA', undefined]),
    );
    for (const [{ id }, key] of [
      [first, keys[1].kid],
      [second, keys[0].kid],
    ]) {
      const record = await recordText(office, device, { id });
      assert.equal(JSON.parse(record).keyId, key);
      await withFiles({ 'record.json': record, 'keys.json': body }, async (pathOf) => {
        const { code, stderr } = await runCommand(verify, [pathOf('record.json'), '--key', pathOf('keys.json')]);
        assert.equal(code, 0, stderr);
      });
      assert.equal((await as(office, device.token, `${mine(id)}/copy`)).status, 200);
    }
    assert.equal((await office.ask('/studies/nothing/keys')).problem(), 'unknown-study');
  });
});

describe('a coordinator', () => {
  it('finds every decision, the newest first, by id and without a name', async () => {
    const office = await openConsentOffice();
    const { token } = await hire(office);
    const north = await enrolled(office, { study: STUDY, site: 'north' });
    const { id: signedId } = await signs(office, north.device);
    const left = withdrawal('intervention', { erase: true });
    await taken(office, north.device, left);
    const other = await somebody(office);
    const late = await unsigned(documentIn(office), 'declined', { studyVersion: '1.0.0' });
    await taken(office, other.device, late);
    const answer = await as(office, token, `/studies/${STUDY}/staff/decisions`);
    const { decisions, next } = JSON.parse(answer.body);
    const common = { mode: 'test', receivedAt: office.clock.now };
    const about = { version: '1.0', language: 'en' };
    assert.deepEqual(
      decisions.map(({ id: _, ...decision }: { id: string }) => decision),
      [
        {
          ...{ submission: late.id, participant: other.id, outcome: 'declined', ...about },
          ...{ deviations: ['unknown-version'], ...common },
        },
        {
          ...{ submission: left.id, participant: north.id, outcome: 'withdrawn', site: 'north' },
          ...{ scope: 'intervention', erase: true, deviations: [], ...common },
        },
        {
          ...{ submission: signedId, participant: north.id, outcome: 'signed', site: 'north', ...about },
          ...{ deviations: [], ...common },
        },
      ],
    );
    assert.equal(next, null);
    assert.ok(!answer.body.includes('Ana'));
    const south = await hire(office, ['south']);
    assert.deepEqual(JSON.parse((await as(office, south.token, `/studies/${STUDY}/staff/decisions`)).body), {
      decisions: [],
      next: null,
    });
  });

  it('gets them page by page', async () => {
    const office = await openConsentOffice();
    const { token } = await hire(office);
    const { device } = await somebody(office);
    const given = Array.from({ length: PAGE + 5 }, () => withdrawal('authorization'));
    const limits = { perCaller: 10_000 };
    const busy = await restarted(office, exampleWithConsent(), { limits });
    for (const one of given) await taken(busy, device, one);
    const list = `/studies/${STUDY}/staff/decisions`;
    const first = JSON.parse((await as(busy, token, list)).body);
    const second = JSON.parse((await as(busy, token, `${list}?after=${first.next}`)).body);
    const all = [...first.decisions, ...second.decisions].map(({ submission }) => submission);
    assert.deepEqual([first.decisions.length, second.decisions.length, second.next], [PAGE, 5, null]);
    assert.deepEqual(all, given.map(({ id }) => id).toReversed());
  });

  it('takes a participant’s record and copy, at their own sites, and the audit says who did', async () => {
    const office = await openConsentOffice();
    const north = await enrolled(office, { study: STUDY, site: 'north' });
    const { id } = await signs(office, north.device);
    const here = await hire(office, ['north']);
    const record = await as(office, here.token, theirs(north.id, id));
    assert.equal(record.body, await recordText(office, north.device, { id }));
    const copy = await as(office, here.token, `${theirs(north.id, id)}/copy`);
    assert.match((await readPdf(copy.bytes)).words, /Ana Pérez/);
    const rows = await office.store.transaction((tx) => tx.auditRows(STUDY, `participant:${north.id}`));
    assert.deepEqual(rows.at(-1)?.subjects, [north.id, id, here.id]);
    const there = await hire(office, ['south']);
    assert.equal((await as(office, there.token, theirs(north.id, id))).problem(), 'unknown-participant');
    const other = await somebody(office);
    assert.equal((await as(office, (await hire(office)).token, theirs(other.id, id))).problem(), 'unknown-record');
  });
});
