import { type RescoreFault, rescore } from '../receiver/questionnaires/rescore.ts';
import { csvLine } from './csv.ts';
import { type Io, UsageError } from './io.ts';
import { withDatabase } from './open-database.ts';
import { parseOptions } from './parse-options.ts';

/** `steady rescore`: every questionnaire that counts, scored again from what was answered. */

const USAGE = `Usage: steady rescore STUDY --data DATABASE [options]

Scores every questionnaire that counts again: from the answers as they came, by the version of each instrument that was
answered, by this release, and by what the newest file of the study says of the kit's own rules. Prints a table with
commas of the scores that are new: submission, assessment, instrument, subscale, rule, before, score. They are added with
their rule beside those that stand, which are compared and never changed. Where one of them is not what its own rule
gives, it is named on standard error (exit code 1).

  --data DATABASE  what steady serve was given: a SQLite file, or postgres://USER@HOST/NAME
  --keys DIR       the receiver's secret keys; default FILE.keys, needed with PostgreSQL
`;

const OPTIONS = {
  data: { type: 'string' },
  keys: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

const WORDS: Readonly<Record<RescoreFault, string>> = {
  'body-differs': 'is not as it was received. It was not scored.',
  unreadable: 'cannot be read by this release. It was not scored.',
  'score-differs': 'is not what that rule gives. It was left as it stands.',
};

/** @returns 0 where all that stands is as its rule gives it, else 1 */
export async function run(args: string[], io: Io): Promise<number> {
  const { values, positionals } = parseOptions(args, OPTIONS, USAGE);
  if (values.help) {
    io.stdout.write(USAGE);
    return 0;
  }
  const [study, ...others] = positionals;
  if (study === undefined) throw new UsageError('Name the study by its id, as its file has it.');
  if (others.length > 0) throw new UsageError(`Name one study, not "${others.join(' ')}" too.`);
  const { data, keys } = values;
  if (data === undefined || data === '') throw new UsageError('Name the database with --data.');

  const { submissions, added, findings } = await withDatabase(data, keys, (open) => rescore(open, study));
  const lines = [['submission', 'assessment', 'instrument', 'subscale', 'rule', 'before', 'score']];
  for (const { submission, assessment, instrument, subscale, rule, before, score } of added) {
    lines.push([submission, assessment ?? '', instrument, subscale, rule, said(before), said(score)]);
  }
  io.stdout.write(lines.map(csvLine).join(''));
  for (const { what, where } of findings) io.stderr.write(`${study}: ${where}: ${WORDS[what]}\n`);
  io.stderr.write(`${study}: submissions ${submissions}, new scores ${added.length}\n`);
  return findings.length === 0 ? 0 : 1;
}

/** Nothing where there was none; `null` where the rule gives none. */
const said = (score: number | null | undefined): string => (score === undefined ? '' : String(score));
