/**
 * `steady export` in a process of its own, and how much memory that took: `node export-alone.ts DATA STUDY OUT TOKEN NOW`. With
 * --expose-gc garbage is collected at each word of progress, and what is then in use is told as well.
 */
import { run } from '../../src/cli/export.ts';
import { runCommand } from '../../test/support/command-io.ts';

const [data = '', study = '', out = '', token = '', now = ''] = process.argv.slice(2);
const MEGABYTE = 1024 * 1024;
let inUse = 0;

function look(): void {
  if (globalThis.gc === undefined) return;
  globalThis.gc();
  const { heapUsed, external } = process.memoryUsage();
  inUse = Math.max(inUse, (heapUsed + external) / MEGABYTE);
}

const args = [study, '--format', 'csv', '--out', out, '--data', data, '--free-text', '--arms', '--token', token];
const start = performance.now();
await runCommand((given, { stderr, ...io }) => {
  const watched = {
    write(chunk: string | Uint8Array) {
      look();
      return stderr.write(chunk);
    },
  };
  return run(given, { ...io, stderr: watched }, () => new Date(now));
}, args);
const seconds = (performance.now() - start) / 1000;
process.stdout.write(JSON.stringify({ seconds, inUse, resident: process.resourceUsage().maxRSS / 1024 }));
