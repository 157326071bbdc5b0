/**
 * Reporter of web-test-runner: the totals of all browsers into a file, and what was skipped by name. What fails is told
 * by the runner's own default reporter beside it.
 */
import type { Reporter, TestSession, TestSuiteResult } from '@web/test-runner-core';
import { addTotals, noTotals, type Totals, writeTotals } from './totals.ts';

export function totalsReporter(write: (line: string) => void = (line) => process.stdout.write(`${line}\n`)): Reporter {
  return {
    stop({ sessions }) {
      const perBrowser = new Map<string, Totals>();
      for (const session of sessions) {
        const before = perBrowser.get(session.browser.name) ?? noTotals;
        perBrowser.set(session.browser.name, addTotals(before, countSession(session, write)));
      }
      for (const [browser, { passed, failed, skipped }] of perBrowser)
        write(`  ${browser}: ${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
      writeTotals([...perBrowser.values()].reduce(addTotals, noTotals));
    },
  };
}

/** The tests of one file in one browser. A file that failed outside its tests, or holds none, is one failure more. */
function countSession(session: TestSession, write: (line: string) => void): Totals {
  const inTests = session.testResults === undefined ? noTotals : countSuite(session.testResults, session, write);
  const isEmpty = inTests.passed + inTests.failed + inTests.skipped === 0;
  const isBroken = session.passed !== true && inTests.failed === 0;
  if (isEmpty && !isBroken) write(`  FAILED   ${session.browser.name}  ${session.testFile ?? 'a file'} holds no test`);
  return isEmpty || isBroken ? addTotals(inTests, { ...noTotals, failed: 1 }) : inTests;
}

function countSuite(suite: TestSuiteResult, session: TestSession, write: (line: string) => void): Totals {
  const tests = suite.tests.map((test): Totals => {
    if (test.skipped) write(`  skipped  ${session.browser.name}  ${session.testFile ?? ''}  ${test.name}`);
    const outcome = test.skipped ? 'skipped' : test.passed ? 'passed' : 'failed';
    return { ...noTotals, [outcome]: 1 };
  });
  return [...tests, ...suite.suites.map((inner) => countSuite(inner, session, write))].reduce(addTotals, noTotals);
}
