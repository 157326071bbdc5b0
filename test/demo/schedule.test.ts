import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { openForm } from '../../src/form/open-form.ts';
import { checkInstruments } from '../../src/instruments/check-study.ts';
import type { Answers } from '../../src/study/answers.ts';
import { publicPart } from '../../src/study/public-part.ts';
import { formOf } from '../../src/study/study-forms.ts';
import { readTrial, studyPath, type TrialName } from '../support/plan.ts';

/** The two trials' assessments and arms: what their sources say stands in them, and what is ours says so. */

const TRIALS = ['keck', 'mgh'] as const;

async function shown(name: TrialName, form: string, answers: Answers, language = 'en') {
  const { assessments = [], languages } = await readTrial(name);
  const definition = formOf(assessments, 'baseline', form);
  assert.ok(definition, `has a form ${form}`);
  const opened = await openForm(definition, { language, languages, answers });
  return { shown: [...opened.shown], problems: await opened.problems() };
}

describe('the assessments of the demo', () => {
  it('keck: before the groups are made, after 12 weeks, and six months after that', async () => {
    const { assessments = [] } = await readTrial('keck');
    assert.deepEqual(
      assessments.map(({ id, anchor, offset }) => [id, anchor, offset]),
      [
        ['baseline', 'consent', 'P0D'],
        ['week-12', 'allocation', 'P12W'],
        ['month-6', 'week-12', 'P6M'],
      ],
    );
  });

  it('mgh: at the start, and 3 and 12 months after the home’s', async () => {
    const { assessments = [] } = await readTrial('mgh');
    assert.deepEqual(
      assessments.map(({ id, anchor, offset }) => [id, anchor, offset]),
      [
        ['baseline', 'consent', 'P0D'],
        ['month-3', 'site-start', 'P3M'],
        ['month-12', 'site-start', 'P12M'],
      ],
    );
  });

  const asked = {
    keck: [['cbi', 'single_item_burnout', 'brs', 'phq8', 'gad7', 'sus'], ['work-and-absence']],
    mgh: [
      ['ces', 'cbi', 'single_item_burnout', 'brs', 'phq8', 'gad7'],
      ['work-and-absence', 'health-behaviors', 'home-safety'],
    ],
  } as const;
  for (const name of TRIALS) {
    it(`${name}: the same instruments and forms each time, all of them the library's or the site's`, async () => {
      const study = await readTrial(name);
      for (const { instruments = [], forms = {} } of study.assessments ?? []) {
        assert.deepEqual([instruments.map(({ id }) => id), Object.keys(forms)], asked[name]);
      }
      await checkInstruments(study, name);
    });

    it(`${name}: says of every choice that a source leaves open that it is ours`, async () => {
      const { assessments = [], arms = [] } = await readTrial(name);
      for (const { id, basis = '' } of assessments) {
        assert.match(basis, /the choice of each is ours/, id);
        assert.match(basis, /forms? .*work-and-absence.* ours too, and not validated/, id);
      }
      for (const { id, basis = '' } of arms.flatMap(({ series }) => series)) assert.match(basis, /\bours\b/, id);
    });

    it(`${name}: feeds nothing back, and asks nothing that needs somebody who answers at once`, async () => {
      const { assessments = [] } = await readTrial(name);
      for (const { feedback = 'none', safety } of assessments)
        assert.deepEqual([feedback, safety], ['none', undefined]);
    });

    it(`${name}: asks every form in both languages`, async () => {
      const { assessments = [], languages } = await readTrial(name);
      for (const { id, forms = {} } of assessments) {
        for (const form of Object.keys(forms)) {
          const definition = formOf(assessments, id, form);
          assert.ok(definition);
          for (const language of languages) await openForm(definition, { language, languages });
        }
      }
    });

    it(`${name}: nothing of arms is in what anyone may read`, async () => {
      const part = publicPart(JSON.parse(await readFile(studyPath(name), 'utf8')));
      assert.ok('assessments' in part);
      assert.ok(!('arms' in part) && !('allocation' in part));
      // Consent and "about" tell people of all the groups that there are; what is asked of them must not.
      const { arms = [] } = await readTrial(name);
      const text = JSON.stringify(part.assessments).toLowerCase();
      const names = arms.flatMap((arm) => [arm.id, ...Object.values(arm.title), ...arm.series.map(({ id }) => id)]);
      // "ehr" is what the SUS is about, for everybody.
      for (const one of names.filter((id) => id !== 'ehr')) assert.ok(!text.includes(`"${one.toLowerCase()}"`), one);
      assert.doesNotMatch(text, /\barms?\b|irtts|wilc|series|session/);
    });
  }
});

describe('the form "work and absence"', () => {
  const pages = { same: ['job', 'sick-days', 'worked-ill', 'intends-to-leave'] };
  const cases: readonly (readonly [what: string, name: TrialName, answers: Answers, shown: readonly string[]])[] = [
    ['nothing answered yet', 'mgh', {}, pages.same],
    ['no sick days', 'mgh', { job: 'same', 'sick-days': 0 }, pages.same],
    [
      'one sick day',
      'mgh',
      { job: 'same', 'sick-days': 1, 'sick-stress': 'yes' },
      ['job', 'sick-days', 'sick-stress', 'worked-ill', 'intends-to-leave'],
    ],
    [
      'several, because of stress',
      'mgh',
      { job: 'same', 'sick-days': 4, 'sick-stress': 'yes', 'sick-stress-days': 2 },
      ['job', 'sick-days', 'sick-stress', 'sick-stress-days', 'worked-ill', 'intends-to-leave'],
    ],
    ['likely to leave', 'mgh', { job: 'same', 'intends-to-leave': 'likely' }, [...pages.same, 'leaving-because']],
    ['moved to another home', 'mgh', { job: 'other-home' }, ['job', 'left-because', ...pages.same.slice(1)]],
    ['left', 'mgh', { job: 'left' }, ['job', 'left-on', 'left-because']],
    ['left', 'keck', { job: 'left', 'left-on': '2026-03-01' }, ['job', 'left-on', 'left-because']],
    ['in the same job', 'keck', { job: 'same' }, [...pages.same, 'fewer-hours']],
  ];
  for (const [what, name, answers, questions] of cases) {
    it(`${name}, ${what}: asks ${questions.join(', ')}`, async () => {
      assert.deepEqual(await shown(name, 'work-and-absence', answers), { shown: questions, problems: [] });
    });
  }

  it('takes no more days because of stress than there were sick days', async () => {
    const answers = { job: 'same', 'sick-days': 2, 'sick-stress': 'yes', 'sick-stress-days': 3 };
    const { problems } = await shown('keck', 'work-and-absence', answers);
    assert.deepEqual(
      problems.map(({ question, code }) => [question, code]),
      [['sick-stress-days', 'too-large']],
    );
  });

  it('lets every question be skipped', async () => {
    for (const [name, forms] of [
      ['keck', ['work-and-absence']],
      ['mgh', ['work-and-absence', 'health-behaviors', 'home-safety']],
    ] as const) {
      for (const form of forms) assert.deepEqual((await shown(name, form, {}, 'es')).problems, []);
    }
  });
});
