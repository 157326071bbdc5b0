import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { consentDeviation, consentStanding } from '../../../src/receiver/consent/standing.ts';
import { readStudy } from '../../../src/receiver/served-study.ts';
import type { Store } from '../../../src/receiver/store/store.ts';
import { exampleWithConsent, laterVersion } from '../../support/consent.ts';
import {
  documentIn,
  myConsent,
  openConsentOffice,
  restarted,
  STUDY,
  signed,
  signs,
  somebody,
  taken,
  unsigned,
  withdrawal,
} from '../../support/consent-office.ts';
import { eventsOf, postAs } from '../../support/participants.ts';
import { NOW } from '../../support/receiver.ts';

describe('somebody who does not sign', () => {
  for (const outcome of ['declined', 'deferred', 'paper'] as const) {
    it(`C3, E2, P4: is heard: ${outcome} is kept, with a receipt and an audit row`, async () => {
      const office = await openConsentOffice();
      const { device, id: participant } = await somebody(office);
      const given = await unsigned(documentIn(office), outcome);
      const answer = await taken(office, device, given);
      assert.deepEqual([answer.receipt().id, answer.receipt().deviations], [given.id, []]);
      const row = await office.store.transaction((tx) => tx.decision(STUDY, given.id));
      assert.deepEqual(
        [row?.participant, row?.outcome, row?.version, row?.receivedAt, row?.body],
        [participant, outcome, '1.0', NOW, JSON.stringify(given)],
      );
      assert.equal((await eventsOf(office, participant, STUDY)).at(-1), `consent-${outcome}`);
      const { state } = await myConsent(office, device);
      assert.equal(state, outcome === 'declined' ? 'declined' : 'none');
      assert.equal((await postAs(office, device.token, given)).body, answer.body, 'once');
    });
  }

  const unusual = {
    'older-version': { studyVersion: '1.1.0' },
    'unknown-version': { studyVersion: '0.1.0' },
    mode: { mode: 'live' },
    'document-differs': { documentDigest: 'a'.repeat(64) },
    late: { startedAt: '2026-03-01T00:00:00.000Z', submittedAt: '2026-03-01T00:00:00.000Z' },
  } as const;
  for (const [deviation, changes] of Object.entries(unusual)) {
    it(`is heard whatever is unusual, which is named: ${deviation}`, async () => {
      const first = await openConsentOffice({ version: '1.1.0' });
      const office = await openConsentOffice({}, first);
      const { device } = await somebody(office);
      const given = await unsigned(documentIn(office), 'declined', changes);
      assert.deepEqual((await taken(office, device, given)).receipt().deviations, [deviation]);
      assert.equal((await myConsent(office, device)).state, 'declined');
    });
  }

  it('is one decision where two receivers took it at once: whoever waited gives the receipt of the other', async () => {
    const office = await openConsentOffice();
    const { device } = await somebody(office);
    const given = await unsigned(documentIn(office), 'declined');
    const first = await taken(office, device, given);
    // Two looks that came too early to see what the other receiver has written since.
    let early = 2;
    const store: Store = {
      ...office.store,
      transaction: (work) =>
        office.store.transaction((tx) =>
          work({ ...tx, intake: async (...place) => (early-- > 0 ? undefined : tx.intake(...place)) }),
        ),
    };
    const second = await restarted(office, exampleWithConsent(), { store });
    const answer = await postAs(second, device.token, given);
    assert.deepEqual([answer.status, answer.body], [200, first.body]);
  });

  it('is kept where it names things in letters that no engine keeps', async () => {
    const office = await openConsentOffice();
    const { device } = await somebody(office);
    const given = await unsigned(documentIn(office), 'deferred', { version: '1\0', locale: 'en\0' });
    await taken(office, device, given);
    const row = await office.store.transaction((tx) => tx.decision(STUDY, given.id));
    assert.deepEqual([row?.version, row?.language], ['1\uFFFD', 'en\uFFFD']);
    assert.deepEqual(JSON.parse(row?.body ?? ''), given);
  });

  it('is heard of a version that is over, or that never was', async () => {
    const office = await openConsentOffice({ 'consent.versions[1]': laterVersion('2.0', '2026-03-01') });
    const { device } = await somebody(office);
    const over = await unsigned(documentIn(office), 'declined');
    assert.deepEqual((await taken(office, device, over)).receipt().deviations, ['not-in-force']);
    const never = await unsigned(documentIn(office), 'declined', { version: '9.0', after: over.id });
    assert.deepEqual((await taken(office, device, never)).receipt().deviations, ['document-differs', 'not-in-force']);
  });

  it('C3: is believed over a signature from elsewhere that they did not know of, with that named', async () => {
    const office = await openConsentOffice();
    const { device } = await somebody(office);
    const waiting = await unsigned(documentIn(office), 'declined');
    const { id } = await signs(office, device);
    assert.deepEqual((await taken(office, device, waiting)).receipt().deviations, ['decided-since']);
    const { state, version, records } = await myConsent(office, device);
    assert.deepEqual([state, version, records.map(({ submission }) => submission)], ['declined', '1.0', [id]]);
  });
});

describe('a withdrawal', () => {
  const scopes = [
    ['intervention', 'intervention-withdrawn', { state: 'signed', intervention: 'withdrawn', authorization: 'open' }],
    ['authorization', 'authorization-revoked', { state: 'signed', intervention: 'open', authorization: 'revoked' }],
    ['study', 'study-withdrawn', { state: 'withdrawn', intervention: 'open', authorization: 'open' }],
  ] as const;
  for (const [scope, event, standing] of scopes) {
    it(`C11, H4: from the ${scope} ends that and nothing else, with a receipt`, async () => {
      const office = await openConsentOffice();
      const { device, id: participant } = await somebody(office);
      const { id: submission } = await signs(office, device);
      const given = withdrawal(scope, { erase: true });
      const answer = await taken(office, device, given);
      assert.equal(answer.receipt().id, given.id);
      const { state, intervention, authorization, records, after } = await myConsent(office, device);
      assert.deepEqual({ state, intervention, authorization }, standing);
      assert.deepEqual([records.map((one) => one.submission), after], [[submission], given.id], 'E7: the record stays');
      const row = await office.store.transaction((tx) => tx.decision(STUDY, given.id));
      assert.deepEqual([row?.outcome, row?.scope, row?.erase, row?.version], ['withdrawn', scope, true, null]);
      assert.equal((await eventsOf(office, participant, STUDY)).at(-1), event);
    });
  }

  it('is heard whatever it claims to be, and is named', async () => {
    const office = await openConsentOffice();
    const { device } = await somebody(office);
    const given = withdrawal('study', { mode: 'live', studyVersion: '9.9.9' });
    assert.deepEqual((await taken(office, device, given)).receipt().deviations, ['unknown-version', 'mode']);
    assert.equal((await myConsent(office, device)).state, 'withdrawn');
  });

  it('says nothing of what was left to whoever is asked for more: nothing is next', async () => {
    const office = await openConsentOffice();
    const { device } = await somebody(office);
    assert.equal((await taken(office, device, withdrawal())).receipt().next, undefined);
  });
});

describe('data of somebody whose consent does not stand', () => {
  it('has a name to be kept apart by, which ends once they have signed', async () => {
    const office = await openConsentOffice();
    const { device, id } = await somebody(office);
    const text = JSON.stringify(exampleWithConsent());
    const known = { current: await readStudy(text, 'f.json') };
    const deviation = () => office.store.transaction((tx) => consentDeviation(tx, known, id));
    const state = () => office.store.transaction(async (tx) => (await consentStanding(tx, STUDY, id)).state);
    assert.deepEqual([await deviation(), await state()], ['no-consent', 'none']);
    const declined = await unsigned(documentIn(office), 'declined');
    await taken(office, device, declined);
    assert.deepEqual([await deviation(), await state()], ['consent-declined', 'declined']);
    await signs(office, device, { after: declined.id });
    assert.deepEqual([await deviation(), await state()], [undefined, 'signed']);
    await taken(office, device, withdrawal('intervention'));
    assert.deepEqual([await deviation(), await state()], [undefined, 'signed']);
    await taken(office, device, withdrawal('study'));
    assert.deepEqual([await deviation(), await state()], ['consent-withdrawn', 'withdrawn']);
  });

  it('has none where the study asks for no consent, until they leave', async () => {
    const office = await openConsentOffice();
    const { device, id } = await somebody(office);
    const { consent: _, ...json } = exampleWithConsent();
    const known = { current: await readStudy(JSON.stringify(json), 'f.json') };
    const deviation = () => office.store.transaction((tx) => consentDeviation(tx, known, id));
    assert.equal(await deviation(), undefined);
    await taken(office, device, withdrawal());
    assert.equal(await deviation(), 'consent-withdrawn');
  });
});

describe('the audit of a consent', () => {
  it('P4: has a row for each decision, in order, with ids and without a word of it', async () => {
    const office = await openConsentOffice();
    const { device, id: participant } = await somebody(office);
    const steps = [await unsigned(documentIn(office), 'deferred'), await signed(documentIn(office)), withdrawal()];
    for (const given of steps) await taken(office, device, given);
    const rows = await office.store.transaction((tx) => tx.auditRows(STUDY, `participant:${participant}`));
    assert.deepEqual(
      rows.slice(-3).map(({ event, subjects, at }) => [event, subjects, at]),
      steps.map(({ id }, index) => [
        ['consent-deferred', 'consent-signed', 'study-withdrawn'][index],
        [participant, id],
        NOW,
      ]),
    );
    const decisions = await office.store.transaction((tx) => tx.decisions(STUDY, participant));
    assert.deepEqual(
      decisions.map(({ seq }) => seq),
      rows.slice(-3).map(({ seq }) => seq),
    );
    assert.ok(!JSON.stringify(rows).includes('Ana'));
  });
});
