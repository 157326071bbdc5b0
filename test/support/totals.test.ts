import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { withRepository } from '../checks/temporary-repository.ts';
import { judgeRun, readTotals, type Totals, totalsVariable, writeTotals } from './totals.ts';

describe('judgeRun', () => {
  const cases: [about: string, code: number | null, totals: Totals | undefined, failed: number, isSuspect: boolean][] =
    [
      ['all passed', 0, { passed: 3, failed: 0, skipped: 0 }, 0, false],
      ['some failed', 1, { passed: 3, failed: 2, skipped: 0 }, 2, false],
      ['no totals', 0, undefined, 1, true],
      ['no test at all', 0, { passed: 0, failed: 0, skipped: 0 }, 1, true],
      ['everything skipped', 0, { passed: 0, failed: 0, skipped: 4 }, 1, true],
      ['a non-zero exit without a failure', 1, { passed: 3, failed: 0, skipped: 0 }, 1, true],
      ['ended by a signal', null, { passed: 3, failed: 0, skipped: 0 }, 1, true],
    ];
  for (const [about, code, totals, failed, isSuspect] of cases) {
    test(about, () => {
      const judged = judgeRun(code, totals);
      assert.equal(judged.totals.failed, failed);
      assert.equal(judged.reason !== undefined, isSuspect);
    });
  }
});

test('totals are read as they were written; a missing or damaged file is none', async () => {
  await withRepository({ 'damaged.json': '{ "passed": "many" }', 'empty.json': '' }, (root) => {
    const totals = { passed: 1, failed: 2, skipped: 3 };
    writeTotals(totals, join(root, 'new', 'totals.json'));
    assert.deepEqual(readTotals(join(root, 'new', 'totals.json')), totals);
    for (const name of ['damaged.json', 'empty.json', 'missing.json'])
      assert.equal(readTotals(join(root, name)), undefined);
  });
});

describe('the reporter of node --test', () => {
  const reporter = fileURLToPath(new URL('node-reporter.ts', import.meta.url));
  const runTests = (files: Record<string, string>): Promise<{ totals: Totals | undefined; output: string }> =>
    withRepository({ 'package.json': '{ "type": "module" }', ...files }, (root) => {
      const totals = join(root, 'totals.json');
      const { NODE_TEST_CONTEXT: _, ...env } = process.env;
      const { stdout } = spawnSync(process.execPath, ['--test', `--test-reporter=${reporter}`, ...Object.keys(files)], {
        cwd: root,
        env: { ...env, [totalsVariable]: totals },
        encoding: 'utf8',
      });
      return { totals: readTotals(totals), output: stdout };
    });

  test('counts tests, not suites; names what fails and what is skipped', async () => {
    const { totals, output } = await runTests({
      'a.test.ts': `import { describe, test } from 'node:test';
        describe('a suite', () => {
          test('good', () => {});
          test('bad', () => { throw new Error('the reason'); });
          test('left out', { skip: 'why' }, () => {});
        });
        describe('whole suite', { skip: 'because' }, () => { test('never', () => {}); });`,
    });
    assert.deepEqual(totals, { passed: 1, failed: 1, skipped: 2 });
    assert.match(output, /FAILED.*a suite > bad[\s\S]*the reason/);
    assert.match(output, /skipped.*a suite > left out: why/);
    assert.match(output, /skipped.*whole suite: because/);
  });

  test('counts a broken hook, a file that cannot be loaded, and a file without tests as failures', async () => {
    const { totals, output } = await runTests({
      'hook.test.ts': `import { before, describe } from 'node:test';
        describe('a suite', () => { before(() => { throw new Error('hook'); }); });`,
      'broken.test.ts': "import './missing.ts';",
      'empty.test.ts': "console.log('nothing here');",
    });
    assert.deepEqual(totals, { passed: 0, failed: 3, skipped: 0 });
    assert.match(output, /missing\.ts/);
  });
});
