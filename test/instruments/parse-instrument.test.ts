import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { InstrumentError } from '../../src/instruments/instrument-error.ts';
import { parseInstrument } from '../../src/instruments/parse-instrument.ts';
import { changed, GONE, sampleInstrument } from './sample-instrument.ts';

const parse = (file: unknown) => parseInstrument(JSON.stringify(file), 'calm.json');

/** The sentences that a file is refused with, without its name. */
function problemsOf(text: string): string[] {
  try {
    parseInstrument(text, 'calm.json');
  } catch (error) {
    assert.ok(error instanceof InstrumentError);
    assert.equal(error.code, 'bad-instrument');
    return error.message.split('\n').map((line) => line.replace(/^calm\.json: /, ''));
  }
  return [];
}

const sample = sampleInstrument();
const band = (min: number, max: number, minInclusive: boolean, maxInclusive: boolean) => ({
  ...{ subscale: 'calm', min, max, minInclusive, maxInclusive },
  ...{ label: 'some', source: 'here' },
});

/** One change each, and all that is said about it. */
const broken: readonly (readonly [what: string, place: string, value: unknown, ...problems: string[]])[] = [
  ['no licence', 'licence', GONE, 'licence: is missing. Add "licence": an object.'],
  ['a licence that says nothing', 'licence.terms', ' ', 'licence.terms: is " ". Write at least a word.'],
  [
    'a licence file elsewhere',
    'licence.file',
    '../LICENSE',
    'licence.file: is "../LICENSE". Name a file in the same folder.',
  ],
  ['no citation', 'citation', GONE, 'citation: is missing. Add "citation": a text.'],
  ['a version that is none', 'version', '1', 'version: is "1". Use three numbers: "1.0.0".'],
  ['a text without a language', 'title', 'Calm', 'title: is a text. Write a text for each language: { "en": "…" }.'],
  [
    'a language that is none',
    'title.English',
    'Calm',
    'title.English: has a name that does not fit here. Name the language by its tag: "en", "es", "pt-BR".',
  ],
  [
    'an unknown property',
    'items.0.reversed',
    true,
    'items[0].reversed: is not a property the kit knows here. Did you mean "reverse"?',
  ],
  [
    'a property of no instrument',
    'colour',
    'blue',
    'colour: is not a property the kit knows here. Remove it: nothing in such a file is skipped in silence.',
  ],
  [
    'a value that is a text',
    'optionSets.often.0.value',
    '0',
    'optionSets.often[0].value: is a text, not a number. Write a number.',
  ],
  ['one option alone', 'optionSets.often', [{ value: 0 }], 'optionSets.often: is a list of 1. List at least 2.'],
  [
    'a value twice',
    'optionSets.often.1.value',
    0,
    'optionSets.often[1].value: is 0, which stands in this list already. Give each its own, or remove one.',
  ],
  [
    'options that nobody uses',
    'optionSets.seldom',
    sample.optionSets.often,
    'optionSets.seldom: answers no item. Name it as "options" of an item, or remove it.',
  ],
  [
    'options that are not there',
    'items.0.options',
    'oftn',
    'items[0].options: is "oftn", which is not an option set of this file. Did you mean "often"?',
  ],
  [
    'an item twice',
    'items.2.id',
    'a',
    'items[2].id: is "a", which stands in this list already. Give each its own, or remove one.',
    'subscales[1].items[0]: is "c", which is not an item of this file. Did you mean "a"?',
    'subscales[2].items[2]: is "c", which is not an item of this file. Did you mean "a"?',
    'safety[0].item: is "c", which is not an item of this file. Did you mean "a"?',
  ],
  [
    'an item called by a name of the language',
    'items.0.id',
    '__proto__',
    'items[0].id: is "__proto__". Use letters, digits, "_" and "-", starting with a letter: "q1".',
  ],
  [
    'reversed over uneven options',
    'items.3.reverse',
    true,
    'items[3].reverse: is true, but its options 0, 1 and 4 are not symmetric: lowest plus highest minus a value is none of them. Give it options in even steps, or remove "reverse".',
  ],
  [
    'a subscale of an item that is missing',
    'subscales.0.items.1',
    'e',
    'subscales[0].items[1]: is "e", which is not an item of this file. Did you mean "a"?',
  ],
  [
    'an item twice in a subscale',
    'subscales.0.items',
    ['a', 'a'],
    'subscales[0].items[1]: is "a", which stands in this list already. Give each its own, or remove one.',
  ],
  ['a subscale without items', 'subscales.0.items', [], 'subscales[0].items: is an empty list. List at least 1.'],
  [
    'a method that is none',
    'subscales.0.method',
    'median',
    'subscales[0].method: is "median". Did you mean "mean"? It can be "mean" or "sum".',
  ],
  [
    'a minimum above the items',
    'subscales.0.minAnswered',
    3,
    'subscales[0].minAnswered: is 3, but the subscale has 2 items. Write 2 or less.',
  ],
  ['a minimum of none', 'subscales.0.minAnswered', 0, 'subscales[0].minAnswered: is 0. Give at least 1.'],
  [
    'a minimum that is a fraction',
    'subscales.0.minAnswered',
    1.5,
    'subscales[0].minAnswered: is 1.5. Write a whole number.',
  ],
  [
    'a kit’s minimum that is looser',
    'subscales.0.kitMinAnswered',
    1,
    'subscales[0].kitMinAnswered: is 1, no stricter than "minAnswered". Remove it, or write a larger number.',
  ],
  [
    'a sum over fewer than all',
    'subscales.2.minAnswered',
    3,
    'subscales[2].minAnswered: is 3, but a sum over fewer than its 4 items is none. Write 4, or say by "prorate" or "impute" what stands for the missing.',
  ],
  ['prorated and imputed', 'subscales.1.impute', 1, 'subscales[1].impute: stands beside "prorate". Keep one of them.'],
  [
    'a mean that is prorated',
    'subscales.0.prorate',
    true,
    'subscales[0].prorate: is of no effect on a mean. Remove it: a mean is of the answered items.',
  ],
  [
    'imputed what nobody could answer',
    'subscales.0.impute',
    1.5,
    'subscales[0].impute: is 1.5, which is no option of "a". Use 0, 1 or 2.',
    'subscales[0].impute: is 1.5, which is no option of "b". Use 0, 1 or 2.',
  ],
  [
    'a subscale that needs one that is missing',
    'subscales.2.requires',
    ['clam'],
    'subscales[2].requires[0]: is "clam", which is not a subscale of this file. Did you mean "calm"?',
  ],
  [
    'subscales that need each other',
    'subscales.0.requires',
    ['both'],
    'subscales[0].requires: leads back to this subscale. Remove the circle.',
    'subscales[2].requires: leads back to this subscale. Remove the circle.',
  ],
  [
    'a range that the rule does not give',
    'subscales.0.range',
    { min: 0, max: 4 },
    'subscales[0].range: is 0 to 4, but its items give 0 to 2. Mend the range, the options or the rule: one of them is not the published one.',
    'bands[1].max: ends below the highest score, 4, so some scores have no band. Include it, or write "coverage": "threshold".',
  ],
  [
    'a band of no subscale',
    'bands.0.subscale',
    'clam',
    'bands[0].subscale: is "clam", which is not a subscale of this file. Did you mean "calm"?',
    'bands[1].min: begins above the lowest score, 0, so some scores have no band. Include it, or write "coverage": "threshold".',
  ],
  [
    'bands that overlap',
    'bands.1.min',
    0.5,
    'bands[1]: overlaps bands[0]: both hold 0.5. Let one end where the other begins, and only one of them include it.',
  ],
  [
    'bands that share a score',
    'bands.0.maxInclusive',
    true,
    'bands[1]: overlaps bands[0]: both hold 1. Let one end where the other begins, and only one of them include it.',
  ],
  [
    'bands with a gap',
    'bands.1.min',
    1.5,
    'bands[1]: leaves a gap after bands[0]: what lies between 1 and 1.5 has no band. Let it begin where the other ends (a prorated score need not be whole), or write "coverage": "threshold".',
  ],
  [
    'bands with a gap of one score',
    'bands.1.minInclusive',
    false,
    'bands[1]: leaves a gap after bands[0]: what lies at 1 has no band. Let it begin where the other ends (a prorated score need not be whole), or write "coverage": "threshold".',
  ],
  [
    'bands that leave out the lowest',
    'bands.0.minInclusive',
    false,
    'bands[0].min: begins above the lowest score, 0, so some scores have no band. Include it, or write "coverage": "threshold".',
  ],
  [
    'bands that leave out the highest',
    'bands.1.max',
    1.9,
    'bands[1].max: ends below the highest score, 2, so some scores have no band. Include it, or write "coverage": "threshold".',
  ],
  [
    'a band the wrong way round',
    'bands.0',
    band(1, 0, true, true),
    'bands[0]: runs from 1 to 0, which holds no score. Write the lower end as "min".',
  ],
  [
    'a band beyond the scores',
    'bands.1.max',
    3,
    'bands[1]: runs from 1 to 3, beyond the scores there are, 0 to 2. Keep it within them.',
  ],
  ['a band without a source', 'bands.0.source', GONE, 'bands[0].source: is missing. Add "source": a text.'],
  [
    'bands without coverage',
    'coverage',
    GONE,
    'coverage: is missing. Add "full" where the bands name every score, or "threshold" where they name those beyond one.',
  ],
  ['coverage without bands', 'bands', GONE, 'coverage: stands in a file without bands. Add "bands", or remove it.'],
  [
    'thresholds that overlap',
    'bands',
    [band(1, 2, true, true), band(1.5, 2, true, true)],
    'bands[1]: overlaps bands[0]: both hold 1.5. Let one end where the other begins, and only one of them include it.',
    'bands[0].min: begins above',
  ],
  [
    'safety about an item that is missing',
    'safety.0.item',
    'e',
    'safety[0].item: is "e", which is not an item of this file. Did you mean "a"?',
  ],
  [
    'safety about an answer that is none',
    'safety.0.answers',
    [0, 3],
    'safety[0].answers[1]: is 3, which is no option of "c". Use 0, 1 or 2.',
  ],
  ['no rule for the missing', 'missing', GONE, 'missing: is missing. Add "missing": an object.'],
  ['a basis that is none', 'missing.basis', 'author', 'missing.basis: is "author". Use "published" or "kit".'],
  ['no language', 'languages', [], 'languages: is an empty list. Name the languages that the items are in.'],
  [
    'a language that a text lacks',
    'items.1.text',
    { en: 'I was restless' },
    'items[1].text.es: is missing. Add the published translation, or take "es" out of "languages": nothing is translated here.',
  ],
  [
    'a language that is not claimed',
    'stem.fr',
    'La semaine passée',
    'stem.fr: is in a language that the file does not claim. Add "fr" to "languages", with every text, or remove it.',
  ],
  ['an item without words', 'items.1.text', GONE, 'items[1].text: is missing. Add it in "en" and "es".'],
];

describe('an instrument file', () => {
  it('is read as it stands', () => {
    assert.deepEqual(parse(sample), sample);
  });

  it('may begin with a byte-order mark', () => {
    assert.equal(parseInstrument(`\uFEFF${JSON.stringify(sample)}`, 'calm.json').id, 'calm');
  });

  for (const [what, place, value, ...problems] of broken) {
    it(`${what}: is refused with the place and the fix`, () => {
      const found = problemsOf(JSON.stringify(changed(sample, place, value)));
      assert.equal(found.length, problems.length, found.join('\n'));
      for (const problem of problems)
        assert.ok(
          found.some((line) => line.startsWith(problem)),
          found.join('\n'),
        );
    });
  }

  const strange: readonly (readonly [what: string, text: string, problem: RegExp])[] = [
    ['nothing', '', /^is not JSON\. The parser stopped here: /],
    ['no JSON', '{ "id": calm }', /^is not JSON\. The parser stopped here: /],
    ['a list', '[]', /^is JSON, but not an object\. An instrument file is one object: /],
    ['null', 'null', /^is JSON, but not an object\./],
    ['more than an instrument can be', `"${'a'.repeat(1_048_577)}"`, /^is larger than 1 MB\. No instrument is/],
    ['a stub', '{ "id": "calm", "ship": "none" }', /^holds no items\. Bring the definition/],
    ['words alone', '{ "instrument": "calm", "items": {} }', /^holds the words of an instrument, not its rules\./],
  ];
  for (const [what, text, problem] of strange) {
    it(`${what}: is refused`, () => {
      const found = problemsOf(text);
      assert.equal(found.length, 1);
      assert.match(found[0] ?? '', problem);
    });
  }

  it('everything that is wrong is said at once', () => {
    const file = changed(changed(sample, 'licence', GONE), 'items.0.options', 7);
    assert.equal(problemsOf(JSON.stringify(file)).length, 2);
  });

  it('a structure has no words, but for its name and its period', () => {
    const structure = {
      ...sample,
      ship: 'structure',
      languages: [],
      title: { en: 'How calm?' },
      recall: { en: 'last week' },
      optionSets: {
        often: [{ value: 0 }, { value: 1 }, { value: 2 }],
        uneven: [{ value: 0 }, { value: 1 }, { value: 4 }],
      },
      items: sample.items.map(({ text: _, ...item }) => item),
    };
    const { instructions: _, stem: __, ...bare } = structure;
    assert.deepEqual(parse(bare), bare);
    const withheld = [
      ['stem', { en: 'In the last week' }],
      ['instructions', { en: 'Choose one.' }],
      ['items.0.text', { en: 'I was calm' }],
      ['items.0.anchors', { lowest: { en: 'Never' }, highest: { en: 'Always' } }],
      ['optionSets.often.0.text', { en: 'Never' }],
    ] as const;
    for (const [place, words] of withheld) {
      const found = problemsOf(JSON.stringify(changed(bare, place, words)));
      assert.ok(found.length > 0, place);
      for (const line of found) assert.match(line, /is a text in a file that may have none\. Remove it/);
    }
    assert.match(problemsOf(JSON.stringify({ ...bare, languages: ['en'] })).join(), /languages: claims words/);
  });
});
