/** What all elements are to everyone, by all rules in every set of colours at both widths, in both browsers: `npm test` has less. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

for (const browser of ['chromium', 'firefox']) {
  const { status } = spawnSync('npm', ['run', 'test:browser', '--', '--files', 'test/**/*everyone.browser.test.ts'], {
    cwd: join(import.meta.dirname, '..'),
    env: { ...process.env, STEADY_BROWSER: browser, STEADY_THOROUGH: '1' },
    stdio: 'inherit',
  });
  // What went wrong before it is not forgotten.
  if (status !== 0) process.exitCode = status ?? 1;
}
