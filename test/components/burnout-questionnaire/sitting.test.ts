import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import * as v from 'valibot';
import { InstrumentForm } from '../../../components/burnout-questionnaire/instrument-form.ts';
import { Sitting } from '../../../components/burnout-questionnaire/sitting.ts';
import type { Instrument } from '../../../src/instruments/schema.ts';
import type { Answers } from '../../../src/study/answers.ts';
import type { InstrumentEntry } from '../../../src/study/assessments-part.ts';
import { keptDraftSchema, type SittingDraft } from '../../../src/submission/draft.ts';
import { questionnaireSubmissionSchema } from '../../../src/submission/questionnaire-submission.ts';
import { answersArbitrary } from '../../instruments/instrument-arbitrary.ts';
import { questionnaireStudy } from '../../support/questionnaire-study.ts';
import { bring, kept, openSitting, sittingOptions } from '../../support/sittings.ts';

/** The example's baseline, part by part. */
const PARTS = ['phq9', 'single_item_burnout', 'calm', 'work'] as const;
const instruments = await Promise.all(PARTS.slice(0, 3).map((id) => bring({ id })));

/** Answers to some of all that is asked, by part. */
const anyAnswers: fc.Arbitrary<readonly Answers[]> = fc.tuple(
  ...instruments.map((instrument) => answersArbitrary(instrument, 'any')),
  fc.record(
    { 'sick-days': fc.nat(90).map(String), home: fc.constantFrom('north', 'south') },
    { requiredKeys: [], noNullPrototype: true },
  ),
);

/** Answers the open part as a participant would, each item's with its own press. */
function answer({ form }: Sitting, answers: Answers): void {
  if (!(form instanceof InstrumentForm)) {
    for (const [question, value] of Object.entries(answers)) form.answer(question, value);
    return;
  }
  for (const question of form.pages.flatMap(({ items }) => items)) {
    if (question.type !== 'matrix') {
      if (Object.hasOwn(answers, question.name)) form.answer(question.name, answers[question.name]);
      continue;
    }
    for (const { name } of question.rows.filter((row) => Object.hasOwn(answers, row.name))) {
      const before = form.answers[question.name];
      form.answer(question.name, { ...(before as object), [name]: answers[name] } as Answers[string]);
    }
  }
}

/** A sitting in which all of this was answered, at its last part. */
async function answered(all: readonly Answers[]): Promise<Sitting> {
  const sitting = await openSitting();
  for (const answers of all) {
    answer(sitting, answers);
    await sitting.turn(1);
  }
  return sitting;
}

/** What a part holds, whatever is open: by the draft. */
function heldIn(sitting: Sitting, part: string): Answers {
  return Object.fromEntries(
    Object.entries(sitting.draft('page-1').answers).flatMap(([place, value]) =>
      place.startsWith(`${part}/`) ? [[place.slice(part.length + 1), value]] : [],
    ),
  );
}

const draftOf = (answers: Answers, more: Partial<SittingDraft> = {}): SittingDraft => ({
  ...{ study: 'calm-ward', studyVersion: '1.2.0', step: 'questionnaire', assessment: 'baseline' },
  ...{ startedAt: '2026-03-09T08:00:00.000Z', page: 'phq9/page-1', answers },
  versions: { phq9: '1.0.0', single_item_burnout: '1.0.0', calm: '1.2.0' },
  ...more,
});

describe('a sitting', () => {
  it('goes through the instruments and then the forms, each once, and no further at either end', async () => {
    const sitting = await openSitting();
    assert.equal(await sitting.turn(-1), false);
    const seen = [sitting.part.name];
    while (await sitting.turn(1)) seen.push(sitting.part.name);
    assert.deepEqual(seen, PARTS);
    assert.deepEqual([sitting.index, sitting.isLastPart], [3, true]);
  });

  it('keeps every answer, whatever way it is gone, forth and back', async () => {
    const way = fc.array(fc.constantFrom<1 | -1>(1, 1, -1), { maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(anyAnswers, way, async (all, turns) => {
        const sitting = await openSitting();
        const given = new Set<number>();
        for (const by of [...turns, undefined]) {
          if (!given.has(sitting.index)) answer(sitting, all[sitting.index] ?? {});
          given.add(sitting.index);
          if (by !== undefined) await sitting.turn(by);
        }
        for (const [index, part] of PARTS.entries()) {
          assert.deepEqual(heldIn(sitting, part), given.has(index) ? all[index] : {}, part);
        }
        const open = sitting.index;
        assert.deepEqual(sitting.answers, all[open], 'the open part shows them');
      }),
      { numRuns: 40 },
    );
  });

  it('is the same after a draft and back, and its draft is one that a receiver keeps', async () => {
    await fc.assert(
      fc.asyncProperty(anyAnswers, fc.nat(3), async (all, left) => {
        const before = await answered(all.slice(0, left + 1));
        while (before.index > left) await before.turn(-1);
        const draft = kept(before.draft('page-1'));
        assert.ok(v.is(keptDraftSchema, draft));
        const { page, sitting } = await Sitting.open(sittingOptions(), draft);
        assert.deepEqual([sitting.index, page], [left, 'page-1']);
        assert.deepEqual(sitting.answers, before.answers);
        for (const part of PARTS) assert.deepEqual(heldIn(sitting, part), heldIn(before, part));
        assert.equal(sitting.draft('page-1').startedAt, draft.startedAt);
        assert.equal(sitting.outdated.size, 0);
      }),
      { numRuns: 40 },
    );
  });

  it('knows whether anything was answered, and what was taken back', async () => {
    const sitting = await openSitting();
    assert.equal(sitting.isBegun, false);
    sitting.form.answer('q1.', { q1: 2 });
    assert.equal(sitting.isBegun, true);
    sitting.form.answer('q1.', undefined);
    assert.equal(sitting.isBegun, false);
  });

  it('fetches each instrument once, and of what was left only what was answered', async () => {
    const asked: string[] = [];
    const load = (entry: InstrumentEntry) => {
      asked.push(entry.id);
      return bring(entry);
    };
    const sitting = await openSitting({ load });
    assert.deepEqual(asked, ['phq9']);
    await sitting.foresee();
    await sitting.turn(1);
    await sitting.turn(-1);
    assert.deepEqual(asked, ['phq9', 'single_item_burnout', 'calm']);
    assert.deepEqual(
      PARTS.map((part) => sitting.questionsIn(part)),
      [9, 1, 4, 2],
    );
    asked.length = 0;
    await openSitting({ load }, draftOf({ 'calm/a': 1 }));
    assert.deepEqual(asked.sort(), ['calm', 'phq9']);
  });

  it('keeps what is answered while the next part is on its way', async () => {
    const gate = Promise.withResolvers<void>();
    const load = async (entry: InstrumentEntry) => {
      if (entry.id !== 'phq9') await gate.promise;
      return bring(entry);
    };
    const sitting = await openSitting({ load });
    const turning = sitting.turn(1);
    answer(sitting, { q1: 3 });
    gate.resolve();
    await turning;
    assert.equal(sitting.part.name, 'single_item_burnout');
    assert.deepEqual(heldIn(sitting, 'phq9'), { q1: 3 });
  });

  it('is read in another language with every answer there, also where that is asked for on the way', async () => {
    const sitting = await openSitting();
    answer(sitting, { q1: 3 });
    const [isOther] = await Promise.all([sitting.speak('es-MX'), sitting.turn(1), sitting.turn(1)]);
    assert.equal(isOther, true);
    assert.deepEqual([sitting.part.name, sitting.language, sitting.form.language], ['calm', 'es', 'es']);
    assert.equal(sitting.itemsLanguage, undefined);
    await Promise.all([sitting.turn(-1), sitting.speak('en')]);
    await Promise.all([sitting.turn(-1), sitting.speak('es')]);
    assert.deepEqual([sitting.part.name, sitting.language, sitting.answers], ['phq9', 'es', { q1: 3 }]);
    assert.equal(sitting.itemsLanguage, 'en', 'there is no Spanish of it');
    assert.equal(await sitting.speak('es'), false);
  });
});

describe('a draft that was left', () => {
  it('of another version of the study is gone on with at its part, at the first page', async () => {
    const left = draftOf({ 'calm/a': 1 }, { page: 'calm/page-7', studyVersion: '1.1.0' });
    const { page, sitting } = await Sitting.open(sittingOptions(), left);
    assert.deepEqual([sitting.part.name, page, sitting.answers], ['calm', undefined, { a: 1 }]);
  });

  it('with answers to other words gives none of them, and is gone on with where they are missing', async () => {
    const answers = { 'phq9/q1': 1, 'single_item_burnout/q1': 2, 'calm/a': 2, 'calm/b': 1 };
    const versions = { phq9: '1.0.0', single_item_burnout: '0.9.0', calm: '1.2.0' };
    const { page, sitting } = await Sitting.open(sittingOptions(), draftOf(answers, { versions, page: 'calm/page-1' }));
    assert.deepEqual([sitting.part.name, page], ['single_item_burnout', undefined]);
    assert.deepEqual([...sitting.outdated], ['single_item_burnout']);
    assert.deepEqual(sitting.answers, {});
    assert.deepEqual([heldIn(sitting, 'phq9'), heldIn(sitting, 'calm')], [{ q1: 1 }, { a: 2, b: 1 }]);
    assert.equal(sitting.draft('').versions.single_item_burnout, '1.0.0');
  });

  it('that has seen other words and answered none of them is as good as another', async () => {
    const versions = { phq9: '1.0.0', calm: '0.1.0' };
    const sitting = await openSitting({}, draftOf({ 'phq9/q1': 1 }, { versions }));
    await sitting.turn(1);
    await sitting.turn(1);
    assert.deepEqual([sitting.part.name, sitting.outdated.size], ['calm', 0]);
  });

  it('is begun anew at what it does not know: a part or a place that is gone', async () => {
    const sitting = await openSitting(
      {},
      draftOf({ 'gone/q1': 1, 'no-place': 2, 'phq9/': 3, 'phq9/q1': 9, 'phq9/q99': 1 }, { page: 'gone/page-2' }),
    );
    assert.deepEqual([sitting.index, sitting.answers], [0, {}]);
  });
});

describe('what another device has answered', () => {
  it('is shown in the open part, and held for the others; what it took back is gone', async () => {
    const sitting = await openSitting({}, draftOf({ 'phq9/q1': 1, 'phq9/q2': 2, 'work/home': 'north' }));
    sitting.merge(draftOf({ 'phq9/q2': 3, 'phq9/q3': 0, 'calm/d': 4 }));
    assert.deepEqual(sitting.answers, { q2: 3, q3: 0 });
    assert.deepEqual([heldIn(sitting, 'calm'), heldIn(sitting, 'work')], [{ d: 4 }, {}]);
  });

  it('is in every draft that is kept while it is being taken over', async () => {
    const sitting = await openSitting({}, draftOf({ 'work/home': 'north' }, { page: 'work/page1' }));
    const drafts: unknown[] = [];
    sitting.form.subscribe(() => drafts.push(sitting.draft('').answers));
    const theirs = { 'work/home': 'south', 'work/sick-days': '3' };
    sitting.merge(draftOf(theirs));
    assert.deepEqual(drafts, [theirs, theirs]);
  });

  it('is not taken over where it is to other words, and takes nothing away that was answered to these', async () => {
    const sitting = await openSitting({}, draftOf({ 'phq9/q1': 1 }));
    sitting.merge(draftOf({ 'phq9/q1': 3, 'calm/a': 2 }, { versions: { phq9: '0.9.0', calm: '1.2.0' } }));
    assert.deepEqual(sitting.answers, { q1: 1 });
    assert.deepEqual(heldIn(sitting, 'calm'), { a: 2 });
  });

  it('stays the answer to the words it was given to, until those words are here and are others', async () => {
    const sitting = await openSitting();
    sitting.merge(draftOf({ 'calm/a': 2 }, { versions: { calm: '0.1.0' } }));
    assert.deepEqual(sitting.draft('').versions, { phq9: '1.0.0', calm: '0.1.0' });
    await sitting.turn(1);
    await sitting.turn(1);
    assert.deepEqual([sitting.part.name, sitting.answers, [...sitting.outdated]], ['calm', {}, ['calm']]);
    assert.equal(sitting.draft('').versions.calm, '1.2.0');
  });
});

describe('what is handed in', () => {
  it('is what the endpoint takes: every part in order, as it is meant, open items without a key', async () => {
    const all = [{ q1: 2, q9: 0 }, {}, { a: 2, d: 4 }, { 'sick-days': ' 7,5 ', home: 'north' }];
    const sitting = await answered(all);
    const submission = await sitting.submission();
    assert.deepEqual(v.parse(questionnaireSubmissionSchema, submission), submission);
    assert.deepEqual(submission.parts, [
      { instrument: 'phq9', version: '1.0.0', itemsLocale: 'en', answers: { q1: 2, q9: 0 } },
      { instrument: 'single_item_burnout', version: '1.0.0', itemsLocale: 'en', answers: {} },
      { instrument: 'calm', version: '1.2.0', itemsLocale: 'en', answers: { a: 2, d: 4 } },
      { form: 'work', answers: { 'sick-days': 7.5, home: 'north' } },
    ]);
    const { assessment, kind, locale, studyVersion } = submission;
    assert.deepEqual([kind, assessment, locale, studyVersion], ['questionnaire', 'baseline', 'en', '1.2.0']);
    assert.equal(sitting.posted, undefined);
    sitting.handedIn(submission);
    assert.equal(sitting.posted, submission.id);
  });

  it('says of each instrument which language its items were in', async () => {
    const sitting = await openSitting({ language: 'es' });
    const { locale, parts } = await sitting.submission();
    assert.equal(locale, 'es');
    assert.deepEqual(
      parts.map((part) => ('itemsLocale' in part ? part.itemsLocale : part.form)),
      ['en', 'en', 'es', 'work'],
    );
  });

  it('names no assessment where an instrument is asked on its own', async () => {
    const entry = { id: 'phq9' };
    const sitting = await openSitting({ asked: { kind: 'instrument', entry } });
    answer(sitting, { q1: 1 });
    const submission = await sitting.submission();
    assert.equal('assessment' in submission, false);
    assert.deepEqual(
      submission.parts.map((part) => part.answers),
      [{ q1: 1 }],
    );
    const { assessment, instrument } = sitting.draft('');
    assert.deepEqual([assessment, instrument], [undefined, 'phq9']);
  });

  it('has nothing that no item offers, were it in the draft of a part that nobody opened again', async () => {
    const answers = { 'phq9/q1': 9, 'phq9/q2': 1, 'phq9/q99': 1, 'phq9/q3': '1' };
    const sitting = await openSitting({}, draftOf(answers, { page: 'work/page1' }));
    const [part] = (await sitting.submission()).parts;
    assert.deepEqual(part?.answers, { q2: 1 });
  });

  it('fetches what was never opened', async () => {
    const fetched: Instrument[] = [];
    const load = async (entry: InstrumentEntry) => {
      const instrument = await bring(entry);
      fetched.push(instrument);
      return instrument;
    };
    const { parts } = await (await openSitting({ load })).submission();
    assert.deepEqual([parts.length, fetched.length], [4, 3]);
  });
});

describe('whether every item must be answered', () => {
  it('is the assessment’s to say, and not so unless it says so', async () => {
    const strict = await questionnaireStudy({ 'assessments[0].skipping': false });
    assert.equal((await openSitting({ study: strict })).mustBeWhole, true);
    assert.equal((await openSitting()).mustBeWhole, false);
    assert.equal((await openSitting({ asked: { kind: 'instrument', entry: { id: 'phq9' } } })).mustBeWhole, false);
  });
});
