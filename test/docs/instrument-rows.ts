/** What docs/instruments.md must say of each instrument of the library, made from its file. */
import { instrumentIds, licensedIds, loadInstrument, loadStub } from '../../src/instruments/library.ts';
import type { Instrument, InstrumentStub, Subscale } from '../../src/instruments/schema.ts';

type Row = readonly string[];

const library = await Promise.all(instrumentIds.map(loadInstrument));
const stubs = (await Promise.all(licensedIds.map(loadStub))).filter((stub) => stub !== undefined);
const code = (text: string): string => `\`${text}\``;

/** Id, name, number of items, values, scores, whose words and in which languages. */
export function libraryRows(): readonly Row[] {
  return [
    ...library.map((one) => [
      code(one.id),
      one.title.en ?? '',
      String(one.items.length),
      valuesOf(one),
      scoresOf(one),
      one.ship,
      one.languages.join(', ') || 'the site’s',
    ]),
    ...stubs.map((one) => [
      code(one.id),
      one.title.en ?? '',
      String(one.items),
      `${one.options.min} to ${one.options.max}`,
      one.subscales.map(({ id, range }) => `${code(id)} ${range.min} to ${range.max}`).join(', '),
      one.ship,
      'the site’s',
    ]),
  ];
}

/** Id, what is done about missing items, by whom, and the fewest answers that give a score. */
export function ruleRows(): readonly Row[] {
  return library.map(({ id, missing, subscales }) => [code(id), missing.basis, missing.rule, minimaOf(subscales)]);
}

/** Id and terms. */
export function licenceRows(): readonly Row[] {
  return [...library, ...stubs].map(({ id, licence }: Instrument | InstrumentStub) => [
    code(id),
    licence.terms + (licence.file === undefined ? '' : ` Its file: ${code(licence.file)}.`),
  ]);
}

/** Id, subscale, limits, label and source of each band. */
export function bandRows(): readonly Row[] {
  return library.flatMap(({ bands = [], conventionalBands, coverage, id }) =>
    bands.map(({ label, max, maxInclusive, min, minInclusive, source, subscale }) => [
      code(id),
      code(subscale),
      `${minInclusive ? 'from' : 'above'} ${min} ${maxInclusive ? 'to' : 'to below'} ${max}`,
      label,
      `${coverage}${conventionalBands ? ', on request' : ''}`,
      source,
    ]),
  );
}

function valuesOf({ optionSets }: Instrument): string {
  const values = Object.values(optionSets).map((options) => {
    const sorted = options.map(({ value }) => value).sort((a, b) => a - b);
    const [lowest = 0, second = 0] = sorted;
    const step = second - lowest;
    return `${lowest} to ${sorted.at(-1)}${step === 1 ? '' : ` by ${step}`}`;
  });
  return [...new Set(values)].join('; ');
}

function scoresOf({ subscales }: Instrument): string {
  return subscales.map(({ id, method, range }) => `${code(id)} ${method} ${range.min} to ${range.max}`).join(', ');
}

function minimaOf(subscales: readonly Subscale[]): string {
  return subscales
    .map(({ id, items, kitMinAnswered, minAnswered, requires }) => {
      const kit = kitMinAnswered === undefined ? '' : ` (the kit’s ${kitMinAnswered})`;
      const needs = requires === undefined ? '' : `, needs ${requires.map(code).join(', ')}`;
      return `${code(id)} ${minAnswered} of ${items.length}${kit}${needs}`;
    })
    .join('; ');
}
