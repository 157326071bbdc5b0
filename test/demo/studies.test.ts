import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { type ConsentSource, consentDocument } from '../../src/consent/document.ts';
import { obstacles } from '../../src/consent/versions.ts';
import { openForm } from '../../src/form/open-form.ts';
import { verdict } from '../../src/screening/verdict.ts';
import type { Answers } from '../../src/study/answers.ts';
import { parseStudy } from '../../src/study/parse-study.ts';
import { ERASABLE } from '../../src/study/retention-part.ts';
import type { Study } from '../../src/study/schema.ts';
import type { ScreeningStudy } from '../../src/study/screening-part.ts';

/** The two trials as data: that the files are whole, and that their criteria decide as the trial pages say. */

async function study(name: 'keck' | 'mgh'): Promise<Study & ScreeningStudy> {
  const file = new URL(`../../demo/studies/${name}.study.json`, import.meta.url);
  const parsed = parseStudy(await readFile(file, 'utf8'), `${name}.study.json`);
  const { screening } = parsed;
  assert.ok(screening, 'has a screening part');
  return { ...parsed, screening };
}

async function consentOf(name: 'keck' | 'mgh'): Promise<ConsentSource> {
  const { consent, ...rest } = await study(name);
  assert.ok(consent, 'has a consent part');
  return { ...rest, consent };
}

async function decide(name: 'keck' | 'mgh', answers: Answers) {
  const { screening, languages } = await study(name);
  const form = await openForm(screening.form, { language: 'en', languages, answers });
  const { verdict: decision, failed, unknown } = verdict(screening.criteria, form.data(), form.shown);
  return { decision, failed, unknown, problems: await form.problems() };
}

const keck: Answers = { role: 'md', credentialed: 'yes', 'works-at-keck': true, 'job-stress': 'some' };
const mgh: Answers = { age: 34, employment: 'permanent', home: 'paper-lantern' };

const cases: readonly [string, 'keck' | 'mgh', Answers, string, readonly string[], readonly string[]][] = [
  ['a credentialed physician', 'keck', keck, 'eligible', [], []],
  ['a physician without stress', 'keck', { ...keck, 'job-stress': 'none' }, 'eligible', [], []],
  ['somebody who keeps the stress to themselves', 'keck', { ...keck, 'job-stress': 'refused' }, 'eligible', [], []],
  ['a nurse without credentials', 'keck', { ...keck, role: 'nurse', credentialed: 'no' }, 'eligible', [], []],
  ['a PA without credentials', 'keck', { ...keck, role: 'pa', credentialed: 'no' }, 'ineligible', ['credentialed'], []],
  [
    'a PA who is not sure',
    'keck',
    { ...keck, role: 'pa', credentialed: 'dontknow' },
    'incomplete',
    [],
    ['credentialed'],
  ],
  ['a clerk', 'keck', { ...keck, role: 'non-clinical', credentialed: 'no' }, 'ineligible', ['cares-for-patients'], []],
  ['a physician elsewhere', 'keck', { ...keck, 'works-at-keck': false }, 'ineligible', ['works-at-keck'], []],
  // Whether credentials are asked of this person depends on the role, so that stays open too.
  [
    'no word on the role',
    'keck',
    { ...keck, role: 'refused' },
    'incomplete',
    [],
    ['cares-for-patients', 'credentialed'],
  ],
  ['permanent staff of a home in the study', 'mgh', mgh, 'eligible', [], []],
  ['the day of the 18th birthday', 'mgh', { ...mgh, age: 18 }, 'eligible', [], []],
  ['the day before', 'mgh', { ...mgh, age: 17 }, 'ineligible', ['adult'], []],
  ['temporary staff', 'mgh', { ...mgh, employment: 'temporary' }, 'ineligible', ['permanent-salary'], []],
  ['per diem staff', 'mgh', { ...mgh, employment: 'per-diem' }, 'ineligible', ['permanent-salary'], []],
  ['not sure of the contract', 'mgh', { ...mgh, employment: 'dontknow' }, 'incomplete', [], ['permanent-salary']],
  ['staff of another home', 'mgh', { ...mgh, home: 'none' }, 'ineligible', ['home-not-in-study'], []],
];

/** What each trial's consent document must say, as its sources have it; in the section that should say it, by language. */
const told: readonly (readonly [
  name: 'keck' | 'mgh',
  section: string,
  en: readonly RegExp[],
  es: readonly RegExp[],
])[] = [
  ['keck', 'assignment', [/by chance/, /usual care/], [/al azar/, /atención habitual/]],
  [
    'keck',
    'procedures',
    [
      /Performance Improvement/,
      /systems-reengineering/,
      /30 minutes/,
      /licensed therapists/i,
      /worksheets/,
      /recording/,
    ],
    [/30 minutos/, /terapeutas con licencia/, /hojas de trabajo/, /grabación/],
  ],
  ['keck', 'procedures', [/clinical informatics/, /six months after/], [/informática clínica/, /seis meses después/]],
  ['keck', 'compensation', [/\$145/, /\$1,500/], [/\$145/, /\$1,500/]],
  ['keck', 'ended-by-investigator', [/miss two/, /miss three.*asked to withdraw/], [/dos sesiones/, /retirarse/]],
  ['keck', 'number-of-participants', [/400/], [/400/]],
  ['mgh', 'assignment', [/not to each person/, /180 homes.*60 in each/], [/no a cada persona/, /180 hogares.*60/]],
  [
    'mgh',
    'procedures',
    [/50 minutes/, /two more that you may join or not/, /weekly house meeting/, /focus group/, /after 12 months/],
    [/50 minutos/, /reunión semanal/, /grupo de conversación/, /a los 12 meses/],
  ],
  ['mgh', 'number-of-participants', [/900/], [/900/]],
  ...(['keck', 'mgh'] as const).map(
    (name) =>
      [name, 'employment', [/do not see your answers/, /no effect on your job/], [/no ven sus respuestas/]] as const,
  ),
];

describe('the consent documents of the demo', () => {
  for (const [name, id, en, es] of told) {
    it(`${name}: says in ${id}: ${en.map(({ source }) => source).join(', ')}`, async () => {
      for (const [language, words] of [['en', en] as const, ['es', es] as const]) {
        const { sections } = consentDocument(await consentOf(name), '0.1', language);
        const section = sections.find((one) => one.id === id);
        for (const pattern of words) assert.match(section?.body ?? '', pattern);
      }
    });
  }

  for (const name of ['keck', 'mgh'] as const) {
    it(`${name}: is a draft, says so first, and is never signed in live mode`, async () => {
      const source = await consentOf(name);
      const situation = { day: '2026-06-01', language: 'es' };
      assert.deepEqual(obstacles(source, '0.1', { ...situation, mode: 'test' }), []);
      assert.deepEqual(obstacles(source, '0.1', { ...situation, mode: 'live' }), [
        ...['not-approved', 'translation-draft', 'placeholder'],
      ]);
      assert.match(consentDocument(source, '0.1', 'en').sections[0]?.body ?? '', /^This is a draft\./);
      assert.match(consentDocument(source, '0.1', 'es').sections[0]?.body ?? '', /^Esto es un borrador\./);
    });

    it(`${name}: asks about what decides, and leads each question back to a section`, async () => {
      const { checks, choices } = consentDocument(await consentOf(name), '0.1', 'en');
      assert.equal(checks.length, 3);
      assert.equal(choices.length, 2);
    });
  }

  it('mgh: promises no payment, because no source states one', async () => {
    const { sections } = consentDocument(await consentOf('mgh'), '0.1', 'en');
    assert.doesNotMatch(JSON.stringify(sections), /\$/);
  });
});

describe('the allocations of the demo', () => {
  it('keck: four arms in equal shares, by what people do, and says that this is ours', async () => {
    const { allocation, arms = [] } = await study('keck');
    assert.ok(allocation?.unit === 'participant');
    assert.equal(arms.length, 4);
    assert.deepEqual(new Set(Object.values(allocation.ratio)), new Set([1]));
    assert.match(allocation.basis ?? '', /The ratio, the blocks, the strata and the moment are ours/);
  });

  it('mgh: sixty homes in each of three phases of 18 months, thirty of each arm', async () => {
    const { allocation, arms = [] } = await study('mgh');
    assert.ok(allocation?.unit === 'site');
    assert.deepEqual(
      arms.map(({ id }) => id),
      ['irtts', 'wilc'],
    );
    assert.deepEqual(allocation.phases, Array(3).fill({ sites: 60, duration: 'P18M' }));
    assert.deepEqual(allocation.ratio, { irtts: 30, wilc: 30 });
    assert.match(allocation.basis ?? '', /60 homes in each of three phases of 18 months is the trial page's/);
  });
});

describe('the trials of the demo', () => {
  for (const [who, name, answers, decision, failed, unknown] of cases) {
    it(`${name}: ${who}: ${decision}`, async () => {
      assert.deepEqual(await decide(name, answers), { decision, failed, unknown, problems: [] });
    });
  }

  for (const name of ['keck', 'mgh'] as const) {
    it(`${name}: says of every contact that it is a placeholder`, async () => {
      const { contacts } = await study(name);
      assert.deepEqual(
        contacts.map(({ role }) => role),
        ['research', 'rights', 'injury'],
      );
      for (const { placeholder, phone = '', email = '' } of contacts) {
        assert.equal(placeholder, true);
        assert.match(phone, /555-01\d\d$/);
        assert.match(email, /@example\.org$/);
      }
    });

    it(`${name}: has a number for posters that no board has given, and says so in both languages`, async () => {
      assert.equal((await study(name)).irb, '00-00000 (DRAFT · BORRADOR)');
    });

    it(`${name}: lets go of everything that somebody gave, and says that this is ours`, async () => {
      const { retention } = await study(name);
      assert.deepEqual(retention?.erase, [...ERASABLE]);
      assert.match(retention?.basis ?? '', /is ours: neither the registry \(NCT\d{8}\) nor the trial page states it/);
    });

    it(`${name}: offers the contact form in both languages, with the purpose of each field`, async () => {
      const { screening, languages } = await study(name);
      for (const language of languages) {
        const { pages } = await openForm(screening.contact, { language, languages });
        const fields = pages.flatMap(({ items }) => items).filter((item) => item.type === 'text');
        assert.deepEqual(
          fields.map(({ autocomplete }) => autocomplete),
          ['given-name', 'email', 'tel'],
        );
      }
    });
  }

  it('mgh: has 180 invented homes of two organisations, each once', async () => {
    const { sites = [] } = await study('mgh');
    assert.equal(new Set(sites.map(({ id }) => id)).size, 180);
    assert.equal(new Set(sites.map(({ title }) => title)).size, 180);
    assert.ok(sites.every(({ placeholder }) => placeholder));
    const per = Object.groupBy(sites, ({ organisation }) => organisation ?? 'none');
    assert.deepEqual(
      Object.entries(per)
        .map(([name, homes]) => [name, homes?.length])
        .sort(),
      [
        ['Bay Cove', 90],
        ['Vinfen', 90],
      ],
    );
  });

  it('mgh: offers every home and the way out', async () => {
    const { screening, languages } = await study('mgh');
    const { pages } = await openForm(screening.form, { language: 'es', languages });
    const home = pages.flatMap(({ items }) => items).find((item) => item.name === 'home');
    assert.ok(home?.type === 'dropdown');
    assert.equal(home.choices.length, 181);
    assert.deepEqual(home.choices.at(-1), {
      value: 'none',
      text: 'Mi hogar no está en la lista',
      enabled: true,
      special: 'none',
    });
  });
});
