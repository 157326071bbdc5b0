/** What all elements are to everyone, in Firefox as often as in Chromium: `npm test` leaves it the narrow page, light and dark. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const { status } = spawnSync('npm', ['run', 'test:browser', '--', '--files', 'test/**/*everyone.browser.test.ts'], {
  cwd: join(import.meta.dirname, '..'),
  env: { ...process.env, STEADY_BROWSER: 'firefox', STEADY_THOROUGH: '1' },
  stdio: 'inherit',
});
// What went wrong before it is not forgotten.
if (status !== 0) process.exitCode = status ?? 1;
