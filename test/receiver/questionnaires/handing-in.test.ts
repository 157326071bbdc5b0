import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { loadInstrument } from '../../../src/instruments/library.ts';
import { parseInstrument } from '../../../src/instruments/parse-instrument.ts';
import type { Instrument } from '../../../src/instruments/schema.ts';
import { score } from '../../../src/instruments/score.ts';
import type { Answers } from '../../../src/study/answers.ts';
import type { QuestionnaireSubmission } from '../../../src/submission/questionnaire-submission.ts';
import { answersArbitrary, valuesOf } from '../../instruments/instrument-arbitrary.ts';
import { readDemoStudy } from '../../support/consent-office.ts';
import { eventsOf, postAs } from '../../support/participants.ts';
import {
  answered,
  BASELINE,
  byScale,
  calmFile,
  cesFile,
  formPart,
  handedIn,
  keptOf,
  openQuestionnaireOffice,
  type QuestionnaireOffice,
  questionnaire,
  questionnaireOfficeFor,
} from '../../support/questionnaire-office.ts';

type Part = QuestionnaireSubmission['parts'][number];

describe('a questionnaire', () => {
  it('is kept byte for byte, scored, and answered with a receipt that says what is next', async () => {
    const office = await openQuestionnaireOffice();
    const person = await office.join();
    const given = questionnaire();
    const answer = await handedIn(office, person, given);
    const { row, scores } = await keptOf(office, given);
    const kept = await office.store.transaction((tx) => tx.submission(given.study, given.id));
    assert.equal(kept?.body, JSON.stringify(given));
    assert.deepEqual([kept?.kind, kept?.participant], ['questionnaire', person.id]);
    assert.deepEqual(
      [row?.participant, row?.assessment, row?.apart, row?.deviations],
      [person.id, 'baseline', null, []],
    );
    assert.equal(row?.counted, row?.seq);
    assert.deepEqual(byScale(scores), {
      'calm both': 9,
      'calm calm': 2,
      'calm rest': 5,
      'phq9 total': 8,
      'single_item_burnout burnout': 2,
    });
    const receipt = answer.receipt();
    assert.deepEqual([receipt.id, receipt.deviations], [given.id, []]);
    assert.equal(receipt.next, undefined, 'nothing else can be answered yet');
    assert.ok((await eventsOf(office, person.id, given.study)).includes('questionnaire-received'));
    await office.receiver.close();
  });

  it('sent again gets the same receipt, and is there once', async () => {
    const office = await openQuestionnaireOffice();
    const person = await office.join();
    const given = questionnaire();
    const first = await handedIn(office, person, given);
    const again = await postAs(office, person.device.token, given);
    assert.deepEqual([again.status, again.body], [200, first.body]);
    const altered = await postAs(office, person.device.token, { ...given, parts: [...given.parts].reverse() });
    assert.deepEqual([altered.status, altered.problem()], [422, 'content-differs']);
    const rows = await office.store.transaction((tx) => tx.questionnaires(given.study, person.id));
    assert.equal(rows.length, 1);
    await office.receiver.close();
  });

  it('scores by the kit’s own rule about missing items where the study says so, and not elsewhere', async () => {
    const answers = { q1: 2, q2: 1, q3: 0, q4: 3, q5: 1 };
    const office = await openQuestionnaireOffice({ 'assessments[0].instruments[3]': 'gad7' });
    const person = await office.join();
    const [without, withRule] = [
      questionnaire({ parts: [...BASELINE, answered('gad7', answers)] }),
      questionnaire({ assessment: 'week-12', parts: [answered('gad7', answers)] }),
    ];
    for (const given of [without, withRule]) await handedIn(office, person, given);
    const gad7 = async (given: QuestionnaireSubmission) =>
      (await keptOf(office, given)).scores.filter(({ instrument }) => instrument === 'gad7');
    const seen = [...(await gad7(without)), ...(await gad7(withRule))].map(({ rule, score: value }) => [rule, value]);
    assert.deepEqual(seen, [
      ['gad7@1.0.0/1', null],
      ['gad7@1.0.0/1+kit', (7 * 7) / 5],
    ]);
    await office.receiver.close();
  });

  it('scores whatever can be answered as the instruments’ rules do, and takes nothing that cannot', async () => {
    const office = await openQuestionnaireOffice();
    const person = await office.join();
    const instruments = [
      await loadInstrument('phq9'),
      await loadInstrument('single_item_burnout'),
      parseInstrument(calmFile().text, 'calm'),
    ];
    const arbitrary = fc.tuple(...instruments.map((one) => answersArbitrary(one, 'any')));
    const partsOf = (given: readonly Answers[]): Part[] =>
      instruments.map(({ id, version }, index) =>
        answered(id, (given[index] ?? {}) as Record<string, number>, version),
      );
    await fc.assert(
      fc.asyncProperty(arbitrary, async (given) => {
        const submission = questionnaire({ parts: partsOf(given) });
        await handedIn(office, person, submission);
        const expected = instruments.flatMap((instrument, index) =>
          Object.entries(score(instrument, given[index] ?? {}).scores).map(([subscale, value]) => ({
            ...{ instrument: instrument.id, subscale, score: value },
          })),
        );
        assert.deepEqual(byScale((await keptOf(office, submission)).scores), byScale(expected));
      }),
      { numRuns: 25 },
    );
    const wrong = fc
      .record({
        at: fc.nat(2),
        item: fc.nat(),
        value: fc.oneof(fc.integer({ min: -9, max: 9 }), fc.double({ noNaN: true })),
      })
      .map(({ at, item, value }) => {
        const instrument = instruments[at] ?? assert.fail();
        const { id } = instrument.items[item % instrument.items.length] ?? assert.fail();
        return { at, id, value, taken: takes(instrument, id, value) };
      })
      .filter(({ taken, value }) => !taken && Number.isFinite(value));
    await fc.assert(
      fc.asyncProperty(arbitrary, wrong, async (given, { at, id, value }) => {
        const changed = given.map((answers, index) => (index === at ? { ...answers, [id]: value } : answers));
        const submission = questionnaire({ parts: partsOf(changed) });
        const answer = await postAs(office, person.device.token, submission);
        assert.deepEqual([answer.status, answer.faults()], [422, [`parts[${at}].answers.${id} not-an-option`]]);
        assert.equal((await keptOf(office, submission)).row, undefined);
      }),
      { numRuns: 25 },
    );
    await office.receiver.close();
  });
});

function takes(instrument: Instrument, id: string, value: number): boolean {
  const item = instrument.items.find((one) => one.id === id);
  return item !== undefined && valuesOf(instrument, item).includes(value);
}

describe('a questionnaire is refused', () => {
  const whole = BASELINE.map((part) => part);
  const [phq9, ...rest] = whole;
  const malformed: readonly (readonly [name: string, parts: readonly unknown[], ...faults: string[]])[] = [
    ['for a value that no item has', [answered('phq9', { q1: 4 }), ...rest], 'parts[0].answers.q1 not-an-option'],
    ['for an item that it has not', [answered('phq9', { q10: 1 }), ...rest], 'parts[0].answers.q10 unknown-item'],
    [
      'for an instrument that the assessment does not ask',
      [...whole, answered('phq8', { q1: 1 })],
      'parts[4].instrument unknown-instrument',
    ],
    ['for a form that the assessment does not ask', [formPart('works', {})], 'parts[0].form unknown-form'],
    ['for a part that comes twice', [phq9, phq9], 'parts[1] repeated'],
    [
      'for a version that was never asked here',
      [answered('phq9', { q1: 1 }, '9.0.0'), ...rest],
      'parts[0].version unknown-version',
    ],
    [
      'for an answer that the form cannot have',
      [formPart('work', { home: 'moon' })],
      'parts[0].answers.home not-a-choice',
    ],
    [
      'for a question that the form has not',
      [formPart('work', { homes: 'north' })],
      'parts[0].answers.homes unknown-question',
    ],
  ];
  for (const [name, parts, ...faults] of malformed) {
    it(`${name}, with the place, and nothing of it is kept`, async () => {
      const office = await openQuestionnaireOffice();
      const { device } = await office.join();
      const given = questionnaire({ parts: parts as Part[] });
      const answer = await postAs(office, device.token, given);
      assert.deepEqual([answer.status, answer.problem()], [422, 'malformed-answers'], answer.body);
      assert.deepEqual(answer.faults(), faults);
      assert.equal((await keptOf(office, given)).row, undefined);
      await office.receiver.close();
    });
  }

  const strange: Readonly<Record<string, object>> = {
    'that says what it scores': { scores: { phq9: 0 } },
    'whose part says what it scores': { parts: [{ ...phq9, scores: { total: 0 } }, ...rest] },
    'without parts': { parts: [] },
    'with a part of both kinds': { parts: [{ ...phq9, form: 'work' }] },
    'with words for values': { parts: [{ ...phq9, answers: { q1: 'often' } }] },
    'without the version of an instrument': { parts: [{ instrument: 'phq9', itemsLocale: 'en', answers: {} }] },
  };
  for (const [name, changes] of Object.entries(strange)) {
    it(`${name}: it is no questionnaire`, async () => {
      const office = await openQuestionnaireOffice();
      const { device } = await office.join();
      const answer = await postAs(office, device.token, questionnaire(changes));
      assert.deepEqual([answer.status, answer.problem()], [422, 'not-a-submission']);
      await office.receiver.close();
    });
  }

  it('for an assessment that the study has not', async () => {
    const office = await openQuestionnaireOffice();
    const { device } = await office.join();
    const answer = await postAs(office, device.token, questionnaire({ assessment: 'week-13' }));
    assert.deepEqual([answer.status, answer.problem()], [422, 'not-offered']);
    await office.receiver.close();
  });
});

/** What somebody answers at the baseline of a trial: each item's lowest value, and a way through each form. */
const TRIALS = {
  keck: {
    instruments: ['cbi', 'single_item_burnout', 'brs', 'phq8', 'gad7', 'sus'],
    forms: { 'work-and-absence': { job: 'same', 'sick-days': 3, 'sick-stress': 'yes', 'sick-stress-days': 2 } },
  },
  mgh: {
    instruments: ['ces', 'cbi', 'single_item_burnout', 'brs', 'phq8', 'gad7'],
    forms: {
      'work-and-absence': { job: 'other-home', 'left-because': ['pay', 'life'], 'sick-days': 0 },
      'health-behaviors': { 'sleep-hours': 6.5, tobacco: 'some-days', 'tobacco-change': 'less' },
      'home-safety': { 'feels-safe': 4 },
    },
  },
} as const;

const ces = parseInstrument(cesFile().text, cesFile().file);

describe('the baseline of a trial', () => {
  for (const name of ['keck', 'mgh'] as const) {
    for (const language of ['en', 'es']) {
      it(`${name} in ${language}: is taken whole, scored, and allocates by itself`, async () => {
        const json = readDemoStudy(name);
        const study = String(json.id);
        const items = name === 'mgh' ? { items: { [study]: [cesFile()] } } : {};
        const office: QuestionnaireOffice = await questionnaireOfficeFor(json, items);
        const person = await office.join(language, name === 'mgh' ? 'amber-acorn' : undefined);
        const { instruments, forms } = TRIALS[name];
        const loaded = await Promise.all(instruments.map((id) => (id === 'ces' ? ces : loadInstrument(id))));
        const lowest = (one: Instrument) =>
          Object.fromEntries(one.items.map((item) => [item.id, valuesOf(one, item)[0] ?? 0]));
        const parts = [
          ...loaded.map((one) => ({
            ...answered(one.id, lowest(one), one.version),
            itemsLocale: one.languages.includes(language) ? language : 'en',
          })),
          ...Object.entries(forms).map(([form, answers]) => formPart(form, answers)),
        ];
        const given = questionnaire({ study, studyVersion: office.version, locale: language, parts });
        const answer = await handedIn(office, person, given);
        assert.deepEqual(answer.receipt().deviations, []);
        const expected = loaded.flatMap((one) =>
          Object.entries(score(one, lowest(one)).scores).map(([subscale, value]) => ({
            ...{ instrument: one.id, subscale, score: value },
          })),
        );
        assert.deepEqual(byScale((await keptOf(office, given)).scores), byScale(expected));
        const { drawn, settled } = await office.store.transaction(async (tx) => ({
          drawn: (await tx.allocation(study, person.id)) !== undefined,
          settled: (await tx.participantSites(study, person.id)).map(({ site }) => site),
        }));
        assert.deepEqual([drawn, settled], name === 'keck' ? [true, []] : [false, ['amber-acorn']]);
        await office.receiver.close();
      });
    }
  }
});
