import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type * as v from 'valibot';
import { instrumentSchema, siteTextSchema } from '../../src/instruments/schema.ts';
import { codeIn, namesIn, readDocument, rowsOf, sectionOf } from '../support/documents.ts';
import { bandRows, libraryRows, licenceRows, ruleRows } from './instrument-rows.ts';

const document = readDocument('docs/instruments.md');

/** As much of the schema library's objects as is needed to walk them. */
interface Schema {
  readonly type: string;
  readonly entries?: Readonly<Record<string, Schema>>;
  readonly wrapped?: Schema;
  readonly item?: Schema;
}

/** The properties of what a schema, or its list, is made of. */
function entriesOf(schema: Schema | undefined): Readonly<Record<string, Schema>> {
  const inner = schema?.wrapped ?? schema?.item;
  return inner === undefined ? (schema?.entries ?? {}) : entriesOf(inner);
}

const asSchema = (schema: v.GenericSchema<unknown, unknown>): Schema => schema as unknown as Schema;
const whole = entriesOf(asSchema(instrumentSchema));

describe('docs/instruments.md', () => {
  const tables = [
    ['The library', libraryRows(), 21],
    ['Missing items', ruleRows(), 20],
    ['Bands', bandRows(), 40],
    ['Licences', licenceRows(), 21],
  ] as const;
  for (const [heading, rows, least] of tables) {
    test(`says of every instrument what its file says: ${heading}`, () => {
      assert.ok(rows.length >= least, String(rows.length));
      assert.deepEqual(rowsOf(sectionOf(document, heading)), rows);
    });
  }

  const files: readonly (readonly [heading: string, entries: Readonly<Record<string, Schema>>])[] = [
    ['The instrument file', whole],
    ['Items', entriesOf(whole.items)],
    ['Subscales', entriesOf(whole.subscales)],
    ["A site's words", entriesOf(asSchema(siteTextSchema))],
  ];
  for (const [heading, entries] of files) {
    test(`names every property, and whether it must be there: ${heading}`, () => {
      const section = sectionOf(document, heading);
      assert.ok(Object.keys(entries).length > 4);
      assert.deepEqual([...namesIn(section)].sort(), Object.keys(entries).sort());
      for (const [names = '', required] of rowsOf(section)) {
        for (const name of codeIn(names)) {
          assert.equal(required, entries[name]?.type === 'optional' ? 'optional' : 'required', name);
        }
      }
    });
  }

  test('names every property of bands, safety rules and licences', () => {
    const rows = rowsOf(sectionOf(document, 'The instrument file'));
    for (const part of ['bands', 'safety', 'licence']) {
      const text = rows.find(([name]) => name === `\`${part}\``)?.[2] ?? '';
      const known = Object.keys(entriesOf(whole[part]));
      assert.ok(known.length > 3);
      assert.deepEqual(
        known.filter((name) => !codeIn(text).includes(name)),
        [],
        part,
      );
    }
  });
});
