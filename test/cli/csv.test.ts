import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { CsvError, csvLine, parseCsv } from '../../src/cli/csv.ts';

const cellsOf = (text: string) => parseCsv(text).map(({ cells }) => cells);

describe('parseCsv', () => {
  const cases: readonly (readonly [string, readonly (readonly string[])[]])[] = [
    ['', []],
    ['a,b', [['a', 'b']]],
    [
      'a,b\r\nc,d\r\n',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    [
      'a,b\rc,d',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    ['\uFEFFa,b\n', [['a', 'b']]],
    [' a , b \n', [['a', 'b']]],
    [
      'a,\n,b\n,\n',
      [
        ['a', ''],
        ['', 'b'],
      ],
    ],
    ['"a, b","say ""hi"""\n', [['a, b', 'say "hi"']]],
    [
      '"two\nlines",c\nd,e',
      [
        ['two\nlines', 'c'],
        ['d', 'e'],
      ],
    ],
    ['a\n\n  \nb', [['a'], ['b']]],
    ['a,', [['a', '']]],
  ];
  for (const [text, rows] of cases) {
    it(`reads ${JSON.stringify(text)}`, () => assert.deepEqual(cellsOf(text), rows));
  }

  it('names the line that each row begins on', () => {
    const lines = parseCsv('a\n\n"x\ny"\r\nb').map(({ line, cells }) => [line, cells[0]]);
    assert.deepEqual(lines, [
      [1, 'a'],
      [3, 'x\ny'],
      [5, 'b'],
    ]);
  });

  for (const [text, line] of [
    ['a\nb"c', 2],
    ['"open\nand open', 1],
    ['"a" b', 1],
    ['a,"b"c', 1],
  ] as const) {
    it(`says where ${JSON.stringify(text)} is wrong`, () => {
      assert.throws(
        () => parseCsv(text),
        (error) => error instanceof CsvError && error.line === line,
      );
    });
  }

  it('reads what csvLine writes', () => {
    const row = fc.array(fc.string({ unit: 'binary' }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(fc.array(row, { maxLength: 5 }), (rows) => {
        const told = rows.filter((cells) => cells.some((cell) => cell !== ''));
        assert.deepEqual(cellsOf(rows.map(csvLine).join('')), told);
      }),
    );
  });

  it('is quick over a long cell, whole or broken', () => {
    const cell = '""'.repeat(500_000);
    assert.equal(cellsOf(`"${cell}"`)[0]?.[0]?.length, 500_000);
    assert.throws(() => parseCsv(`"${cell}`), CsvError);
  });
});
