import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { repositoryRoot } from './check.ts';
import { withRepository } from './temporary-repository.ts';
import { digestOf, withheldCheck, withheldIn } from './withheld.ts';

/** A phrase of an instrument whose words the kit does have, so that the check can be seen at work. */
const phrase = 'worn out at the';
const digests = { cbi: [digestOf(phrase)] };

describe('withheld words', () => {
  test('are found however they are written', () => {
    const written = ['Do you feel worn out at the end?', 'WORN, OUT…\n"at" the', '"worn out" + "at the"', phrase];
    for (const text of written) assert.deepEqual(withheldIn(text, digests), ['cbi'], text);
  });

  test('are not found where other words are', () => {
    for (const text of ['', 'worn out', 'worn out at a', 'the at out worn', 'worn out by the']) {
      assert.deepEqual(withheldIn(text, digests), [], text);
    }
  });

  test('are found in the library where they stand in it', () => {
    const cbi = readFileSync(`${repositoryRoot}/src/instruments/library/cbi.json`, 'utf8');
    assert.deepEqual(withheldIn(cbi, digests), ['cbi']);
    assert.deepEqual(withheldIn(cbi), []);
  });

  test('a repository without them is accepted', async () => {
    const files = { 'src/a.ts': 'export const a = 1;', 'README.md': phrase };
    assert.deepEqual(await withRepository(files, (root) => withheldCheck.run(root)), { checked: 2, problems: [] });
  });
});
