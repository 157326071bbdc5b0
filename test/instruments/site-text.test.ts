import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { InstrumentError } from '../../src/instruments/instrument-error.ts';
import { loadInstrument } from '../../src/instruments/library.ts';
import { score } from '../../src/instruments/score.ts';
import { withSiteText } from '../../src/instruments/site-text.ts';
import { changed, GONE } from './sample-instrument.ts';

const structure = await loadInstrument('pss4');
const cbi = await loadInstrument('cbi');
const rtlx = await loadInstrument('nasa_rtlx');

/** What a site with a permission would write; the words are made up here. */
const site = {
  instrument: 'pss4',
  instrumentVersion: structure.version,
  version: '2.0.0',
  licence: 'Permission of the author to the Night Rest Study, 2026-03-01',
  languages: ['en'],
  instructions: { en: 'Choose one.' },
  items: Object.fromEntries(structure.items.map(({ id }) => [id, { en: `Words of ${id}` }])),
  options: { frequency: { '0': { en: 'Lowest' }, '4': { en: 'Highest' } } },
};

const merge = (file: unknown) => withSiteText(structure, JSON.stringify(file), 'pss4.text.json');

function refusalOf(file: unknown): string {
  try {
    merge(file);
  } catch (error) {
    assert.ok(error instanceof InstrumentError);
    return error.message;
  }
  return '';
}

describe('a structure with a site’s words', () => {
  it('is asked in them, and scored as before', () => {
    const merged = merge(site);
    assert.equal(merged.ship, 'site');
    assert.deepEqual(merged.languages, ['en']);
    assert.deepEqual(merged.siteText, { licence: site.licence, version: '2.0.0' });
    assert.deepEqual(
      merged.items.map(({ text }) => text?.en),
      ['Words of q1', 'Words of q2', 'Words of q3', 'Words of q4'],
    );
    assert.deepEqual(
      merged.items.map(({ reverse }) => reverse),
      structure.items.map(({ reverse }) => reverse),
    );
    assert.deepEqual(
      merged.optionSets.frequency?.map(({ value, text }) => [value, text?.en]),
      [
        [0, 'Lowest'],
        [1, undefined],
        [2, undefined],
        [3, undefined],
        [4, 'Highest'],
      ],
    );
    assert.deepEqual(merged.instructions, site.instructions);
    assert.deepEqual(merged.recall, { en: 'last month' });
    const answers = { q1: 1, q2: 2, q3: 3, q4: 3 };
    assert.deepEqual(score(merged, answers), score(structure, answers));
  });

  it('leaves the structure as it was', () => {
    const before = JSON.stringify(structure);
    merge(site);
    assert.equal(JSON.stringify(structure), before);
  });

  const refused: readonly (readonly [what: string, place: string, value: unknown, problem: string])[] = [
    ['no licence line', 'licence', GONE, 'licence: is missing. Add "licence": a text.'],
    ['an empty licence line', 'licence', '  ', 'licence: is "  ". Write at least a word.'],
    [
      'words of another instrument',
      'instrument',
      'pss10',
      'instrument: is "pss10", not "pss4". Take the file of that instrument.',
    ],
    [
      'words for another version',
      'instrumentVersion',
      '0.9.0',
      'instrumentVersion: is "0.9.0", but the structure is "1.0.0". Compare the words with that version, then write its number.',
    ],
    ['an item without words', 'items.q3', GONE, 'items.q3: is missing. Add it in "en".'],
    [
      'an item that is not there',
      'items.q5',
      { en: 'More' },
      'items.q5: is "q5", which is not an item of pss4. Did you mean "q1"?',
    ],
    [
      'options that are not there',
      'options.often',
      { '0': { en: 'No' } },
      'options.often: is "often", which is not an option set of pss4. Use "frequency".',
    ],
    [
      'a value that is not there',
      'options.frequency.5',
      { en: 'More' },
      'options.frequency.5: is no value of these options. Use "0", "1", "2", "3" or "4".',
    ],
    [
      'an end without words',
      'options.frequency.4',
      GONE,
      'options.frequency.4: is missing. Add what this answer is called: without it nobody knows which end is which.',
    ],
    [
      'a language without an item',
      'items.q2',
      { es: 'Palabras' },
      'items.q2.en: is missing. Add the published translation, or take "en" out of "languages": nothing is translated here.',
    ],
    ['a language without an option', 'options.frequency.0', { es: 'Nada' }, 'options.frequency.0.en: is missing.'],
    ['a language without the name', 'languages', ['en', 'es'], 'title.es: is missing.'],
    ['a rule of its own', 'scoring', {}, 'scoring: is not a property the kit knows here.'],
  ];
  for (const [what, place, value, problem] of refused) {
    it(`${what}: is refused`, () => {
      assert.ok(
        refusalOf(changed(site, place, value)).includes(`pss4.text.json: ${problem}`),
        refusalOf(changed(site, place, value)),
      );
    });
  }

  it('what is no file of words is refused', () => {
    for (const text of ['', '[]', 'null', '{}', '"pss4"']) {
      assert.throws(() => withSiteText(structure, text, 'pss4.text.json'), { code: 'bad-instrument' });
    }
  });

  it('a text instrument takes a translation and a variant, in the site’s languages alone', () => {
    const words = { da: 'Ord' };
    const danish = {
      instrument: 'cbi',
      instrumentVersion: cbi.version,
      version: '1.0.0',
      licence: 'Download from the owner, 2026-03-01',
      languages: ['da'],
      variant: 'residents for clients',
      title: words,
      items: Object.fromEntries(cbi.items.map(({ id }) => [id, words])),
      options: Object.fromEntries(
        Object.entries(cbi.optionSets).map(([id, set]) => [
          id,
          Object.fromEntries(set.map(({ value }) => [value, words])),
        ]),
      ),
    };
    const merged = withSiteText(cbi, JSON.stringify(danish), 'cbi.da.json');
    assert.deepEqual(merged.languages, ['da']);
    assert.equal(merged.variant, 'residents for clients');
    assert.ok(!JSON.stringify({ ...merged, licence: '', citation: '' }).includes('"en"'));
  });

  it('items that complete a stem are not taken without it', async () => {
    const gad2 = await loadInstrument('gad2');
    const words = { da: 'Ord' };
    const danish = {
      ...{ instrument: 'gad2', instrumentVersion: gad2.version, version: '1.0.0', licence: 'Free', languages: ['da'] },
      ...{ title: words, recall: words, items: { q1: words, q2: words } },
      options: { days: { '0': words, '3': words } },
    };
    const merged = withSiteText(gad2, JSON.stringify({ ...danish, stem: words }), 'gad2.da.json');
    assert.deepEqual(merged.stem, words);
    assert.throws(() => withSiteText(gad2, JSON.stringify(danish), 'gad2.da.json'), {
      message: 'gad2.da.json: stem: is missing. Add it: the items of gad2 are read with it.',
    });
  });

  it('a scale of numbers may name its ends item by item', () => {
    const words = { es: 'Palabras' };
    const spanish = {
      instrument: 'nasa_rtlx',
      instrumentVersion: rtlx.version,
      version: '1.0.0',
      licence: 'Free to use',
      languages: ['es'],
      title: words,
      recall: words,
      items: Object.fromEntries(rtlx.items.map(({ id }) => [id, words])),
      anchors: Object.fromEntries(rtlx.items.map(({ id }) => [id, { lowest: words, highest: words }])),
      options: {},
    };
    const merged = withSiteText(rtlx, JSON.stringify(spanish), 'rtlx.es.json');
    assert.deepEqual(merged.items[3]?.anchors, { lowest: words, highest: words });
    const { effort: _, ...anchors } = spanish.anchors;
    assert.throws(
      () => withSiteText(rtlx, JSON.stringify({ ...spanish, anchors }), 'rtlx.es.json'),
      /options\.scale\.100: is missing/,
    );
  });
});
