import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { instrumentIds, loadInstrument } from '../../src/instruments/library.ts';
import { score } from '../../src/instruments/score.ts';
import { derivedExamples } from './derived-examples.ts';
import { answersOf, type Example } from './example.ts';
import { workedExamples } from './worked-examples.ts';

async function holds(example: Example): Promise<void> {
  const { answers, bands, conventionalBands = false, flags, kitRules = false, scores } = example;
  const instrument = await loadInstrument(example.instrument);
  const result = score(instrument, answersOf(instrument, answers), { kitRules, conventionalBands });
  assert.deepEqual(Object.keys(result.scores), Object.keys(scores));
  for (const [subscale, expected] of Object.entries(scores)) {
    const found = result.scores[subscale] ?? null;
    if (expected === null || found === null) assert.equal(found, expected, subscale);
    else assert.ok(Math.abs(found - expected) < 1e-6, `${subscale}: ${found}, not ${expected}`);
  }
  if (bands !== undefined) assert.deepEqual(result.bands, bands);
  if (flags !== undefined)
    assert.deepEqual(
      result.flags.map(({ item }) => item),
      flags,
    );
  assert.equal(result.answered, answers.filter((answer) => answer !== undefined).length);
}

describe('the example that came with each instrument', () => {
  for (const example of workedExamples) it(`${example.instrument}: ${example.name}`, () => holds(example));

  it('there is one for each', () => {
    assert.deepEqual(workedExamples.map(({ instrument }) => instrument).sort(), [...instrumentIds].sort());
  });
});

describe('examples worked out by hand', () => {
  for (const example of derivedExamples) it(`${example.instrument}: ${example.name}`, () => holds(example));

  it('there are five and more for each', () => {
    for (const id of instrumentIds) {
      assert.ok(derivedExamples.filter(({ instrument }) => instrument === id).length >= 5, id);
    }
  });
});
