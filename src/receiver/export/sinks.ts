import { BYTE_ORDER_MARK, type Cell, csvRow, csvRows } from './cells.ts';
import type { ExportFile, ExportFolder, WrittenFile } from './export-files.ts';
import type { Table } from './tables.ts';

/** What an export's rows are written into: a file for each of several tables, or lines of JSON. */

export interface Sink<Source> {
  write(source: Source): Promise<void>;
  close(): Promise<readonly WrittenFile[]>;
}

/** A table each, as CSV. */
export async function csvSink<Source>(tables: readonly Table<Source>[], folder: ExportFolder): Promise<Sink<Source>> {
  const open: (readonly [Table<Source>, ExportFile])[] = [];
  for (const table of tables) {
    const file = await folder.file(table.file);
    await file.write(BYTE_ORDER_MARK + csvRow(table.columns.map(({ name }) => name)));
    open.push([table, file]);
  }
  return {
    async write(source) {
      for (const [table, file] of open) {
        const rows = table.rows(source);
        await file.write(csvRows(rows), rows.length);
      }
    },
    close: () => closeAll(open.map(([, file]) => file)),
  };
}

/** A line for each. */
export async function jsonSink<Source>(name: string, folder: ExportFolder): Promise<Sink<Source>> {
  const file = await folder.file(name);
  return {
    write: (source) => file.write(`${JSON.stringify(source)}\n`, 1),
    close: () => closeAll([file]),
  };
}

/** The rows of a table, each an object by its columns. */
export async function rowsSink<Source>(
  { columns, rows }: Table<Source>,
  name: string,
  folder: ExportFolder,
): Promise<Sink<Source>> {
  const sink = await jsonSink<Record<string, Cell>>(name, folder);
  return {
    ...sink,
    async write(source) {
      for (const row of rows(source)) {
        await sink.write(Object.fromEntries(columns.map((column, index) => [column.name, row[index] ?? null])));
      }
    },
  };
}

async function closeAll(files: readonly ExportFile[]): Promise<readonly WrittenFile[]> {
  const written: WrittenFile[] = [];
  for (const file of files) written.push(await file.close());
  return written;
}

export async function writeRows(
  name: string,
  rows: readonly (readonly Cell[])[],
  folder: ExportFolder,
): Promise<WrittenFile> {
  const file = await folder.file(name);
  await file.write(BYTE_ORDER_MARK);
  for (const [index, row] of rows.entries()) await file.write(csvRow(row), Math.min(index, 1));
  return file.close();
}
