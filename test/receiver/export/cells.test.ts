import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { BYTE_ORDER_MARK, csvRow, textCell } from '../../../src/receiver/export/cells.ts';
import { numberOf, readTable, textOf } from '../../support/csv-inverse.ts';

/** Cells: what no spreadsheet carries out, and every reader gets back. */

const hostile = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.string({
    unit: fc.constantFrom(
      "'",
      '=',
      '+',
      '-',
      '@',
      '\t',
      '\r',
      '\n',
      '"',
      ',',
      ';',
      ' ',
      'a',
      '＝',
      '😀',
      'ע',
      '\u202E',
    ),
  }),
);
const bytesOf = (text: string) => new TextEncoder().encode(BYTE_ORDER_MARK + text);

describe('a cell of text', () => {
  it('begins with nothing that a spreadsheet carries out, whatever was answered', () => {
    fc.assert(fc.property(hostile, (text) => !/^[=+\-@\t\r\n＝＋－＠]/.test(textCell(text)) && textCell(text) !== ''));
    for (const text of ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', "'=1", "'", '']) {
      assert.equal(textCell(text), `'${text}`);
    }
    for (const text of ['a=1', ' =1', "'a", 'ñ', '«=»']) assert.equal(textCell(text), text);
  });

  it('is read back by an independent parser and the rule turned round', () => {
    fc.assert(
      fc.property(fc.array(hostile, { minLength: 1, maxLength: 4 }), (texts) => {
        const header = csvRow(texts.map((_, index) => `c${index}`));
        const [row = {}, ...more] = readTable(bytesOf(header + csvRow(texts) + csvRow(texts)));
        assert.deepEqual(
          Object.values(row).map(textOf),
          texts.map((text) => text.replaceAll('\0', '\uFFFD')),
        );
        assert.equal(more.length, 1);
      }),
    );
  });

  it('may be as long as an answer can be', () => {
    const text = `=${'é"\r\n'.repeat(25_000)}`;
    const [row] = readTable(bytesOf(csvRow(['a', 'b']) + csvRow([text, 1])));
    assert.equal(textOf(row?.a ?? ''), text);
  });
});

describe('a cell of a number', () => {
  it('is read back to the last bit, and gets no apostrophe', () => {
    fc.assert(
      fc.property(
        fc.double({ noNaN: true, noDefaultInfinity: true }).filter((number) => !Object.is(number, -0)),
        (number) => {
          const [row] = readTable(bytesOf(csvRow(['a', 'b']) + csvRow([number, null])));
          assert.equal(numberOf(row?.a), number);
          assert.equal(numberOf(row?.b), null);
        },
      ),
    );
  });
});
