import { newestStudy } from '../receiver/kept-study.ts';
import { joinGroup, PutUpError, putUp } from '../receiver/sessions/put-up.ts';
import type { StoreTransaction } from '../receiver/store/store.ts';
import { SteadyError } from '../study/steady-error.ts';
import { type Io, UsageError } from './io.ts';
import { oneStudy } from './one-study.ts';
import { type OpenDatabase, withDatabase } from './open-database.ts';
import { parseOptions } from './parse-options.ts';
import { readTextFile } from './read-text.ts';
import { groupsFrom, postingsFrom } from './session-tables.ts';
import type { TableLine } from './table.ts';

/** `steady sessions`: puts up what a table says of sessions, and who is in which group. All of it, or nothing. */

const USAGE = `Usage: steady sessions STUDY --file FILE --data DATABASE [options]
       steady sessions STUDY --groups FILE --data DATABASE [options]

Puts up the times of sessions, cancellations, recordings and slots. FILE is a table with commas; its first line names its
columns, in any order. For whom a line is stands under participant, group or site; with none of them it is for everybody who
has the series. The narrowest counts, in it what was put up last. Where one line is wrong nothing is put up.

  session        as wellbeing-3; of a slot that is good for every session, its series
  kind           time (as when left out), cancelled, recording (for one participant: a make-up link), or slot
  participant    by id
  group          a name, as the other table has it
  site           by id
  starts         a local time of the study (2026-03-10T17:00), or one with its offset
  repeat         how many sessions from this one on are at the same local time, each a span of the series later
  minutes        if not as the study file has it
  place          a room, an address
  link           https, of the meeting or the recording
  leader         who leads it, if not as the study file has it
  seats          of a slot: for how many; 1 when left out
  reason         of a cancellation, or of a time after the series' end

With --groups, FILE says who is in which group from now on: columns participant and group.

  --data DATABASE  what steady serve was given: a SQLite file, or postgres://USER@HOST/NAME
  --keys DIR       the receiver's secret keys; default FILE.keys, needed with PostgreSQL
`;

const OPTIONS = {
  file: { type: 'string' },
  groups: { type: 'string' },
  data: { type: 'string' },
  keys: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

const LARGEST_TABLE = 4 * 1024 * 1024;

/** @throws UsageError, SteadyError */
export async function run(args: string[], io: Io, clock: () => Date = () => new Date()): Promise<number> {
  const { values, positionals } = parseOptions(args, OPTIONS, USAGE);
  if (values.help) {
    io.stdout.write(USAGE);
    return 0;
  }
  const id = oneStudy(positionals);
  const { data, keys } = values;
  const [file, more] = [values.file, values.groups].filter((one) => one !== undefined && one !== '');
  if (file === undefined || more !== undefined) throw new UsageError('Say one of --file and --groups.');
  if (data === undefined || data === '') throw new UsageError('Name the database with --data.');
  const text = await readTextFile(file, LARGEST_TABLE);
  const at = clock().toISOString();
  const work = values.file === undefined ? putIntoGroups : putUpAll;
  await withDatabase(data, keys, async (open) => {
    io.stdout.write(`${await work(open, id, { text, file }, at)}\n`);
  });
  return 0;
}

interface Table {
  readonly text: string;
  readonly file: string;
}

async function putUpAll({ store, keys }: OpenDatabase, id: string, { text, file }: Table, at: string): Promise<string> {
  const { study, mode } = await store.transaction((tx) => newestStudy(tx, id));
  const postings = postingsFrom(text, file, study);
  await store.transaction(async (tx) => {
    await tx.keepKeyId({ study: id, keyId: keys.current.id, firstUsedAt: at });
    const desk = { keys, mode };
    for (const { posting, line } of postings) {
      await named(line, () => putUp(tx, desk, study, posting, { staff: null, at }));
    }
  });
  return `put up: ${postings.length}`;
}

async function putIntoGroups(
  { store, keys }: OpenDatabase,
  id: string,
  { text, file }: Table,
  at: string,
): Promise<string> {
  const { study, mode } = await store.transaction((tx) => newestStudy(tx, id));
  const members = groupsFrom(text, file);
  const joined = await store.transaction(async (tx: StoreTransaction) => {
    await tx.keepKeyId({ study: id, keyId: keys.current.id, firstUsedAt: at });
    let count = 0;
    for (const { participant, name, line } of members) {
      const desk = { keys, mode };
      count += Number(await named(line, () => joinGroup(tx, desk, study, { participant, name }, { staff: null, at })));
    }
    return count;
  });
  return `moved: ${joined}, there already: ${members.length - joined}`;
}

/** What is wrong, with the line that it is in. */
async function named<T>(line: TableLine<never>, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof PutUpError)) throw error;
    const { message } = line.wrong(`does not fit: ${error.message}`);
    throw new SteadyError(error.code, message, { cause: error });
  }
}
