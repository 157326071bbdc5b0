import { CsvError as ParseError, parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';

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

  constructor(line: number, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.line = line;
  }
}

const QUOTES = 'has a quotation mark in the wrong place: put " around a whole cell, and write "" for one in it';

/**
 * Blank lines are left out.
 *
 * @throws CsvError
 */
export function parseCsv(text: string): CsvRow[] {
  const rows: CsvRow[] = [];
  let end = 0;
  try {
    parse(text, {
      bom: true,
      relax_column_count: true,
      record_delimiter: ['\r\n', '\n', '\r'],
      trim: true,
      on_record(cells: string[], { lines }) {
        const breaks = cells.join().match(/\r\n|\n|\r/g)?.length ?? 0;
        if (cells.some((cell) => cell !== '')) rows.push({ cells, line: lines - breaks });
        end = lines;
        return null;
      },
    });
  } catch (cause) {
    if (!(cause instanceof ParseError)) throw cause;
    // A quotation that never ends is noticed at the end of the file: what is wrong is where it began.
    const line = cause.code === 'CSV_QUOTE_NOT_CLOSED' ? end + 1 : Number(cause.lines);
    throw new CsvError(line, QUOTES, { cause });
  }
  return rows;
}

/** One line, with its end. */
export function csvLine(cells: readonly string[]): string {
  return stringify([[...cells]], { quoted_match: /[\r\n]|^\s|\s$/ });
}
