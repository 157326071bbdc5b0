import type { Cell } from './cells.ts';
import type { Table } from './tables.ts';
import { type Variable, variableName } from './variables.ts';

/** What every column of an export is, in a table of its own. */

export const CODEBOOK_COLUMNS = [
  'file',
  'column',
  'occasion',
  'part',
  'item',
  'kind',
  'label',
  'values',
  'min',
  'max',
  'note',
];

/** Why a variable has no column, or one without a value. */
const NOT_HERE = 'left out of this export: it is in somebody’s own words';

/**
 * @param tables those written, in their order
 * @param freeText whether the answers to questions in free text are in this export
 */
export function codebookRows(
  tables: readonly Pick<Table<never>, 'file' | 'columns'>[],
  variables: readonly Variable[],
  freeText: boolean,
): readonly (readonly Cell[])[] {
  const asked = new Set(
    variables.flatMap((one) => [variableName(one), ...one.values.map(({ value }) => `${variableName(one)}[${value}]`)]),
  );
  const fixed = tables.flatMap(({ file, columns }) =>
    columns
      .filter(({ name }) => !asked.has(name))
      .map(({ name, note, about }): Cell[] => [
        ...[file, name, null, about?.part ?? null, about?.item ?? null, about?.kind ?? null, about?.label || null],
        ...[null, null, null, note],
      ]),
  );
  return [...fixed, ...variables.map((variable) => variableRow(variable, freeText))];
}

function variableRow(variable: Variable, freeText: boolean): readonly Cell[] {
  const { occasion, part, item, kind, label, values, range } = variable;
  const coded =
    kind === 'site' ? [] : values.map(({ value, label: said }) => ({ value, ...(said !== '' && { label: said }) }));
  const notes: Readonly<Partial<Record<Variable['kind'], string>>> = {
    'free-text': freeText ? '' : NOT_HERE,
    date: 'days from the participant’s first day',
    site: 'code of the site',
    choices: 'one column for each value, by column[value]: 1 where it was chosen',
    item: 'what its values mean stands in the instrument, whose words are not in an export',
  };
  return [
    ...['participants.csv', variableName(variable), occasion, part, item, kind, label || null],
    coded.length === 0 ? null : JSON.stringify(coded),
    ...[range?.min ?? null, range?.max ?? null, notes[kind] || null],
  ];
}
