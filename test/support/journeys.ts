/**
 * Runs the journeys, test/integration: `npm run test:integration` in every lane, one after another; with `--lane NAME` in
 * that one; with FILES those named.
 */
import { globSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { lanes, laneVariable } from './journey/lane.ts';
import { runTests } from './node-tests.ts';

const { positionals, values } = parseArgs({ allowPositionals: true, options: { lane: { type: 'string' } } });
const files = positionals.length > 0 ? positionals : globSync('test/integration/**/*.test.ts').sort();
for (const lane of values.lane === undefined ? lanes : [values.lane])
  process.exitCode = Math.max(Number(process.exitCode ?? 0), runTests(files, 300_000, { [laneVariable]: lane }));
