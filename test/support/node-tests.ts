/**
 * Runs the tests that need Node alone: `npm run test:node` all of them, `npm run test:node -- FILES` those named.
 */
import { spawnSync } from 'node:child_process';
import { globSync } from 'node:fs';

const named = process.argv.slice(2);
const files =
  named.length > 0
    ? named
    : globSync('test/**/*.test.ts', { exclude: ['test/integration/**', 'test/**/*.browser.test.ts'] }).sort();
// Started without files, node would look for tests by its own rules.
if (files.length === 0) throw new Error('There is no test/**/*.test.ts to run.');

const { status } = spawnSync(
  process.execPath,
  [
    '--test',
    '--test-concurrency=2',
    '--test-timeout=120000',
    '--test-reporter=./test/support/node-reporter.ts',
    ...files,
  ],
  { stdio: 'inherit' },
);
process.exitCode = status ?? 1;
