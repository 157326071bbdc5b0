import type { Finding } from '../study/finding.ts';
import { show } from '../study/wording.ts';
import { parseInstrument, refuse } from './parse-instrument.ts';
import type { Instrument, InstrumentStub } from './schema.ts';

/**
 * An instrument that is sold by the use: the kit has neither its items nor its key. A site with a licence hands in the
 * publisher's definition at run time; it is held against what anybody may know of the instrument. Nothing here keeps or
 * logs it.
 */

/**
 * @param text the content of the site's instrument file, with `licence.number` and `licence.seats`
 * @param file its name or address, for the messages; the words of the file are in none of them
 * @throws InstrumentError where it is no such instrument, or says nothing of its licence
 */
export function withLicence(stub: InstrumentStub, text: string, file: string): Instrument {
  const instrument = parseInstrument(text, file);
  refuse(misfits(stub, instrument), file);
  return instrument;
}

function misfits(stub: InstrumentStub, { id, items, licence, optionSets, ship, subscales }: Instrument): Finding[] {
  const wrong = (path: readonly PropertyKey[], is: unknown, should: unknown): Finding[] =>
    is === should
      ? []
      : [{ path, message: `is ${show(is)}, not ${show(should)}.`, fix: `Compare it with the manual of ${stub.id}.` }];
  const needed = (key: 'number' | 'seats', what: string): Finding[] =>
    licence[key] === undefined ? [{ path: ['licence', key], message: 'is missing.', fix: `Add ${what}.` }] : [];
  return [
    ...wrong(['id'], id, stub.id),
    ...wrong(['ship'], ship, 'site'),
    ...needed('number', 'the number of your licence'),
    ...needed('seats', 'how many administrations it covers'),
    ...wrong(['items', 'length'], items.length, stub.items),
    ...Object.entries(optionSets).flatMap(([set, options]) => {
      const values = options.map(({ value }) => value);
      return [
        ...wrong(['optionSets', set, 'lowest'], Math.min(...values), stub.options.min),
        ...wrong(['optionSets', set, 'highest'], Math.max(...values), stub.options.max),
      ];
    }),
    ...wrong(
      ['subscales'],
      subscales
        .map((one) => one.id)
        .sort()
        .join(' '),
      stub.subscales
        .map((one) => one.id)
        .sort()
        .join(' '),
    ),
    ...stub.subscales.flatMap((expected) => {
      const index = subscales.findIndex((one) => one.id === expected.id);
      const found = subscales[index];
      if (found === undefined) return [];
      return [
        ...wrong(['subscales', index, 'items', 'length'], found.items.length, expected.items),
        ...wrong(['subscales', index, 'range', 'min'], found.range.min, expected.range.min),
        ...wrong(['subscales', index, 'range', 'max'], found.range.max, expected.range.max),
        ...wrong(['subscales', index, 'higher'], found.higher, expected.higher),
      ];
    }),
  ];
}
