import { writeCheckpoint } from '../receiver/checkpoints/checkpoint.ts';
import { openRecordKeys } from '../receiver/consent/record-keys.ts';
import { keptStudy } from '../receiver/kept-study.ts';
import { type Io, UsageError } from './io.ts';
import { keysDirectoryOf, withDatabase } from './open-database.ts';
import { parseOptions } from './parse-options.ts';

/** `steady checkpoint`: where the audit's chains end, signed, in a file outside of the database. */

const USAGE = `Usage: steady checkpoint STUDY --out DIR --data DATABASE [options]

Writes a file to DIR that says, signed, where every chain of the study's audit ends at this moment. Keep it where whoever can
change the database cannot change it: steady verify --audit finds by it what was cut off since.

  --out DIR        made when it is not there
  --data DATABASE  what steady serve was given: a SQLite file, or postgres://USER@HOST/NAME
  --keys DIR       the receiver's secret keys; default FILE.keys, needed with PostgreSQL
`;

const OPTIONS = {
  out: { type: 'string' },
  data: { type: 'string' },
  keys: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

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
  const { out, data, keys } = values;
  if (out === undefined || out === '') throw new UsageError('Name the folder with --out.');
  if (data === undefined || data === '') throw new UsageError('Name the database with --data.');
  const { name, chains } = await withDatabase(data, keys, async ({ store }) => {
    const { mode } = await store.transaction((tx) => keptStudy(tx, study));
    const recordKeys = await openRecordKeys(keysDirectoryOf(data, keys), [], 'none');
    return writeCheckpoint({ store, recordKeys, now: clock }, { study, mode, folder: out });
  });
  io.stdout.write(`${name}: ${chains} chains\n`);
  return 0;
}
