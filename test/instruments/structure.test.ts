import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { instrumentIds, loadInstrument } from '../../src/instruments/library.ts';
import { parseInstrument } from '../../src/instruments/parse-instrument.ts';
import type { Instrument } from '../../src/instruments/schema.ts';
import { score } from '../../src/instruments/score.ts';
import { rulesOf, structureOf } from '../../src/instruments/structure.ts';
import { answersArbitrary } from './instrument-arbitrary.ts';
import { changed, sampleInstrument } from './sample-instrument.ts';

/** An instrument without its words: what a receiver keeps of it. */

const library = await Promise.all(instrumentIds.map(loadInstrument));
const sample = parseInstrument(JSON.stringify(sampleInstrument()), 'calm');

describe('the structure of an instrument', () => {
  for (const instrument of [...library, sample]) {
    it(`is an instrument file again, and scores as before: ${instrument.id}`, () => {
      const structure = parseInstrument(JSON.stringify(structureOf(instrument)), instrument.id);
      assert.deepEqual([structure.ship, structure.languages], ['structure', []]);
      fc.assert(
        fc.property(answersArbitrary(instrument, 'any'), fc.boolean(), (answers, kitRules) => {
          assert.deepEqual(score(structure, answers, { kitRules }), score(instrument, answers, { kitRules }));
        }),
        { numRuns: 20 },
      );
    });
  }

  it('has no word of items, options and instructions, nor who lent them', () => {
    const lent: Instrument = { ...sample, siteText: { licence: 'Lent to us', version: '1.0.0' }, variant: 'Calmer' };
    const text = JSON.stringify(structureOf(lent));
    for (const words of ['I was calm', 'Nunca', 'In the last week', 'Choose one', 'Lent to us', 'Calmer']) {
      assert.ok(!text.includes(words), words);
    }
    assert.ok(text.includes('How calm?'), 'its name is no secret');
  });
});

describe('the rules of an instrument', () => {
  const file = sampleInstrument();
  const rules = (instrument: object) => rulesOf(structureOf(parseInstrument(JSON.stringify(instrument), 'calm')));

  it('are the same in other words', () => {
    const reworded = [
      'title.en',
      'items.0.text.en',
      'optionSets.often.0.text.es',
      'citation',
      'licence.terms',
      'notes',
    ];
    for (const place of reworded) assert.deepEqual(rules(changed(file, place, 'Other words')), rules(file), place);
  });

  it('are others where anything differs that a score or a flag depends on', () => {
    const changes: readonly (readonly [place: string, value: unknown])[] = [
      ['version', '1.2.1'],
      ['items.1.reverse', false],
      ['optionSets.often.2.value', 3],
      ['subscales.1.minAnswered', 2],
      ['missing.basis', 'kit'],
      ['bands.0.label', 'lower'],
      ['safety.0.answers', [1]],
      ['conventionalBands', true],
    ];
    for (const [place, value] of changes) {
      const other = changed(file, place, value) as unknown as Instrument;
      assert.notDeepEqual(rulesOf(structureOf(other)), rules(file), place);
    }
  });
});
