/**
 * Reads an export back by docs/exports.md alone: with an independent parser, and the rules turned round as they are written
 * there. Nothing of the exporter is used.
 */
import assert from 'node:assert/strict';
import { parse } from 'csv-parse/sync';

export type ReadRow = Readonly<Record<string, string>>;

/** "A byte order mark, then RFC 4180 with CRLF." Cells as they stand. */
export function readTable(bytes: Uint8Array): readonly ReadRow[] {
  assert.deepEqual([...bytes.subarray(0, 3)], [0xef, 0xbb, 0xbf], 'a byte order mark');
  const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  return parse(text, { columns: true, record_delimiter: '\r\n', bom: true, max_record_size: 10_000_000 });
}

/** "Take one apostrophe away where apostrophes are followed by one of these, or by the end." */
export function textOf(cell: string): string {
  return /^'+(?:[=+\-@\t\r\n＝＋－＠]|$)/.test(cell) ? cell.slice(1) : cell;
}

/** A cell of answers.csv, by its row's `type`. */
export function answerOf({ type, value }: ReadRow): unknown {
  const text = textOf(value ?? assert.fail('no value'));
  switch (type) {
    case 'text':
      return text;
    case 'number':
    case 'boolean':
    case 'list':
      return JSON.parse(text);
    default:
      return assert.fail(`${type} is no type`);
  }
}

/** A number, or nothing. */
export function numberOf(cell: string | undefined): number | null {
  return cell === undefined || cell === '' ? null : Number(JSON.parse(cell));
}
