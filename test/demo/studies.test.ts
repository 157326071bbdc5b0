import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { openForm } from '../../src/form/open-form.ts';
import { verdict } from '../../src/screening/verdict.ts';
import type { Answers } from '../../src/study/answers.ts';
import { parseStudy } from '../../src/study/parse-study.ts';
import type { ScreeningStudy } from '../../src/study/schema.ts';

/** The two trials as data: that the files are whole, and that their criteria decide as the trial pages say. */

async function study(name: 'keck' | 'mgh'): Promise<ScreeningStudy> {
  const file = new URL(`../../demo/studies/${name}.study.json`, import.meta.url);
  const parsed = parseStudy(await readFile(file, 'utf8'), `${name}.study.json`);
  const { screening } = parsed;
  assert.ok(screening, 'has a screening part');
  return { ...parsed, screening };
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
