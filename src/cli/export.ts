import { openExportFolder } from '../receiver/export/export-files.ts';
import { exportStudy, type Manifest } from '../receiver/export/export-study.ts';
import { Refusal } from '../receiver/refusal.ts';
import { staffFor } from '../receiver/staff/sign-in.ts';
import type { StaffRow } from '../receiver/store/staff-store.ts';
import { SteadyError } from '../study/steady-error.ts';
import { type Io, UsageError } from './io.ts';
import { type OpenDatabase, withDatabase } from './open-database.ts';
import { parseOptions } from './parse-options.ts';
import { readTextFile } from './read-text.ts';

/** `steady export`: all of a study in files, for whoever analyses it. */

const USAGE = `Usage: steady export STUDY --format csv|jsonl --out DIR --data DATABASE [options]

Writes all of a study, as it stands at this moment, to files in DIR: coded, without anything in free text, without arms and
sessions. The receiver may be running. That it was done stands in the study's audit.

  --format WHAT    csv or jsonl
  --out DIR        a folder that is not there yet, or an empty one
  --free-text      with what people wrote in their own words
  --contacts       with who they are, in a file of its own; needs --token
  --arms           with the arm that each is in, and what was done there: sessions; needs --token
  --token FILE     a file with the token of a coordinator of the whole study
  --data DATABASE  what steady serve was given: a SQLite file, or postgres://USER@HOST/NAME
  --keys DIR       the receiver's secret keys; default FILE.keys, needed with PostgreSQL
`;

const OPTIONS = {
  format: { type: 'string' },
  out: { type: 'string' },
  'free-text': { type: 'boolean', default: false },
  contacts: { type: 'boolean', default: false },
  arms: { type: 'boolean', default: false },
  token: { type: 'string' },
  data: { type: 'string' },
  keys: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

const LARGEST_TOKEN_FILE = 1024;

/** @throws UsageError, SteadyError */
export async function run(args: string[], io: Io, clock: () => Date = () => new Date()): Promise<number> {
  const { values, positionals } = parseOptions(args, OPTIONS, USAGE);
  if (values.help) {
    io.stdout.write(USAGE);
    return 0;
  }
  const [study, ...others] = positionals;
  if (study === undefined) throw new UsageError('Name the study by its id, as its file has it.');
  if (others.length > 0) throw new UsageError(`Name one study, not "${others.join(' ')}" too.`);
  const { format, out, 'free-text': freeText, contacts, arms, token, data, keys } = values;
  if (format !== 'csv' && format !== 'jsonl') {
    throw new UsageError(`--format is csv or jsonl${format === undefined ? '' : `, not "${format}"`}.`);
  }
  if (out === undefined || out === '') throw new UsageError('Name the folder with --out.');
  const needs = contacts ? '--contacts' : arms ? '--arms' : undefined;
  if (needs !== undefined && token === undefined) {
    throw new UsageError(`${needs} needs a coordinator's token: --token FILE.`);
  }
  if (data === undefined || data === '') throw new UsageError('Name the database with --data.');

  const manifest = await withDatabase(data, keys, async (open) => {
    const by = token === undefined ? undefined : await coordinator(open, study, token, clock());
    const folder = await openExportFolder(out);
    const onProgress = ({ participants, screenings }: { participants: number; screenings: number }) => {
      io.stderr.write(`${participants} participants, ${screenings} screenings\n`);
    };
    return exportStudy({ ...open, now: clock }, { study, format, freeText, contacts, arms, by, onProgress }, folder);
  });
  io.stdout.write(told(out, manifest));
  return 0;
}

/** Contacts and arms leave by somebody's right, whose name is then in the audit. */
async function coordinator({ store }: OpenDatabase, study: string, file: string, now: Date): Promise<StaffRow> {
  const token = (await readTextFile(file, LARGEST_TOKEN_FILE)).trim();
  try {
    const row = await store.transaction((tx) => staffFor(tx, { study, token, roles: ['coordinator'], now }));
    if (row.sites === null) return row;
  } catch (cause) {
    if (!(cause instanceof Refusal)) throw cause;
  }
  throw new SteadyError(
    'not-a-coordinator',
    `${file}: is not the token of a coordinator of all of "${study}", or not any more. steady staff list names them.`,
  );
}

function told(out: string, { participants, leftOut, files, mode }: Manifest): string {
  const { withoutConsent, otherMode, keptApart, values } = leftOut;
  return [
    `${out}: ${participants} participants, ${mode} mode`,
    ...files.map(({ file, rows }) => `  ${file}  ${rows} rows`),
    `  left out: ${withoutConsent} participants without a consent, ${keptApart} questionnaires that are kept apart, ${values} answers in free text, ${otherMode} of the other mode`,
    '',
  ].join('\n');
}
