import { stringify } from 'csv-stringify/sync';

/**
 * Cells of a table as text that a spreadsheet shows and does not carry out (docs/exports.md): a text that it could take for a
 * formula gets an apostrophe in front, by a rule that can be turned round.
 */

/** What stands in a cell; null for nothing. */
export type Cell = string | number | boolean | null;

/** For Excel, which takes a file without it for something else than UTF-8. */
export const BYTE_ORDER_MARK = '\uFEFF';

/**
 * What a formula can begin with, in any of the spreadsheets (OWASP, "CSV Injection"), behind any number of apostrophes; and the
 * empty text, which would look like no answer.
 */
const TAKES_APOSTROPHE = /^'*([=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]|$)/;

/** A text as it stands in its cell. No file can hold a NUL, which is written as U+FFFD. */
export function textCell(text: string): string {
  const kept = text.replaceAll('\0', '\uFFFD');
  return TAKES_APOSTROPHE.test(kept) ? `'${kept}` : kept;
}

/** Rows with their ends, by RFC 4180. Numbers as JSON writes them, so that they are read back to the last bit. */
export function csvRows(rows: readonly (readonly Cell[])[]): string {
  return stringify(
    rows.map((cells) => cells.map(written)),
    { record_delimiter: '\r\n', quoted_match: /[\r\n]|^\s|\s$/ },
  );
}

function written(cell: Cell): string {
  if (cell === null) return '';
  return typeof cell === 'string' ? textCell(cell) : JSON.stringify(cell);
}

export const csvRow = (cells: readonly Cell[]): string => csvRows([cells]);
