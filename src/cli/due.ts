import { dayOf as today, zoneOf } from '../receiver/days.ts';
import { newestStudy } from '../receiver/kept-study.ts';
import { type DueAssessment, dueFor } from '../receiver/questionnaires/due.ts';
import { inPages } from '../receiver/store/in-pages.ts';
import type { Study } from '../study/schema.ts';
import { columns } from './columns.ts';
import { dayOf } from './days.ts';
import { type Io, UsageError } from './io.ts';
import { oneStudy } from './one-study.ts';
import { type OpenDatabase, withDatabase } from './open-database.ts';
import { parseOptions } from './parse-options.ts';

/** `steady due`: who can hand in which assessment on a day, and has not. */

const USAGE = `Usage: steady due STUDY [--day DATE] [--format json|table] --data DATABASE [options]

Prints who can hand in which assessment on a day of the study, and has not: by the newest file of the study, and by what the
receiver has recorded. Whose consent does not stand is asked nothing.

  --day DATE       as 2026-01-31; default today. Of an earlier day what was handed in later is not looked at
  --format WHAT    json (as when left out) or table
  --data DATABASE  what steady serve was given: a SQLite file, or postgres://USER@HOST/NAME
  --keys DIR       the receiver's secret keys; default FILE.keys, needed with PostgreSQL
`;

const OPTIONS = {
  day: { type: 'string' },
  format: { type: 'string', default: 'json' },
  data: { type: 'string' },
  keys: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

/** Participants in one transaction. */
const AT_ONCE = 100;

/** @throws UsageError, SteadyError */
export async function run(args: string[], io: Io, clock: () => Date = () => new Date()): Promise<number> {
  const { values, positionals } = parseOptions(args, OPTIONS, USAGE);
  if (values.help) {
    io.stdout.write(USAGE);
    return 0;
  }
  const id = oneStudy(positionals);
  const { format, data, keys } = values;
  if (format !== 'json' && format !== 'table') throw new UsageError(`--format is json or table, not "${format}".`);
  const asked = values.day === undefined ? undefined : dayOf(values.day, '--day');
  if (data === undefined || data === '') throw new UsageError('Name the database with --data.');

  await withDatabase(data, keys, async (open) => {
    const { study } = await open.store.transaction((tx) => newestStudy(tx, id));
    const day = asked ?? today(clock(), study);
    const due = await allDue(open, study, day);
    const zone = zoneOf(study);
    io.stdout.write(
      format === 'table'
        ? table(study.id, day, due)
        : `${JSON.stringify({ study: study.id, day, zone, due: due.map(shown) }, null, 2)}\n`,
    );
  });
  return 0;
}

async function allDue({ store }: OpenDatabase, study: Study, day: string): Promise<readonly DueAssessment[]> {
  const found = await inPages(store, {
    limit: AT_ONCE,
    read: (tx, page) => tx.participants(study.id, page),
    work: (tx, row) => dueFor(tx, study, row, day),
  });
  return found.flat();
}

const shown = ({ site, ...rest }: DueAssessment) => ({ ...rest, ...(site !== null && { site }) });

function table(study: string, day: string, due: readonly DueAssessment[]): string {
  const rows = due.map((one) => [
    one.participant,
    one.site ?? '',
    one.assessment,
    one.state,
    `due ${one.due}`,
    `until ${one.closes}`,
  ]);
  return `${study} on ${day}\n${rows.length === 0 ? '  none\n' : columns(rows)}`;
}
