import { drawPhases, startPhase } from '../receiver/allocation/site-draws.ts';
import { csvLine } from './csv.ts';
import { dayOf } from './days.ts';
import { type Io, UsageError } from './io.ts';
import { withDatabase } from './open-database.ts';
import { parseOptions } from './parse-options.ts';
import { readTextFile } from './read-text.ts';
import { sitesFrom } from './site-table.ts';

/** `steady allocate`: the draws of a study that allocates sites. Each is made once. */

const USAGE = `Usage: steady allocate STUDY --sites FILE --data DATABASE [options]
       steady allocate STUDY --phase N [--start DATE] --data DATABASE [options]

Where a study allocates sites: first draws which phase each belongs to; then, when a phase starts, the arms of its sites,
which are nowhere before. Prints a table with commas: site, phase; or site, arm, start. Each is drawn once: asked again, the
same table is printed, and nothing is changed.

  --sites FILE       the sites to draw: columns site (its id in the study file), and organisation and size where the study
                     file does not have them
  --phase N          this phase starts
  --start DATE       the day on which it starts at its sites, as 2026-01-31; default today, UTC
  --data DATABASE    what steady serve was given: a SQLite file, or postgres://USER@HOST/NAME
  --keys DIR         the receiver's secret keys; default FILE.keys, needed with PostgreSQL
`;

const OPTIONS = {
  sites: { type: 'string' },
  phase: { type: 'string' },
  start: { type: 'string' },
  data: { type: 'string' },
  keys: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

const LARGEST_TABLE = 1024 * 1024;

/** @throws UsageError, SteadyError */
export async function run(args: string[], io: Io): Promise<number> {
  const { values, positionals } = parseOptions(args, OPTIONS, USAGE);
  if (values.help) {
    io.stdout.write(USAGE);
    return 0;
  }
  const [study, ...others] = positionals;
  if (study === undefined) throw new UsageError('Name the study by its id, as its file has it.');
  if (others.length > 0) throw new UsageError(`Name one study, not "${others.join(' ')}" too.`);
  const { sites, phase, start, data, keys } = values;
  if ((sites === undefined) === (phase === undefined)) throw new UsageError('Say one of --sites and --phase.');
  if (start !== undefined && phase === undefined) throw new UsageError('--start goes with --phase.');
  if (data === undefined || data === '') throw new UsageError('Name the database with --data.');

  if (sites !== undefined) {
    const place = sitesFrom(await readTextFile(sites, LARGEST_TABLE), sites);
    const { isNew, draw, rows } = await withDatabase(data, keys, (open) => drawPhases(open, study, place));
    io.stderr.write(
      isNew
        ? `${rows.length} sites were drawn into their phases.\n`
        : `The phases were drawn on ${draw.drawnAt.slice(0, 10)}. Nothing was changed.\n`,
    );
    print(io, [['site', 'phase'], ...rows.map((row) => [row.site, String(row.phase)])]);
    return 0;
  }
  const number = phaseOf(phase);
  const startsOn = start === undefined ? undefined : dayOf(start, '--start');
  const { isNew, draw, rows } = await withDatabase(data, keys, (open) =>
    startPhase(open, { study, phase: number, startsOn }),
  );
  const day = draw.startsOn ?? '';
  io.stderr.write(
    isNew
      ? `Phase ${number} starts on ${day}: the arms of its ${rows.length} sites were drawn.\n`
      : `Phase ${number} was drawn on ${draw.drawnAt.slice(0, 10)} and starts on ${day}. Nothing was changed.\n`,
  );
  print(io, [['site', 'arm', 'start'], ...rows.map(({ site, arm }) => [site, arm, day])]);
  return 0;
}

function print(io: Io, lines: readonly (readonly string[])[]): void {
  io.stdout.write(lines.map(csvLine).join(''));
}

function phaseOf(text = ''): number {
  if (/^[1-9]\d?$/.test(text)) return Number(text);
  throw new UsageError(`--phase is the number of a phase, as in 1, not "${text}".`);
}
