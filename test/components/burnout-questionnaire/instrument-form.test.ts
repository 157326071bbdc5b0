import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { InstrumentForm } from '../../../components/burnout-questionnaire/instrument-form.ts';
import type { Question } from '../../../src/form/form.ts';
import { questionsIn } from '../../../src/form/questions.ts';
import { instrumentIds, loadInstrument } from '../../../src/instruments/library.ts';
import { optionsOf } from '../../../src/instruments/options.ts';
import { parseInstrument } from '../../../src/instruments/parse-instrument.ts';
import type { Instrument } from '../../../src/instruments/schema.ts';
import type { Answers } from '../../../src/study/answers.ts';
import { answersArbitrary } from '../../instruments/instrument-arbitrary.ts';
import { changed, GONE, sampleInstrument } from '../../instruments/sample-instrument.ts';
import { formPortSuite } from '../../suites/form-port.suite.ts';

const sample = (...changes: readonly (readonly [place: string, value: unknown])[]): Instrument => {
  const file = changes.reduce((json, [place, value]) => changed(json, place, value), sampleInstrument());
  return parseInstrument(JSON.stringify(file), 'calm.json');
};

/** As a site could write it: consecutive items answered alike, one between named ends, one on its own, and many. */
const MIXED = sample(['items.3.anchors', { lowest: { en: 'Not', es: 'Nada' }, highest: { en: 'Much', es: 'Mucho' } }]);

const withWords: readonly Instrument[] = [
  ...(await Promise.all(instrumentIds.map(loadInstrument))).filter(({ ship }) => ship === 'text'),
  sample(),
  MIXED,
];

const questionsOf = ({ pages }: InstrumentForm): Question[] => pages.flatMap(({ items }) => [...questionsIn(items)]);

/** The items that a question asks, with their words and what can be chosen, as they are drawn. */
function drawn(question: Question): readonly (readonly [item: string, words: string, choices: object])[] {
  if (question.type === 'matrix') return question.rows.map(({ name, text }) => [name, text, question.columns]);
  return 'choices' in question ? [[question.name, question.title, question.choices]] : [];
}

for (const instrument of withWords) {
  for (const language of instrument.languages) {
    const name = `${instrument.id}${instrument === MIXED ? ' (mixed)' : ''} in ${language}`;
    const open = (items?: Answers) => new InstrumentForm(instrument, language, '', items);
    formPortSuite(name, () => open(), { describe, it, assert });

    describe(`${name}, as a form`, () => {
      it('asks every item once, in the file’s order, by its own words and options', () => {
        const asked = questionsOf(open()).flatMap(drawn);
        assert.deepEqual(
          asked,
          instrument.items.map((item) => [
            item.id,
            item.text?.[language] ?? '',
            optionsOf(instrument, item).map(({ text, value }) => ({
              ...{ value, text: text?.[language] ?? String(value) },
              enabled: true,
            })),
          ]),
        );
      });

      it('puts ten items onto a page at most', () => {
        for (const { items } of open().pages) {
          assert.ok([...questionsIn(items)].flatMap(drawn).length <= 10);
        }
      });

      it('says what both ends mean of each item that has words for them, on a scale of its own', () => {
        const anchored = instrument.items.filter(({ anchors }) => anchors !== undefined);
        const scales = questionsOf(open()).filter(({ type }) => type === 'rating');
        assert.deepEqual(
          scales.map((scale) => [scale.name, Reflect.get(scale, 'lowest'), Reflect.get(scale, 'highest')]),
          anchored.map(({ anchors, id }) => [id, anchors?.lowest[language], anchors?.highest[language]]),
        );
      });

      it('gives back by item what it was opened with by item', () => {
        fc.assert(
          fc.property(answersArbitrary(instrument, 'any'), (items) => {
            assert.deepEqual(open(items).items, items);
          }),
        );
      });

      it('asks for what is still open, and for nothing else', async () => {
        await fc.assert(
          fc.asyncProperty(answersArbitrary(instrument, 'any'), async (items) => {
            const problems = await open(items).problems();
            assert.deepEqual(
              problems.map(({ question, row }) => row ?? question),
              instrument.items.map(({ id }) => id).filter((id) => !Object.hasOwn(items, id)),
            );
          }),
          { numRuns: 20 },
        );
      });

      it('takes over no value that an item does not offer, and no item that it does not have', () => {
        const [first] = instrument.items;
        const wrong = [99, -1, '0', true, null, [0], { value: 0 }].flatMap((value) => {
          const items = { [first?.id ?? '']: value, 'not-an-item': 0 } as unknown as Answers;
          return Object.keys(open(items).items);
        });
        assert.deepEqual(wrong, []);
      });
    });
  }
}

describe('an instrument as a form', () => {
  const of = (instrument: Instrument, introduction?: string) => new InstrumentForm(instrument, 'en', introduction);

  it('makes one matrix of consecutive items with the same options, and a question of what stands alone', () => {
    const shapes = questionsOf(of(sample())).map(({ name, title, type }) => [type, name, title]);
    assert.deepEqual(shapes, [
      ['matrix', 'a.', 'In the last week'],
      ['radiogroup', 'd', 'I rested'],
    ]);
    const types = questionsOf(of(MIXED)).map(({ type }) => type);
    assert.deepEqual(types, ['matrix', 'rating']);
  });

  it('parts a long run of items evenly', () => {
    const items = Array.from({ length: 23 }, (_, at) => ({ id: `q${at + 1}`, options: 'often', text: WORDS }));
    const { pages } = of({ ...sample(), items });
    const rows = pages.map((page) => [...questionsIn(page.items)].flatMap(drawn).length);
    assert.deepEqual(rows, [8, 8, 7]);
  });

  it('says the study’s introduction on every page, and the instrument’s own instructions on the first', () => {
    const items = Array.from({ length: 12 }, (_, at) => ({ id: `q${at + 1}`, options: 'often', text: WORDS }));
    const { pages } = of({ ...sample(), items }, 'About your ward.');
    assert.deepEqual(
      pages.map(({ description }) => description),
      ['About your ward.\n\nChoose one.', 'About your ward.'],
    );
    const bare = of(sample(['instructions', GONE]));
    assert.deepEqual(
      bare.pages.map((page) => 'description' in page),
      [false],
    );
  });

  it('asks for an item whose name every object has', async () => {
    const items = [{ id: 'constructor', options: 'uneven', text: WORDS }];
    const form = of({ ...sample(), items });
    assert.deepEqual(await form.problems(), [{ code: 'required', question: 'constructor' }]);
    assert.deepEqual(form.items, {});
    form.answer('constructor', 4);
    assert.deepEqual([await form.problems(), form.items], [[], { constructor: 4 }]);
  });
});

const WORDS = { en: 'Words', es: 'Palabras' };
