import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type AuditFinding,
  type AuditReport,
  type CheckpointFinding,
  verifyAudit,
} from '../receiver/checkpoints/verify-audit.ts';
import { openRecordKeys } from '../receiver/consent/record-keys.ts';
import { keptStudy } from '../receiver/kept-study.ts';
import { type Io, UsageError } from './io.ts';
import { keysDirectoryOf, withDatabase } from './open-database.ts';
import { readPublicKeys } from './public-keys.ts';
import { FileError, readTextFile } from './read-text.ts';

/** `steady verify --audit`: whether the audit is what was written, and where it first is not. */

export interface AuditArguments {
  readonly study: string;
  readonly data: string | undefined;
  readonly keys: string | undefined;
  /** Files, and folders of them. */
  readonly checkpoints: readonly string[];
  /** Public keys from elsewhere, to verify checkpoints by; without any, those of the receiver's own directory. */
  readonly trusted: readonly string[];
}

/** Of a large study: a line for each chain. */
const LARGEST_CHECKPOINT = 256 * 1024 * 1024;

const WHAT: Readonly<Record<AuditFinding['what'], string>> = {
  altered: 'is not as it was written, or not where it was written',
  missing: 'is not there',
  'out-of-order': 'does not stand in its order',
  'unknown-key': 'was written with a key that is not there: nothing can be said of it',
  'head-differs': 'is not the last one that the chain knows of',
  'cut-off': 'is not there, nor is any after it: the chain was cut off',
  'no-head': 'is the last one of a chain that knows of none',
  'not-as-checkpointed': 'is another one than when the checkpoint was written',
};

const UNUSABLE: Readonly<Record<CheckpointFinding['fault'], string>> = {
  'not-a-document': 'is no checkpoint.',
  reformatted: 'is not in the form in which a checkpoint is written: take the file as it was.',
  'other-key': 'was not signed by a key that is trusted here.',
  'bad-signature': 'does not carry the signature of its key: it was changed, or made by somebody else.',
  'other-study': 'is of another study.',
};

/** @returns 0 where all is well, else 1 */
export async function runAudit({ study, data, keys, checkpoints, trusted }: AuditArguments, io: Io): Promise<number> {
  if (data === undefined || data === '') throw new UsageError('Name the database with --data.');
  const files = (await Promise.all(checkpoints.map(checkpointFiles))).flat();
  const texts = await Promise.all(
    files.map(async (file) => ({ file, text: await readTextFile(file, LARGEST_CHECKPOINT, true) })),
  );
  const given = await readPublicKeys(trusted);
  const report = await withDatabase(data, keys, async (open) => {
    await open.store.transaction((tx) => keptStudy(tx, study));
    const own = given.length > 0 || files.length === 0 ? [] : await ownKeys(data, keys);
    return verifyAudit({ ...open, trusted: [...given, ...own] }, study, texts);
  });
  for (const line of linesOf(study, report)) io.stderr.write(`${line}\n`);
  if (report.findings.length > 0 || report.unusable.length > 0) return 1;
  const { chains, rows } = report;
  const by =
    report.checkpoints === 0
      ? 'no checkpoint was given: what was cut off with its head does not show'
      : `by ${report.checkpoints} checkpoints too`;
  io.stdout.write(`${study}: good (${chains} chains, ${rows} rows; ${by})\n`);
  return 0;
}

async function ownKeys(data: string, keys: string | undefined) {
  return (await openRecordKeys(keysDirectoryOf(data, keys), [], 'none')).trusted;
}

async function checkpointFiles(path: string): Promise<readonly string[]> {
  try {
    if (!(await stat(path)).isDirectory()) return [path];
    const names = (await readdir(path)).filter((name) => name.endsWith('.checkpoint.json')).sort();
    if (names.length > 0) return names.map((name) => join(path, name));
  } catch (cause) {
    throw new FileError(`${path}: cannot be read. Name a checkpoint, or a folder of them.`, { cause });
  }
  throw new FileError(`${path}: has no checkpoint in it. They are called STUDY-TIME.checkpoint.json.`);
}

function linesOf(study: string, { findings, unusable }: AuditReport): readonly string[] {
  return [
    ...unusable.map(({ file, fault }) => `${file}: ${UNUSABLE[fault]}`),
    ...findings.map(({ chain, seq, row, what, checkpoint }) => {
      const named = row === undefined ? '' : ` (${row.event}, ${row.id})`;
      const by = checkpoint === undefined ? '' : `, by the checkpoint of ${checkpoint}`;
      return `${study}: chain ${chain}: row ${seq}${named} ${WHAT[what]}${by}.`;
    }),
  ];
}
