import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { UsageError } from '../../src/cli/io.ts';
import { run } from '../../src/cli/keys.ts';
import { run as verify } from '../../src/cli/verify.ts';
import { signRecord } from '../../src/consent/record.ts';
import { openRecordKeys } from '../../src/receiver/consent/record-keys.ts';
import { KeyError } from '../../src/receiver/keys.ts';
import { digestOf } from '../../src/submission/digest.ts';
import { runCommand, withFiles } from '../support/command-io.ts';
import { exampleHead, exampleStatement } from '../support/consent-records.ts';

describe('steady keys', () => {
  let folder: string;
  let data: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'steady-keys-'));
    data = join(folder, 'data.sqlite');
  });
  afterEach(() => rm(folder, { recursive: true }));
  const keys = (...args: string[]) => runCommand(run, args);

  it('P3: shows what verifies a record, also once the key that signed it is retired', async () => {
    const { current } = await openRecordKeys(`${data}.keys`, []);
    const record = await signRecord(exampleHead(current.id), exampleStatement(), current.signText, digestOf);
    const rotated = await keys('rotate', '--data', data);
    assert.equal(rotated.code, 0);
    assert.match(rotated.stdout, new RegExp(`^[0-9a-f]{64} signs from now on\\.\\n${current.id} is retired: `));
    assert.match(rotated.stderr, /^Start the receiver again/);
    const shown = await keys('show', '--data', data);
    assert.equal(JSON.parse(shown.stdout).keys.length, 2);
    assert.ok(!shown.stdout.includes('"d"'), 'nothing private');
    await withFiles({ 'record.json': record, 'keys.json': shown.stdout }, async (pathOf) => {
      const { code, stderr } = await runCommand(verify, [pathOf('record.json'), '--key', pathOf('keys.json')]);
      assert.equal(code, 0, stderr);
    });
  });

  it('finds them where --keys says', async () => {
    const directory = join(folder, 'elsewhere');
    await keys('rotate', '--keys', directory);
    assert.deepEqual(await readdir(directory), ['record-0001.pem']);
    assert.equal((await keys('show', '--keys', directory)).code, 0);
  });

  it('shows none and makes none where there are none', async () => {
    await assert.rejects(keys('show', '--data', data), KeyError);
    assert.deepEqual(await readdir(folder), []);
  });

  for (const args of [[], ['sign'], ['show'], ['show', 'more', '--data', 'd'], ['rotate']]) {
    it(`is told how to be called: ${args.join(' ')}`, async () => {
      await assert.rejects(keys(...args), UsageError);
    });
  }

  it('explains itself', async () => {
    const { code, stdout } = await keys('--help');
    assert.equal(code, 0);
    assert.match(stdout, /^Usage: steady keys show --data DATABASE/);
  });
});
