import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import * as v from 'valibot';
import {
  createProofCheck,
  PROOF_SECONDS,
  reauthenticationSchema,
} from '../../src/receiver/consent/reauthentication.ts';
import { repositoryRoot } from '../checks/check.ts';
import { fencesIn, marked, readDocument, rowsOf } from '../support/documents.ts';

/** The table of what is asked of a consent: each row once, and a test for each that this release says it meets. */

const numbered = (letter: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) => `${letter}${index + 1}`);
const ROWS = [
  ...[numbered('C', 15), numbered('P', 7), numbered('E', 9), numbered('H', 4), numbered('B', 3)].flat(),
] as const;

const table = readDocument('docs/consent.md')
  .split(/^#+ /m)
  .flatMap((section) => rowsOf(section))
  .filter(([row = '']) => /^[A-Z]\d+$/.test(row));

/** The rows that tests are named after: `it('C5, E4: …')`, or the same in a table of cases. */
const named = new Set(
  globSync('test/**/*.test.ts', { cwd: repositoryRoot }).flatMap((file) =>
    [...readFileSync(`${repositoryRoot}/${file}`, 'utf8').matchAll(/['`"]((?:[CPEHB]\d+(?:, )?)+): /g)].flatMap(
      ([, rows = '']) => rows.split(', '),
    ),
  ),
);

describe('docs/consent.md', () => {
  test('has every row, once and in order', () => {
    assert.deepEqual(
      table.map(([row]) => row),
      ROWS,
    );
  });

  for (const [row = '', , how = ''] of table) {
    const met = /Study file:|Both ends:|Receiver:|Element:|`steady verify`:/.test(how);
    test(`${row} is ${met ? 'met, and has a test of its name' : 'met by another row, and says which'}`, () => {
      if (met) assert.ok(named.has(row) || /As C\d/i.test(how), `no test is named after ${row}`);
      else assert.match(how, /As [A-Z]\d/);
    });
  }
});

describe('docs/consent.md, of re-authentication', () => {
  test('shows a file that the receiver can use', async () => {
    const [fence] = fencesIn(marked(readDocument('docs/consent.md'), 'reauthentication'), 'json');
    const config = v.parse(reauthenticationSchema, JSON.parse(fence?.text ?? ''));
    assert.equal((await createProofCheck('keck-thrive', config)).required, true);
    const minutes = PROOF_SECONDS / 60;
    assert.equal(minutes, 5);
    assert.match(readDocument('docs/consent.md'), /at most five minutes before it arrives/);
  });
});
