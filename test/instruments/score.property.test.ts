import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import fc from 'fast-check';
import { instrumentIds, loadInstrument } from '../../src/instruments/library.ts';
import type { Instrument, Subscale } from '../../src/instruments/schema.ts';
import { score } from '../../src/instruments/score.ts';
import type { Answers } from '../../src/study/answers.ts';
import { answersArbitrary, valuesOf } from './instrument-arbitrary.ts';

/** What holds for every instrument of the library and any answers, whatever its rule. */

const NEAR = 1e-6;
const isNear = (a: number | null | undefined, b: number | null | undefined): boolean =>
  typeof a === 'number' && typeof b === 'number' ? Math.abs(a - b) < NEAR : a === b;

const itemOf = ({ items }: Instrument, id: string) => {
  const item = items.find((one) => one.id === id);
  assert.ok(item, id);
  return item;
};

/** The value as far from the other end of the item's own options. */
function mirror(instrument: Instrument, id: string, value: unknown): number {
  const values = valuesOf(instrument, itemOf(instrument, id));
  return (values[0] ?? 0) + (values.at(-1) ?? 0) - Number(value);
}

/** Said once more, from the file alone: which subscales have a score with these items answered. */
function isScored(instrument: Instrument, subscale: Subscale, answers: Answers, kitRules: boolean): boolean {
  const { items, kitMinAnswered, minAnswered, requires = [] } = subscale;
  const isOn = kitRules || instrument.missing.basis === 'published';
  const minimum = isOn ? Math.max(minAnswered, kitRules ? (kitMinAnswered ?? 0) : 0) : items.length;
  const count = items.filter((item) => answers[item] !== undefined).length;
  const needed = instrument.subscales.filter(({ id }) => requires.includes(id));
  return count >= minimum && needed.every((other) => isScored(instrument, other, answers, kitRules));
}

for (const id of instrumentIds) {
  describe(`${id}, with any answers`, () => {
    let instrument: Instrument;
    before(async () => {
      instrument = await loadInstrument(id);
    });

    const check = (missing: 'none' | 'any', holds: (answers: Answers, kitRules: boolean) => void): void =>
      fc.assert(fc.property(answersArbitrary(instrument, missing), fc.boolean(), holds));

    it('keeps every score within its bounds', () => {
      check('any', (answers, kitRules) => {
        const { scores } = score(instrument, answers, { kitRules });
        for (const { id: subscale, range } of instrument.subscales) {
          const value = scores[subscale];
          if (typeof value === 'number') assert.ok(value >= range.min - NEAR && value <= range.max + NEAR, `${value}`);
        }
      });
    });

    it('reaches both bounds', () => {
      for (const end of ['min', 'max'] as const) {
        const answers = Object.fromEntries(
          instrument.items.map((item) => {
            const values = valuesOf(instrument, item);
            return [item.id, (end === 'max') === (item.reverse !== true) ? (values.at(-1) ?? 0) : (values[0] ?? 0)];
          }),
        );
        const { scores } = score(instrument, answers);
        for (const { id: subscale, range } of instrument.subscales) assert.ok(isNear(scores[subscale], range[end]));
      }
    });

    it('gives a score exactly where the rule does', () => {
      check('any', (answers, kitRules) => {
        const { answered, scores } = score(instrument, answers, { kitRules });
        for (const subscale of instrument.subscales) {
          assert.equal(scores[subscale.id] !== null, isScored(instrument, subscale, answers, kitRules), subscale.id);
        }
        assert.equal(answered, Object.keys(answers).length);
      });
    });

    it('moves with an answer towards its subscales’ direction, and leaves the others', () => {
      fc.assert(
        fc.property(answersArbitrary(instrument, 'any'), fc.nat(), fc.nat(), (answers, which, step) => {
          const ids = Object.keys(answers);
          const changed = ids[which % Math.max(1, ids.length)];
          if (changed === undefined) return;
          const item = itemOf(instrument, changed);
          const above = valuesOf(instrument, item).filter((value) => value > Number(answers[changed]));
          const raised = above[step % Math.max(1, above.length)];
          if (raised === undefined) return;
          const options = { kitRules: true };
          const before = score(instrument, answers, options).scores;
          const after = score(instrument, { ...answers, [changed]: raised }, options).scores;
          for (const { id: subscale, items } of instrument.subscales) {
            const [from, to] = [before[subscale], after[subscale]];
            if (typeof from !== 'number' || typeof to !== 'number') assert.equal(from, to);
            else if (!items.includes(changed)) assert.equal(from, to, subscale);
            else assert.ok(item.reverse ? to < from : to > from, `${subscale}: ${from} to ${to}`);
          }
        }),
      );
    });

    it('mirrors: every answer at the other end gives the score at the other end', () => {
      check('any', (answers, kitRules) => {
        const mirrored = Object.fromEntries(
          Object.entries(answers).map(([item, value]) => [item, mirror(instrument, item, value)]),
        );
        const [there, back] = [score(instrument, answers, { kitRules }), score(instrument, mirrored, { kitRules })];
        for (const { id: subscale, range } of instrument.subscales) {
          const value = there.scores[subscale];
          const expected = typeof value === 'number' ? range.min + range.max - value : value;
          assert.ok(isNear(back.scores[subscale], expected), subscale);
        }
      });
    });

    it('takes a reversed item for the same item answered at the other end', () => {
      fc.assert(
        fc.property(answersArbitrary(instrument, 'none'), fc.nat(), (answers, which) => {
          const item = instrument.items[which % instrument.items.length];
          assert.ok(item);
          const { reverse = false } = item;
          const items = instrument.items.map((one) => (one === item ? { ...one, reverse: !reverse } : one));
          const turned = { ...answers, [item.id]: mirror(instrument, item.id, answers[item.id]) };
          const [as, turnedAs] = [score(instrument, answers).scores, score({ ...instrument, items }, turned).scores];
          for (const { id: subscale } of instrument.subscales) assert.ok(isNear(as[subscale], turnedAs[subscale]));
        }),
      );
    });

    it('asks for no order, of answers, items or subscales', () => {
      check('any', (answers, kitRules) => {
        const turned: Instrument = {
          ...instrument,
          items: instrument.items.toReversed(),
          subscales: instrument.subscales.toReversed().map((one) => ({ ...one, items: one.items.toReversed() })),
        };
        const back = Object.fromEntries(Object.entries(answers).reverse());
        const [one, other] = [score(instrument, answers, { kitRules }), score(turned, back, { kitRules })];
        for (const { id: subscale } of instrument.subscales) {
          assert.ok(isNear(one.scores[subscale], other.scores[subscale]), subscale);
        }
        assert.deepEqual({ ...one.bands }, { ...other.bands });
        assert.deepEqual(one.flags, other.flags.toReversed());
      });
    });

    it('names a band for every score, where the bands are said to be full', () => {
      if (instrument.bands === undefined) return;
      check('any', (answers, kitRules) => {
        const { bands, scores } = score(instrument, answers, { kitRules, conventionalBands: true });
        for (const [subscale, label] of Object.entries(bands)) {
          if (scores[subscale] === null) assert.equal(label, null);
          else if (instrument.coverage === 'full') assert.equal(typeof label, 'string', `${scores[subscale]}`);
        }
      });
    });

    it('changes nothing that it is given', () => {
      const whole = JSON.stringify(instrument);
      check('any', (answers) => {
        const kept = JSON.stringify(answers);
        score(instrument, Object.freeze(answers), { kitRules: true });
        assert.equal(JSON.stringify(answers), kept);
      });
      assert.equal(JSON.stringify(instrument), whole);
    });
  });
}
