import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { exampleWithConsent, laterVersion } from '../../support/consent.ts';
import {
  type ConsentOffice,
  documentIn,
  myConsent,
  openConsentOffice,
  restarted,
  STUDY,
  signs,
  somebody,
  taken,
  unsigned,
  withdrawal,
} from '../../support/consent-office.ts';
import { type Device, me, newDevice, passDays, postAs } from '../../support/participants.ts';
import { contact, NOW, screening } from '../../support/receiver.ts';
import { type Changes, REMOVED } from '../../support/studies.ts';

const ELIGIBLE = { adult: true, role: 'nurse', since: '2020-01-01' };
const NO_SCREENING: Changes = { screening: REMOVED };

const own = { study: STUDY, studyVersion: '1.2.0' };

/** Steps as `id state`, with what is next. */
async function path(office: ConsentOffice, device: Device): Promise<string[]> {
  const { steps, next } = await me(office, device, STUDY);
  return [...steps.map(({ id, state }) => `${id} ${state}`), `next ${next}`];
}

describe('the step of the consent', () => {
  it('is due once the screening is eligible, before a contact, and done with its time', async () => {
    const office = await openConsentOffice();
    const { device } = await somebody(office);
    assert.deepEqual(await path(office, device), ['screening due', 'next screening']);
    const screened = screening({ ...own, answers: ELIGIBLE });
    assert.equal((await postAs(office, device.token, screened)).receipt().next, 'contact');
    assert.deepEqual(await path(office, device), ['screening done', 'contact due', 'consent due', 'next consent']);
    passDays(office, 1);
    await signs(office, device);
    assert.deepEqual(await path(office, device), ['screening done', 'contact due', 'consent done', 'next contact']);
    const { steps } = await me(office, device, STUDY);
    assert.deepEqual(steps.at(-1), { id: 'consent', state: 'done', at: office.clock.now });
    const given = contact(screened, { ...own, answers: { email: 'ana@example.org' } });
    await postAs(office, device.token, given);
    assert.deepEqual(await path(office, device), ['screening done', 'contact done', 'consent done', 'next null']);
  });

  for (const answers of [
    { ...ELIGIBLE, adult: false },
    { adult: true, role: 'refused', since: '2020-01-01' },
  ]) {
    it(`is not there for a screening that is not eligible: ${JSON.stringify(answers)}`, async () => {
      const office = await openConsentOffice();
      const { device } = await somebody(office);
      await postAs(office, device.token, screening({ ...own, answers }));
      assert.deepEqual(await path(office, device), ['screening done', 'next null']);
    });
  }

  it('is due at once where the study screens nobody, also for whoever enrolled with a contact', async () => {
    const office = await openConsentOffice(NO_SCREENING);
    assert.deepEqual(await path(office, (await somebody(office)).device), ['consent due', 'next consent']);
    const screens = await openConsentOffice();
    const device = await newDevice();
    const screened = screening({ ...own, answers: ELIGIBLE });
    await screens.post(screened);
    await screens.post(contact(screened, { ...own, answers: { email: 'ana@example.org' }, ...device.hashes }));
    assert.deepEqual(await path(screens, device), [
      ...['screening done', 'contact done', 'consent due', 'next consent'],
    ]);
  });

  it('stays due for whoever has put it off or asked for paper', async () => {
    const office = await openConsentOffice(NO_SCREENING);
    const { device } = await somebody(office);
    for (const outcome of ['deferred', 'paper'] as const) {
      const answer = await taken(office, device, await unsigned(documentIn(office), outcome));
      assert.equal(answer.receipt().next, 'consent');
      assert.deepEqual(await path(office, device), ['consent due', 'next consent']);
    }
  });

  for (const [name, decision] of [
    ['declined', (office: ConsentOffice) => unsigned(documentIn(office), 'declined')],
    ['left', async () => withdrawal()],
  ] as const) {
    it(`C3: asks nothing more of whoever has ${name}, a contact neither, and lets them sign of their own`, async () => {
      const office = await openConsentOffice();
      const { device } = await somebody(office);
      await postAs(office, device.token, screening({ ...own, answers: ELIGIBLE }));
      const { id } = await decision(office).then(async (given) => {
        await taken(office, device, given);
        return given;
      });
      assert.deepEqual(await path(office, device), ['screening done', 'consent done', 'next null']);
      const { asked, after } = await myConsent(office, device);
      assert.deepEqual([asked?.version, asked?.reason, after], ['1.0', 'first', id]);
      await signs(office, device, { after });
      assert.deepEqual(await path(office, device), ['screening done', 'contact due', 'consent done', 'next contact']);
    });
  }
});

describe('what a participant is told of their consent', () => {
  const open = { intervention: 'open', authorization: 'open' } as const;
  const able = { en: [], es: [] };

  it('is what is asked, by language, before they decide', async () => {
    const office = await openConsentOffice();
    const { device } = await somebody(office);
    assert.deepEqual(await myConsent(office, device), {
      state: 'none',
      asked: { version: '1.0', reason: 'first', obstacles: able },
      ...open,
      records: [],
    });
  });

  it('E7: is their records, each with what the next reading has to name', async () => {
    const office = await openConsentOffice();
    const { device } = await somebody(office);
    const { id } = await signs(office, device, { language: 'es' });
    assert.deepEqual(await myConsent(office, device), {
      ...{ state: 'signed', version: '1.0', after: id },
      ...open,
      records: [{ submission: id, version: '1.0', language: 'es', receivedAt: NOW }],
    });
  });

  it('E6: is why it cannot be signed, in each language', async () => {
    const changes = { 'consent.versions[0].translation.es': 'draft', 'consent.versions[0].expires': '2026-03-09' };
    const office = await openConsentOffice(changes, { mode: 'live' });
    const { device } = await somebody(office);
    assert.deepEqual((await myConsent(office, device)).asked?.obstacles, {
      en: ['expired'],
      es: ['expired', 'translation-draft'],
    });
    const early = await openConsentOffice({ 'consent.versions[0].effective': '2026-04-01' });
    const soon = await myConsent(early, (await somebody(early)).device);
    assert.deepEqual([soon.asked?.version, soon.asked?.obstacles.en], ['1.0', ['not-yet-effective']]);
  });

  it('E6, E7: is that they are asked again where a new version matters, and not where it does not', async () => {
    const office = await openConsentOffice();
    const person = await somebody(office);
    const { id } = await signs(office, person.device);
    const minor = laterVersion('1.1', '2026-03-10', { material: false });
    const major = laterVersion('2.0', '2026-03-12');
    const later = await restarted(
      office,
      exampleWithConsent({ version: '2.0.0', 'consent.versions[1]': minor, 'consent.versions[2]': major }),
    );
    for (const [day, asked] of [
      ['2026-03-09', undefined],
      ['2026-03-11', undefined],
      ['2026-03-12', { version: '2.0', reason: 'again', since: '1.0', obstacles: able }],
    ] as const) {
      later.clock.now = `${day}T08:00:00.000Z`;
      assert.deepEqual((await myConsent(later, person.device)).asked, asked, day);
    }
    await postAs(later, person.device.token, screening({ ...own, answers: ELIGIBLE }));
    assert.deepEqual((await path(later, person.device)).slice(-2), ['consent due', 'next consent']);
    const { id: second } = await signs(later, person.device, { version: '2.0', studyVersion: '2.0.0', after: id });
    const { records, asked, version } = await myConsent(later, person.device);
    assert.deepEqual([asked, version, records.map(({ submission }) => submission)], [undefined, '2.0', [id, second]]);
  });
});
