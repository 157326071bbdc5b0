import fc from 'fast-check';
import { optionsOf } from '../../src/instruments/options.ts';
import type { Instrument, Item } from '../../src/instruments/schema.ts';
import type { Answers } from '../../src/study/answers.ts';

/** Any answers that an instrument can get. */

/** The values of an item, the lowest first. */
export function valuesOf(instrument: Instrument, item: Item): number[] {
  return optionsOf(instrument, item)
    .map(({ value }) => value)
    .sort((a, b) => a - b);
}

/** @param missing how much of it may be missing: nothing, or any of it, a few items as likely as most */
export function answersArbitrary(instrument: Instrument, missing: 'none' | 'any'): fc.Arbitrary<Answers> {
  const ids = instrument.items.map(({ id }) => id);
  const values = fc.tuple(...instrument.items.map((item) => fc.constantFrom(...valuesOf(instrument, item))));
  const answered = missing === 'none' ? fc.constant(ids) : fc.subarray(ids);
  return fc.tuple(values, answered).map(([given, kept]) =>
    Object.fromEntries(
      ids.flatMap((id, index) => {
        const value = given[index];
        return value === undefined || !kept.includes(id) ? [] : [[id, value]];
      }),
    ),
  );
}
