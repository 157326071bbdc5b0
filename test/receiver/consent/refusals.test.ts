import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { v7 } from 'uuid';
import { refuseHindered } from '../../../src/receiver/consent/refuse-signature.ts';
import { Refusal } from '../../../src/receiver/refusal.ts';
import type { SignedSubmission } from '../../../src/submission/consent-submission.ts';
import { digestOf } from '../../../src/submission/digest.ts';
import { exampleWithConsent, laterVersion } from '../../support/consent.ts';
import {
  type ConsentOffice,
  documentIn,
  myConsent,
  officeFor,
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
import { type Device, eventsOf, postAs } from '../../support/participants.ts';
import { type Changes, REMOVED } from '../../support/studies.ts';

/** Posts what must be refused: nothing of it is kept, and nothing else changes by it. */
async function refused(
  office: ConsentOffice,
  { device, id }: { device: Device; id: string },
  given: SignedSubmission,
): Promise<{ problem: string; faults: string[] }> {
  const before = [await myConsent(office, device), await eventsOf(office, id, STUDY)];
  const answer = await postAs(office, device.token, given);
  assert.equal(answer.status, 422, answer.body);
  assert.deepEqual([await myConsent(office, device), await eventsOf(office, id, STUDY)], before);
  const kept = await office.store.transaction(async (tx) => [
    await tx.decision(STUDY, given.id),
    await tx.record(STUDY, given.id),
  ]);
  assert.deepEqual(kept, [undefined, undefined]);
  return { problem: answer.problem(), faults: answer.faults() };
}

type Change = (given: SignedSubmission) => SignedSubmission | Promise<SignedSubmission>;

/** Its digest made for it, as a careful forger would: what is broken is found all the same. */
async function redigested(given: SignedSubmission): Promise<SignedSubmission> {
  const { choices, checks, signature, version, locale } = given;
  const document = documentIn(await openConsentOffice(), version, locale);
  return { ...given, statementDigest: await digestOf({ document, choices, checks, signature }) };
}

const withoutEvents =
  (...types: string[]): Change =>
  (given) => ({ ...given, events: given.events.filter(({ type }) => !types.includes(type)) });

const withSignature =
  (changes: Partial<SignedSubmission['signature']>): Change =>
  ({ signature, ...given }) =>
    redigested({ ...given, signature: { ...signature, ...changes } });

const isAbout = (section: string) => (event: SignedSubmission['events'][number]) =>
  event.type === 'section-viewed' && event.section === section;

const brokenOnes: readonly (readonly [name: string, change: Change, problem: string, faults?: readonly string[]])[] = [
  ['P3: whose words are not the receiver’s', (given) => ({ ...given, documentDigest: 'a'.repeat(64) }), 'document'],
  ['P3: of which something was changed on its way', (given) => ({ ...given, choices: {} }), 'statement'],
  ['of another mode', (given) => ({ ...given, mode: 'live' }), 'mode-differs'],
  ['E6: of a version that there is not', (given) => ({ ...given, version: '7.0' }), 'version-unknown'],
  ['in a language that the study has not', (given) => ({ ...given, locale: 'fr' }), 'language-unknown'],
  [
    'C1, P5: with a section that was never opened',
    ({ events, ...given }) => ({ ...given, events: events.filter((event) => !isAbout('risks')(event)) }),
    ...(['incomplete', ['events section-missing']] as const),
  ],
  [
    'P5: with the events in an order that cannot be',
    ({ events, ...given }) => ({
      ...given,
      events: [...events.filter((event) => !isAbout('voluntary')(event)).slice(0, -1), ...events.slice(-1)],
    }),
    ...(['incomplete', ['events events-differ']] as const),
  ],
  [
    'E5: with a check that was not passed',
    ({ events, checks: _, ...given }) =>
      redigested({ ...given, checks: {}, events: events.filter(({ type }) => type !== 'check-answered') }),
    ...(['incomplete', ['events check-missing']] as const),
  ],
  [
    'P5: without a choice that has to be made',
    ({ events, choices: _, ...given }) =>
      redigested({ ...given, choices: {}, events: events.filter(({ type }) => type !== 'choice-changed') }),
    ...(['incomplete', ['events choice-missing']] as const),
  ],
  [
    'C5, E4: while a question is open',
    ({ events, ...given }) => ({
      ...given,
      events: [...events.slice(0, -1), { type: 'question-asked', at: given.startedAt }, ...events.slice(-1)],
    }),
    ...(['incomplete', ['events question-missing']] as const),
  ],
  ['P5: without the event of signing', withoutEvents('signed'), 'incomplete', ['events events-differ']],
  [
    'P4: whose answers are not those of its events',
    ({ choices: _, ...given }) => redigested({ ...given, choices: { recontact: 'no' } }),
    ...(['incomplete', ['events events-differ']] as const),
  ],
  ['P1: without a printed name', withSignature({ name: ' ' }), 'signature-incomplete', ['signature name-missing']],
  [
    'P1: with another meaning',
    withSignature({ meaning: 'I have seen this.' }),
    ...(['signature-incomplete', ['signature meaning-differs']] as const),
  ],
  [
    'without a mark',
    withSignature({ mark: { method: 'drawn', width: 10, height: 10, strokes: [] } }),
    ...(['signature-incomplete', ['signature mark-missing']] as const),
  ],
  [
    'P6: by a representative without authority',
    withSignature({ role: 'representative' }),
    ...(['signature-incomplete', ['signature authority-missing']] as const),
  ],
  [
    'H1, B3: without the authorization and the receipt that are asked for apart',
    ({ signature, ...given }) => {
      const { authorization: _, rightsReceivedAt: __, ...rest } = signature;
      return redigested({ ...given, signature: rest });
    },
    ...(['signature-incomplete', ['signature authorization-missing', 'signature rights-receipt-missing']] as const),
  ],
];

describe('a signature is refused, and nothing is kept of it,', () => {
  const full: Readonly<Record<string, string>> = { document: 'document-differs', statement: 'statement-differs' };
  for (const [name, change, problem, faults = []] of brokenOnes) {
    it(name, async () => {
      const office = await openConsentOffice();
      const person = await somebody(office);
      const given = await change(await signed(documentIn(office)));
      assert.deepEqual(await refused(office, person, given), {
        problem: `consent-${full[problem] ?? problem}`,
        faults: [...faults],
      });
      const mended = await signed(documentIn(office));
      assert.equal((await postAs(office, person.device.token, { ...mended, id: given.id })).status, 201);
    });
  }

  const inForce: readonly (readonly [name: string, day: string, changes: Changes, problem: string])[] = [
    ['E6: that waited until its version had expired', '2027-02-01', {}, 'consent-expired'],
    [
      'E6: before its version is in force',
      '2026-03-31',
      { 'consent.versions[0].effective': '2026-04-01' },
      'consent-not-effective',
    ],
    [
      'E6, E7: that waited until another version was in force',
      '2026-04-01',
      { 'consent.versions[1]': laterVersion('2.0', '2026-04-01') },
      'consent-superseded',
    ],
    [
      'E6: that is both expired and superseded, with what can be signed instead',
      '2027-03-01',
      { 'consent.versions[1]': laterVersion('2.0', '2026-04-01') },
      'consent-superseded',
    ],
  ];
  for (const [name, day, changes, problem] of inForce) {
    it(name, async () => {
      const office = await openConsentOffice(changes, { tokenIdleDays: 1_000 });
      const person = await somebody(office);
      const given = await signed(documentIn(office));
      office.clock.now = `${day}T00:00:00.000Z`;
      assert.equal((await refused(office, person, given)).problem, problem);
    });
  }

  it('E6: a version is in force from midnight where the study’s days begin', async () => {
    const changes = { timeZone: 'America/Los_Angeles', 'consent.versions[0].effective': '2026-03-10' };
    const office = await openConsentOffice(changes);
    const person = await somebody(office);
    office.clock.now = '2026-03-10T06:59:59.999Z';
    const given = await signed(documentIn(office));
    assert.equal((await refused(office, person, given)).problem, 'consent-not-effective');
    assert.deepEqual((await myConsent(office, person.device)).asked?.obstacles.en, ['not-yet-effective']);
    office.clock.now = '2026-03-10T07:00:00.000Z';
    assert.deepEqual((await myConsent(office, person.device)).asked?.obstacles.en, []);
    await taken(office, person.device, given);
  });

  it('E6: the last moment of a version is before the day that it ends', async () => {
    const office = await openConsentOffice({}, { tokenIdleDays: 1_000 });
    const { device } = await somebody(office);
    office.clock.now = '2027-01-31T23:59:59.999Z';
    await taken(office, device, await signed(documentIn(office)));
  });

  it('P3: in words that the study file of today has changed, though the older file is kept', async () => {
    const office = await openConsentOffice();
    const person = await somebody(office);
    const given = await signed(documentIn(office));
    const changed = { version: '1.3.0', 'consent.versions[0].sections[3].body.en': 'Other words.' };
    const later = await restarted(office, exampleWithConsent(changed));
    assert.equal((await refused(later, person, given)).problem, 'consent-document-differs');
  });

  describe('in live mode', () => {
    const drafts: readonly (readonly [name: string, changes: Changes, problem: string])[] = [
      ['of a version that no board has approved', { 'consent.versions[0].irbApproval': REMOVED }, 'not-approved'],
      ['in a draft translation', { 'consent.versions[0].translation.es': 'draft' }, 'translation-draft'],
    ];
    for (const [name, changes, problem] of drafts) {
      it(`E6: ${name}`, async () => {
        const office = await openConsentOffice(changes, { mode: 'live' });
        const person = await somebody(office);
        const given = await signed(documentIn(office, '1.0', 'es'), { mode: 'live' });
        assert.equal((await refused(office, person, given)).problem, `consent-${problem}`);
      });
    }

    it('E6: placeholders: the study does not even start', async () => {
      await assert.rejects(openConsentOffice({ 'contacts[0].placeholder': true }, { mode: 'live' }), {
        code: 'placeholders-live',
      });
    });

    it('E6: nor would one be signed that was started all the same', () => {
      assert.throws(
        () => refuseHindered(['placeholder']),
        (error) => error instanceof Refusal && error.code === 'consent-placeholder',
      );
      refuseHindered([]);
    });

    it('E6: and what is approved and certified is taken', async () => {
      const office = await openConsentOffice({}, { mode: 'live' });
      const { device } = await somebody(office);
      for (const language of ['en', 'es']) {
        const { after } = await myConsent(office, device);
        await signs(office, device, { language, mode: 'live', after });
      }
      assert.equal((await myConsent(office, device)).state, 'signed');
    });
  });
});

describe('a signature that waited while its participant decided otherwise elsewhere', () => {
  const elsewhere = {
    declined: (office: ConsentOffice) => unsigned(documentIn(office), 'declined'),
    'left the study': async () => withdrawal('study'),
    'signed in another language': (office: ConsentOffice) => signed(documentIn(office, '1.0', 'es')),
  };
  for (const [name, decision] of Object.entries(elsewhere)) {
    it(`E7: is never applied: they ${name}`, async () => {
      const office = await openConsentOffice();
      const person = await somebody(office);
      const waiting = await signed(documentIn(office));
      const decided = await decision(office);
      await taken(office, person.device, decided);
      assert.equal((await refused(office, person, waiting)).problem, 'consent-decided-since');
      // Whoever has seen it and signs anew, has decided last.
      await signs(office, person.device, { after: decided.id });
      assert.equal((await myConsent(office, person.device)).state, 'signed');
    });
  }

  const undecided = {
    'put it off': (office: ConsentOffice) => unsigned(documentIn(office), 'deferred'),
    'asked for paper': (office: ConsentOffice) => unsigned(documentIn(office), 'paper'),
    'left the sessions alone': async () => withdrawal('intervention'),
    'H4: revoked an authorization': async () => withdrawal('authorization'),
  };
  for (const [name, decision] of Object.entries(undecided)) {
    it(`${name.startsWith('H4') ? 'H4: ' : ''}stands where they only ${name.replace('H4: ', '')}`, async () => {
      const office = await openConsentOffice();
      const { device } = await somebody(office);
      const waiting = await signed(documentIn(office));
      await taken(office, device, await decision(office));
      await taken(office, device, waiting);
    });
  }

  it('is not overruled by a clock: what counts is what its reading knew of', async () => {
    const office = await openConsentOffice();
    const person = await somebody(office);
    await taken(office, person.device, await unsigned(documentIn(office), 'declined'));
    const late = await signed(documentIn(office), { submittedAt: '2026-12-31T00:00:00.000Z', after: v7() });
    assert.equal((await refused(office, person, late)).problem, 'consent-decided-since');
  });
});

describe('a study whose consent lacks a version that somebody signed', () => {
  it('E7: does not start, and says which', async () => {
    const office = await openConsentOffice();
    const { device } = await somebody(office);
    await signs(office, device);
    const json = exampleWithConsent({ version: '2.0.0', 'consent.versions[0].version': '3.0' });
    await assert.rejects(restarted(office, json), {
      code: 'consent-version-removed',
      message: /consent\.versions: lacks 1\.0, which people have signed/,
    });
    await officeFor(json);
    const mended = exampleWithConsent({ version: '2.0.0', 'consent.versions[1]': laterVersion('3.0', '2026-04-01') });
    await restarted(office, mended);
  });
});
