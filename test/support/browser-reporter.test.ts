import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import type { TestSession, TestSuiteResult } from '@web/test-runner-core';
import { withRepository } from '../checks/temporary-repository.ts';
import { totalsReporter } from './browser-reporter.ts';
import { readTotals, type Totals, totalsVariable } from './totals.ts';

const named = (outcome: 'passed' | 'failed' | 'skipped') => ({
  name: outcome,
  passed: outcome === 'passed',
  skipped: outcome === 'skipped',
});

const suite = (tests: TestSuiteResult['tests'], suites: TestSuiteResult[] = []): TestSuiteResult => ({
  name: '',
  tests,
  suites,
});

/** As much of a session as a reporter looks at. */
function session(browser: string, testResults: TestSuiteResult | undefined, passed: boolean): TestSession {
  const part = { browser: { name: browser }, testFile: 'a.browser.test.ts', testResults, passed };
  return part as unknown as TestSession;
}

async function report(sessions: TestSession[]): Promise<{ totals: Totals | undefined; lines: string[] }> {
  return await withRepository({}, async (root) => {
    const [before, file] = [process.env[totalsVariable], join(root, 'totals.json')];
    const lines: string[] = [];
    process.env[totalsVariable] = file;
    try {
      await totalsReporter((line) => lines.push(line)).stop?.({ sessions });
    } finally {
      if (before === undefined) delete process.env[totalsVariable];
      else process.env[totalsVariable] = before;
    }
    return { totals: readTotals(file), lines };
  });
}

describe('the reporter of web-test-runner', () => {
  test('adds up all browsers, suites within suites too, and names each', async () => {
    const results = suite([named('passed')], [suite([named('passed'), named('failed')], [suite([named('skipped')])])]);
    const { lines, totals } = await report([session('Chromium', results, false), session('Firefox', results, false)]);
    assert.deepEqual(totals, { passed: 4, failed: 2, skipped: 2 });
    assert.ok(lines.includes('  Chromium: 2 passed, 1 failed, 1 skipped'), lines.join('\n'));
    assert.ok(
      lines.some((line) => line.includes('skipped  Firefox')),
      lines.join('\n'),
    );
  });

  test('a file that fails outside of its tests is a failure', async () => {
    const broken = session('Chromium', suite([named('passed')]), false);
    assert.deepEqual((await report([broken])).totals, { passed: 1, failed: 1, skipped: 0 });
    assert.deepEqual((await report([session('Chromium', undefined, false)])).totals, {
      passed: 0,
      failed: 1,
      skipped: 0,
    });
  });

  test('a file without a test is a failure, though the runner calls it passed', async () => {
    const { lines, totals } = await report([session('Firefox', suite([], [suite([])]), true)]);
    assert.deepEqual(totals, { passed: 0, failed: 1, skipped: 0 });
    assert.match(lines.join('\n'), /Firefox {2}a\.browser\.test\.ts holds no test/);
  });
});
