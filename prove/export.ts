/**
 * Exports of both trials with 10,000 participants each, who came by the receiver's own routes, with their sessions: how much
 * memory they take at a tenth, at all and at twice as many, and that what is read back by docs/exports.md alone is what stands in the
 * database: every answer, score, session and word about one. STEADY_PROVE_PARTICIPANTS takes another number.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const participants = process.env.STEADY_PROVE_PARTICIPANTS ?? '10000';
const program = join(import.meta.dirname, 'support/export-trial.ts');

// Both at once: what takes long is to enter people one by one.
await Promise.all(
  ['keck', 'mgh'].map(async (trial) => {
    const [code] = await once(spawn(process.execPath, [program, trial, participants], { stdio: 'inherit' }), 'exit');
    if (code !== 0) throw new Error(`The export of ${trial} failed.`);
  }),
);
