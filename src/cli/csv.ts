/** Tables as text with commas (RFC 4180): read with the line that each row begins on, and written. */

export interface CsvRow {
  readonly cells: readonly string[];
  /** Counted from 1, as an editor shows it. */
  readonly line: number;
}

/** What is wrong with a table, and where. */
export class CsvError extends Error {
  override readonly name = 'CsvError';
  readonly line: number;

  constructor(line: number, message: string) {
    super(message);
    this.line = line;
  }
}

/** A cell, quoted or not, and what ends it. */
const CELL = /(?:"([^"]*(?:""[^"]*)*)"|([^",\r\n]*))(,|\r\n|\n|\r|$)/y;

/**
 * Blank lines are left out.
 *
 * @throws CsvError
 */
export function parseCsv(text: string): CsvRow[] {
  const rows: CsvRow[] = [];
  let cells: string[] = [];
  let [at, line, start] = [text.startsWith('\uFEFF') ? 1 : 0, 1, 1];
  while (at < text.length) {
    CELL.lastIndex = at;
    const match = CELL.exec(text);
    if (match === null) {
      throw new CsvError(
        line,
        'has a quotation mark in the wrong place: put " around a whole cell, and write "" for one in it',
      );
    }
    const [whole, quoted, bare = '', end] = match;
    cells.push(quoted === undefined ? bare.trim() : quoted.replaceAll('""', '"'));
    at += whole.length;
    line += (whole.match(/\r\n|\n|\r/g) ?? []).length;
    if (end === ',' && at < text.length) continue;
    if (end === ',') cells.push('');
    if (cells.some((cell) => cell !== '')) rows.push({ cells, line: start });
    cells = [];
    start = line;
  }
  return rows;
}

/** One line, with its end. */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map((cell) => (/[",\r\n]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',')}\n`;
}
