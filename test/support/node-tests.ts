/**
 * Runs the tests that need Node alone: `npm run test:node` all of them; `npm run test:node -- PATH...` those of these files
 * and folders; `--without FOLDER` leaves a folder out and can be given again.
 *
 * All in one process: starting one for each file would take as long as the tests themselves. A file that must have a
 * process of its own starts it.
 */
import { spawnSync } from 'node:child_process';
import { globSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

/**
 * Runs test files in one process.
 *
 * @param timeout milliseconds that a single test may take
 * @returns the exit code
 */
export function runTests(
  files: readonly string[],
  timeout: number,
  env: Readonly<Record<string, string>> = {},
): number {
  // Started without files, node would look for tests by its own rules.
  if (files.length === 0) throw new Error('There is no test to run.');
  const flags = [
    '--test-isolation=none',
    `--test-timeout=${timeout}`,
    '--test-reporter=./test/support/node-reporter.ts',
  ];
  const { status } = spawnSync(process.execPath, ['--test', ...flags, ...files], {
    stdio: 'inherit',
    env: { NODE_COMPILE_CACHE: compiled, ...process.env, ...env },
  });
  return status ?? 1;
}

/** Where the programs that tests start keep what they were compiled to: most of a short one's time is its start. */
const compiled = join(import.meta.dirname, '..', '..', 'node_modules', '.cache', 'compiled');

const browserTest = /\.browser\.test\.ts$/;

function filesOf(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path];
  return globSync(join(path, '**/*.test.ts')).filter((file) => !browserTest.test(file));
}

if (import.meta.main) {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { without: { type: 'string', multiple: true, default: [] } },
  });
  const without = [...values.without, 'test/integration'].map((folder) => `${folder}/`);
  const files = (positionals.length > 0 ? positionals : ['test'])
    .flatMap(filesOf)
    .filter((file) => positionals.includes(file) || !without.some((folder) => file.startsWith(folder)));
  process.exitCode = runTests(files.sort(), 120_000);
}
