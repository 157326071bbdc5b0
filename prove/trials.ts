/**
 * Both trials with 300 people each who go every way that there is, on both engines: the funnel and the flow diagram have the numbers
 * that SQL finds in the tables. `npm test` has one of each way, on SQLite. And receivers killed twenty times in the middle of
 * allocating, on both engines.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const { status } = spawnSync(
  process.execPath,
  [
    '--test',
    '--test-reporter=./test/support/node-reporter.ts',
    'test/receiver/simulated-trials.test.ts',
    'test/receiver/allocation/processes.test.ts',
  ],
  {
    cwd: join(import.meta.dirname, '..'),
    env: { ...process.env, STEADY_THOROUGH: '1' },
    stdio: 'inherit',
  },
);
// What went wrong before it is not forgotten.
if (status !== 0) process.exitCode = status ?? 1;
