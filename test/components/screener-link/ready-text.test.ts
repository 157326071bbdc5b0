import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { linkWords } from '../../../components/locales/link.ts';
import { CHANNELS, type Channel } from '../../../components/screener-link/link-form.ts';
import { PREVIEW } from '../../../components/screener-link/ready-text.ts';
import { type ShownLink, shownLink, shownPage } from '../../../components/screener-link/shown-link.ts';
import { readStudyHead } from '../../../src/study/read-head.ts';
import type { StudyHead } from '../../../src/study/schema.ts';

const ENDPOINT = new URL('https://trial.example.org/');
const CODE = '7K3MNQXM';

const demo = (name: string): Promise<StudyHead> =>
  readStudyHead(readFileSync(new URL(`../../../demo/studies/${name}.study.json`, import.meta.url), 'utf8'), name);
const keck = await demo('keck');
const mgh = await demo('mgh');

const show = (study: StudyHead, channel: string, language = 'en', expiresAt?: string): Promise<ShownLink> =>
  shownLink({ code: CODE, channel, language, ...(expiresAt && { expiresAt }) }, ENDPOINT, {
    study,
    mode: 'live',
    words: linkWords,
  });

/** What somebody else may read on a locked telephone. */
const preview = ({ text: { subject = '', text } }: ShownLink) => `${subject}\n${text}`.slice(0, PREVIEW);

describe('the words that a link is sent with', () => {
  const sent = ['email', 'text-message', 'chat'] as const satisfies readonly Channel[];

  it('begin alike for every study, so that a locked telephone tells nobody which', async () => {
    for (const language of ['en', 'es']) {
      for (const channel of sent) {
        const one = await show(keck, channel, language);
        assert.equal(preview(one), preview(await show(mgh, channel, language)), `${channel} ${language}`);
      }
    }
    const titles = fc.string({ minLength: 1, maxLength: 80 });
    await fc.assert(
      fc.asyncProperty(titles, fc.constantFrom(...sent), async (title, channel) => {
        const study = { ...keck, title: { en: title }, irb: title, sponsor: title };
        assert.equal(preview(await show(study, channel)), preview(await show(keck, channel)));
      }),
    );
  });

  it('name no topic in what a locked telephone shows', async () => {
    const topics =
      /burn-?out|agotamiento|desgaste|stress|estr[eé]s|depress|depresi|mental|wellbeing|bienestar|clinic|nurse/i;
    for (const language of ['en', 'es'])
      for (const channel of sent) assert.doesNotMatch(preview(await show(keck, channel, language)), topics);
  });

  it('have the address whole, and all of a text message fits two of them', async () => {
    for (const channel of sent) {
      for (const language of ['en', 'es']) {
        const { text, address } = await show(keck, channel, language);
        assert.equal(address, 'https://trial.example.org/j/7K3M-NQXM');
        assert.ok(text.text.includes(address), `${channel} ${language}`);
        if (channel === 'text-message') assert.ok(text.text.length <= 306, `${language}: ${text.text.length}`);
      }
    }
  });

  it('of an e-mail go on with the study, its number and whom to ask', async () => {
    const study = { ...keck, irb: 'HS-26-00123' };
    const { text } = await show(study, 'email', 'es', new Date(2027, 2, 4).toISOString());
    assert.equal(text.subject, 'Una invitación');
    const { phone = '?', email = '?' } = keck.contacts.find(({ role }) => role === 'research') ?? {};
    for (const part of [keck.title.es ?? '?', 'HS-26-00123', phone, email, '3 de marzo de 2027'])
      assert.ok(text.text.includes(part), part);
  });

  it('say nothing of what a study has not', async () => {
    const { irb: _, ...bare } = keck;
    for (const channel of CHANNELS) {
      const { text } = await show(bare, channel);
      assert.doesNotMatch(text.text, /IRB|undefined|\{/, channel);
    }
  });

  it('are in the link’s language, whatever the recruiter reads; where there are none, it is said which', async () => {
    const spanish = await show(keck, 'chat', 'es');
    assert.match(spanish.text.text, /Le invitamos|invitación/);
    assert.equal(spanish.otherLanguage, undefined);
    assert.equal((await show(keck, 'chat', 'es-MX')).otherLanguage, undefined);
    assert.equal((await show({ ...keck, languages: ['fr'] }, 'chat', 'fr')).otherLanguage, 'en');
  });

  it('of a channel that the team has named itself are those of a chat', async () => {
    assert.deepEqual((await show(keck, 'staff-meeting')).text, (await show(keck, 'chat')).text);
  });
});

describe('what a poster shows', () => {
  it('is the study’s name in the link’s language, its number, whom to ask, and the last day', async () => {
    const { facts } = await show({ ...keck, irb: 'HS-26-00123' }, 'poster', 'es', new Date(2027, 2, 4).toISOString());
    assert.equal(facts.title, keck.title.es);
    assert.equal(facts.irb, 'HS-26-00123');
    assert.equal(facts.contact?.role, 'research');
    assert.equal(facts.until?.toISOString().slice(0, 10), '2027-03-03');
    assert.equal(facts.typed, 'trial.example.org/j/7K3M-NQXM');
  });
});

describe('a plain address', () => {
  it('says where people came from, and has no code to be read out', async () => {
    const place = { study: undefined, mode: 'live', words: linkWords } as const;
    const page = { page: '/study/', base: 'https://ward.example.org/staff/' };
    const { code, address, facts, text } = await shownPage({ channel: 'poster', language: 'es' }, page, place);
    assert.deepEqual([code, address], [undefined, 'https://ward.example.org/study/?source=poster']);
    assert.equal(facts.title, undefined);
    assert.doesNotMatch(text.text, /undefined|\{/);
  });
});
