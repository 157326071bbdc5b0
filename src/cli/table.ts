import { list, nearest } from '../study/wording.ts';
import { CsvError, parseCsv } from './csv.ts';
import { FileError } from './read-text.ts';

/** Tables that people hand in: named columns in any order, a line for each of what it is about. */

export interface TableKind<Column extends string> {
  readonly columns: readonly Column[];
  /** Columns that it must have. */
  readonly required?: readonly Column[];
  /** Columns whose cells may be long, with how long. */
  readonly long?: { readonly [Name in Column]?: number };
  /** What a table without lines names, and what each line is for: "nobody", "person". */
  readonly none: string;
  readonly each: string;
}

export interface TableLine<Column extends string> {
  /** '' where it has no such column. */
  cell(column: Column): string;
  /** What is wrong with this line, as an error that names it. */
  wrong(what: string): FileError;
}

const LONGEST_CELL = 200;

/** @throws FileError naming the file, the line and what to mend */
export function tableFrom<Column extends string>(
  text: string,
  file: string,
  { columns, required = [], long = {}, none, each }: TableKind<Column>,
): TableLine<Column>[] {
  const [head, ...rows] = parse(text, file);
  if (head === undefined) {
    throw new FileError(`${file}: is empty. Its first line names its columns: ${columns.join(',')}.`);
  }
  const { cells: names } = head;
  for (const [index, name] of names.entries()) {
    if (!columns.some((one) => one === name)) {
      const meant = nearest(name, columns);
      const near = meant === undefined ? '' : ` Did you mean "${meant}"?`;
      const hint = /[;\t]/.test(name) ? ' Put commas between columns.' : '';
      throw wrong(file, head.line, `has the column "${name}".${near} It can have ${list(columns, 'and')}.${hint}`);
    }
    if (names.indexOf(name) !== index) throw wrong(file, head.line, `has the column "${name}" twice. Remove one.`);
  }
  const missing = required.find((one) => !names.includes(one));
  if (missing !== undefined) throw wrong(file, head.line, `has no column "${missing}". Add it.`);
  if (rows.length === 0) {
    throw new FileError(`${file}: names ${none}. Write a line for each ${each} under its first line.`);
  }
  return rows.map(({ cells, line }) => {
    if (cells.length !== names.length) {
      const fix = 'Put " around a cell that has a comma in it.';
      throw wrong(file, line, `has ${cells.length} cells where the first line has ${names.length}. ${fix}`);
    }
    const cell = (column: Column) => cells[names.indexOf(column)] ?? '';
    for (const column of columns) {
      const most = long[column] ?? LONGEST_CELL;
      if (cell(column).length <= most) continue;
      throw wrong(file, line, `has a ${column} of ${cell(column).length} characters. Write at most ${most}.`);
    }
    return { cell, wrong: (what) => wrong(file, line, what) };
  });
}

function parse(text: string, file: string): ReturnType<typeof parseCsv> {
  try {
    return parseCsv(text);
  } catch (cause) {
    if (!(cause instanceof CsvError)) throw cause;
    throw wrong(file, cause.line, `${cause.message}.`);
  }
}

function wrong(file: string, line: number, what: string): FileError {
  return new FileError(`${file}: line ${line}: ${what}`);
}
