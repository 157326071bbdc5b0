/** Whoever analyses a study: an export, taken beside the running receiver, and read back by its documentation. */
import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../../../src/cli/steady.ts';
import { runCommand } from '../command-io.ts';
import { type ReadRow, readTable } from '../csv-inverse.ts';
import { keysOf } from './recruiter.ts';
import type { Stage } from './stage.ts';

/** `steady export`, and one of the files that it writes. */
export async function exported({ demo }: Stage, study: string, file: string): Promise<readonly ReadRow[]> {
  const folder = await mkdtemp(join(tmpdir(), 'steady-exported-'));
  try {
    const out = join(folder, 'csv');
    const { databaseFile } = demo.receiver;
    const args = ['export', study, '--format', 'csv', '--out', out, '--data', databaseFile, '--keys', keysOf(demo)];
    const { code, stderr } = await runCommand(run, args);
    assert.equal(code, 0, stderr);
    return readTable(await readFile(join(out, file)));
  } finally {
    await rm(folder, { recursive: true });
  }
}
