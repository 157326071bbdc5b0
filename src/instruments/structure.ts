import type { Instrument } from './schema.ts';

/** An instrument without its words: what answers are read and scored by, and all that may be kept of a licensed one. */

/**
 * The instrument with its ids, options and rules, and not a word of it: neither instructions nor items nor what options are
 * called. Its name and the period that it asks about are facts, and stay.
 */
export function structureOf(instrument: Instrument): Instrument {
  const { instructions: _, stem: __, variant: ___, siteText: ____, items, optionSets, ...rest } = instrument;
  return {
    ...rest,
    ship: 'structure',
    languages: [],
    items: items.map(({ text: _text, anchors: _anchors, ...item }) => item),
    optionSets: Object.fromEntries(
      Object.entries(optionSets).map(([id, options]) => [id, options.map(({ value }) => ({ value }))]),
    ),
  };
}

/** Of all that an instrument says, what decides which answers it takes, what they score and which of them raise a flag. */
export function rulesOf({
  id,
  version,
  items,
  optionSets,
  subscales,
  missing: { basis },
  bands = [],
  coverage,
  conventionalBands,
  safety = [],
}: Instrument) {
  return {
    ...{ id, version, items, optionSets, subscales, basis, bands, safety },
    ...(coverage !== undefined && { coverage }),
    ...(conventionalBands !== undefined && { conventionalBands }),
  };
}
