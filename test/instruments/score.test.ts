import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { checkAnswers } from '../../src/instruments/check-answers.ts';
import { AnswersError } from '../../src/instruments/instrument-error.ts';
import { instrumentIds, loadInstrument } from '../../src/instruments/library.ts';
import { parseInstrument } from '../../src/instruments/parse-instrument.ts';
import { SCORING_VERSION, safetyFlag, score } from '../../src/instruments/score.ts';
import type { Answers } from '../../src/study/answers.ts';
import { changed, sampleInstrument } from './sample-instrument.ts';

const sample = sampleInstrument();
const calm = parseInstrument(JSON.stringify(sample), 'calm.json');
const FULL: Answers = { a: 2, b: 0, c: 1, d: 4 };

describe('score', () => {
  it('gives scores, bands, flags, how many were answered, and by which rule', () => {
    // calm (2 + 2)/2, rest 1 + 4, both 2 + 2 + 1 + 4.
    assert.deepEqual(score(calm, FULL), {
      scores: { calm: 2, rest: 5, both: 9 },
      bands: { calm: 'high' },
      flags: [],
      answered: 4,
      rule: `calm@1.2.0/${SCORING_VERSION}`,
    });
    assert.equal(score(calm, FULL, { kitRules: true }).rule, `calm@1.2.0/${SCORING_VERSION}+kit`);
  });

  it('gives nothing for nothing, and says so', () => {
    const { answered, bands, flags, scores } = score(calm, {});
    assert.deepEqual(
      { answered, bands, flags, scores },
      {
        answered: 0,
        bands: { calm: null },
        flags: [],
        scores: { calm: null, rest: null, both: null },
      },
    );
  });

  it('prorates a sum by its answered items', () => {
    // d missing: 2 * 2/1.
    assert.equal(score(calm, { c: 2 }).scores.rest, 4);
  });

  it('counts a missing item as what the rule says, reversed where it is', () => {
    const {
      bands: _,
      coverage: __,
      ...file
    } = changed(sample, 'subscales.0', {
      ...{ id: 'calm', items: ['a', 'b'], method: 'sum', range: { min: 0, max: 4 }, higher: 'better' },
      ...{ minAnswered: 1, impute: 2 },
    });
    const imputed = parseInstrument(JSON.stringify(file), 'calm.json');
    // b missing, counted as 2, reversed 0 + 2 - 2 = 0: 2 + 0.
    assert.equal(score(imputed, { a: 2 }).scores.calm, 2);
    // a missing, counted as 2: 2 + (0 + 2 - 0).
    assert.equal(score(imputed, { b: 0 }).scores.calm, 4);
  });

  const kit = parseInstrument(JSON.stringify(changed(sample, 'missing.basis', 'kit')), 'calm.json');

  it('leaves the kit’s own rules off until they are asked for', () => {
    assert.deepEqual(score(kit, { a: 2, c: 1 }).scores, { calm: null, rest: null, both: null });
    assert.deepEqual(score(kit, { a: 2, c: 1 }, { kitRules: true }).scores, { calm: 2, rest: 2, both: null });
    assert.deepEqual(score(kit, FULL).scores, score(calm, FULL).scores);
  });

  it('raises a safety flag whatever else is answered', () => {
    assert.deepEqual(score(calm, { c: 0 }).flags, [{ kind: 'safety', item: 'c', value: 0 }]);
    assert.deepEqual(score(calm, { ...FULL, c: 2 }).flags, []);
  });

  it('tells a safety answer by itself, before a page is full', () => {
    assert.deepEqual(safetyFlag(calm, 'c', 0), { kind: 'safety', item: 'c', value: 0 });
    for (const [item, value] of [
      ['c', 1],
      ['a', 0],
      ['c', undefined],
      ['c', '0'],
      ['gone', 0],
    ] as const) {
      assert.equal(safetyFlag(calm, item, value), undefined);
    }
  });

  const wrong: readonly (readonly [what: string, answers: Answers, message: string])[] = [
    [
      'a value that is no option',
      { a: 3 },
      'calm: "a" cannot be scored. a: is 3, which is not one of its options. Use 0, 1 or 2.',
    ],
    [
      'a value between two options',
      { d: 2 },
      'calm: "d" cannot be scored. d: is 2, which is not one of its options. Use 0, 1 or 4.',
    ],
    [
      'a number as text',
      { a: '2' },
      'calm: "a" cannot be scored. a: is "2", which is not one of its options. Write the number: 2.',
    ],
    ['true', { a: true }, 'calm: "a" cannot be scored. a: is true, which is not one of its options. Use 0, 1 or 2.'],
    ['a list', { a: [1] }, 'calm: "a" cannot be scored. a: is [1], which is not one of its options. Use 0, 1 or 2.'],
    [
      'not a number',
      { a: Number.NaN },
      'calm: "a" cannot be scored. a: is null, which is not one of its options. Use 0, 1 or 2.',
    ],
    [
      'an unknown item',
      { e: 1 },
      'calm: "e" cannot be scored. e: is not an item of it. Did you mean "a"? It has "a", "b", "c" and "d".',
    ],
    [
      'an item called as every object’s',
      { toString: 1 },
      'calm: "toString" cannot be scored. toString: is not an item of it. It has "a", "b", "c" and "d".',
    ],
    [
      'two at once',
      { a: 3, b: 3 },
      'calm: "a" and "b" cannot be scored. a: is 3, which is not one of its options. Use 0, 1 or 2. b: is 3, which is not one of its options. Use 0, 1 or 2.',
    ],
  ];
  for (const [what, answers, message] of wrong) {
    it(`${what}: is named, and nothing is scored`, () => {
      assert.throws(
        () => score(calm, { ...FULL, ...answers }),
        (error) => {
          assert.ok(error instanceof AnswersError);
          assert.equal(error.code, 'bad-answers');
          assert.equal(error.message, message);
          assert.deepEqual(error.problems, checkAnswers(calm, { ...FULL, ...answers }));
          return true;
        },
      );
    });
  }
});

describe('the library’s safety answers', () => {
  it('are item 9 of the PHQ-9, from several days on, and 4 and 5 of the single item', async () => {
    const found: string[] = [];
    for (const id of instrumentIds) {
      const instrument = await loadInstrument(id);
      for (const { item, answers, needsContact } of instrument.safety ?? []) {
        found.push(`${id} ${item}: ${answers.join(' ')}${needsContact ? ', needs a contact' : ''}`);
      }
    }
    assert.deepEqual(found, ['phq9 q9: 1 2 3, needs a contact', 'single_item_burnout q1: 4 5']);
  });
});
