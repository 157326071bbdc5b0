import { checkAnswers, describeAnswerProblem } from '../instruments/check-answers.ts';
import { instrumentIds, loadInstrument, loadStub } from '../instruments/library.ts';
import { withLicence } from '../instruments/licensed.ts';
import { parseInstrument } from '../instruments/parse-instrument.ts';
import type { Instrument } from '../instruments/schema.ts';
import { score } from '../instruments/score.ts';
import { type Answers, answersSchema } from '../study/answers.ts';
import { issuesOf } from '../study/issues.ts';
import { fitted, LARGEST_STUDY_FILE, parseJson } from '../study/read.ts';
import { type Io, UsageError } from './io.ts';
import { parseOptions } from './parse-options.ts';
import { FileError, readTextFile, readTextStream } from './read-text.ts';

/** `steady score`: the scores that an instrument's published rule gives on a set of answers. */

const USAGE = `Usage: steady score [--kit-rules] [--conventional-bands] INSTRUMENT ANSWERS

Prints {"scores": {...}, "bands": {...}, "flags": [...], "answered": N} on one line. A score that the rule does not give
is null. INSTRUMENT is an id of the library, or an instrument file. ANSWERS is a JSON file of values by item, or - for
standard input; an item without an answer is left out. Answers that are none of the instrument's are named on standard
error, and nothing is scored.

  --kit-rules            scores with items missing by the kit's own rule too, where none was published
  --conventional-bands   names bands too that are a convention only, and not the author's

The library: ${instrumentIds
  .join(', ')
  .replace(/(.{1,100})(?:, |$)/g, '$1,\n  ')
  .replace(/,\s*$/, '.')}
`;

const OPTIONS = {
  'kit-rules': { type: 'boolean', default: false },
  'conventional-bands': { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h' },
} as const;

/** Answers are no larger than what a receiver takes. */
const LARGEST_ANSWERS = 262_144;

/** @returns 0 with scores, 2 where the answers do not fit the instrument */
export async function run(args: string[], io: Io): Promise<number> {
  const { values, positionals } = parseOptions(args, OPTIONS, USAGE);
  if (values.help) {
    io.stdout.write(USAGE);
    return 0;
  }
  const [named, answersFile, ...others] = positionals;
  if (named === undefined || answersFile === undefined || others.length > 0) {
    throw new UsageError('Name an instrument and a file of answers.');
  }
  const instrument = await openInstrument(named);
  const name = answersFile === '-' ? 'standard input' : answersFile;
  const text = await (answersFile === '-'
    ? readTextStream(io.stdin, LARGEST_ANSWERS)
    : readTextFile(answersFile, LARGEST_ANSWERS));
  const answers = parseAnswers(text, name);
  const problems = checkAnswers(instrument, answers);
  if (problems.length > 0) {
    for (const problem of problems) io.stderr.write(`${name}: ${describeAnswerProblem(problem)}\n`);
    return 2;
  }
  const options = { kitRules: values['kit-rules'], conventionalBands: values['conventional-bands'] };
  const { scores, bands, flags, answered } = score(instrument, answers, options);
  io.stdout.write(`${JSON.stringify({ scores, bands, flags, answered })}\n`);
  return 0;
}

/** What looks like a file's name is one; all else is an id, so that a slip in it is told as that. */
async function openInstrument(named: string): Promise<Instrument> {
  if (!/[./\\]/.test(named)) return await loadInstrument(named);
  const text = await readTextFile(named, LARGEST_STUDY_FILE);
  const instrument = parseInstrument(text, named);
  const stub = await loadStub(instrument.id);
  return stub === undefined ? instrument : withLicence(stub, text, named);
}

function parseAnswers(text: string, file: string): Answers {
  let json: unknown;
  try {
    json = parseJson(text);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new FileError(`${file}: is not JSON. Write an object of values by item. ${reason}`, { cause });
  }
  const answers = fitted(answersSchema, json);
  if (answers !== undefined) return answers;
  const at = issuesOf(answersSchema, json)[0]?.path[0];
  const where = at === undefined ? '' : `${String(at)}: `;
  throw new FileError(
    `${file}: ${where}is not an answer. Write an object of values by item, without those that have none: { "q1": 3, "q2": 0 }.`,
  );
}
