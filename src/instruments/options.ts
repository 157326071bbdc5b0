import type { Instrument, Item, Option } from './schema.ts';

/** The options that an item is answered by, in the order they are shown. */
export function optionsOf(
  { optionSets }: Pick<Instrument, 'optionSets'>,
  { options }: Pick<Item, 'options'>,
): readonly Option[] {
  return (Object.hasOwn(optionSets, options) ? optionSets[options] : undefined) ?? [];
}
