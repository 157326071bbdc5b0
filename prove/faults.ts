/** Every fault of delivery in both browsers: `npm test` leaves Firefox the shorter ones. */
import { spawnSync } from 'node:child_process';
import { globSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const files = globSync('test/integration/faults-*.test.ts', { cwd: root });
const { status } = spawnSync(
  process.execPath,
  ['--test', '--test-reporter=./test/support/node-reporter.ts', ...files],
  {
    cwd: root,
    env: { ...process.env, STEADY_THOROUGH: '1' },
    stdio: 'inherit',
  },
);
process.exitCode = status ?? 1;
