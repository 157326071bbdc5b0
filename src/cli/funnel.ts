import { consortSvg } from '../receiver/funnel/consort-svg.ts';
import { countFunnel, type Funnel } from '../receiver/funnel/count-funnel.ts';
import { funnelRows } from '../receiver/funnel/funnel-rows.ts';
import { newestStudy } from '../receiver/kept-study.ts';
import type { Study } from '../study/schema.ts';
import { columns } from './columns.ts';
import { type Io, UsageError } from './io.ts';
import { oneStudy } from './one-study.ts';
import { withDatabase } from './open-database.ts';
import { parseOptions } from './parse-options.ts';

/** `steady funnel`: how many came how far. */

const USAGE = `Usage: steady funnel STUDY [--format table|json|svg] --data DATABASE [options]

Prints how many were screened, enrolled, allocated and followed up, at this moment: by the newest file of the study, and by
what the receiver has recorded. Everybody is counted in one place alone.

  --format WHAT    table (as when left out), json, or svg: the flow diagram of CONSORT
  --blinded        without arms, for whoever must not know
  --data DATABASE  what steady serve was given: a SQLite file, or postgres://USER@HOST/NAME
  --keys DIR       the receiver's secret keys; default FILE.keys, needed with PostgreSQL
`;

const OPTIONS = {
  format: { type: 'string', default: 'table' },
  blinded: { type: 'boolean', default: false },
  data: { type: 'string' },
  keys: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

const FORMATS: Readonly<Record<string, (funnel: Funnel, study: Study) => string>> = {
  table,
  json: (funnel) => `${JSON.stringify(funnel, null, 2)}\n`,
  svg: consortSvg,
};

/** @throws UsageError, SteadyError */
export async function run(args: string[], io: Io, clock: () => Date = () => new Date()): Promise<number> {
  const { values, positionals } = parseOptions(args, OPTIONS, USAGE);
  if (values.help) {
    io.stdout.write(USAGE);
    return 0;
  }
  const id = oneStudy(positionals);
  const { format, data, keys } = values;
  const write = Object.hasOwn(FORMATS, format) ? FORMATS[format] : undefined;
  if (write === undefined) throw new UsageError(`--format is table, json or svg, not "${format}".`);
  if (data === undefined || data === '') throw new UsageError('Name the database with --data.');
  const now = clock().toISOString();
  const { funnel, study } = await withDatabase(data, keys, ({ store }) =>
    store.snapshot(async (tx) => {
      const { study: newest, mode } = await newestStudy(tx, id);
      return { study: newest, funnel: await countFunnel(tx, newest, { mode, now, blinded: values.blinded }) };
    }),
  );
  io.stdout.write(write(funnel, study));
  return 0;
}

function table(funnel: Funnel, study: Study): string {
  const rows = funnelRows(funnel, study).map(({ depth, label, count }) => [
    `${'  '.repeat(depth)}${label}`,
    String(count),
  ]);
  return `${funnel.study} at ${funnel.at}, ${funnel.mode} mode\n${columns(rows)}`;
}
