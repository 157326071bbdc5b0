import type { ProblemCode } from '../form/form.ts';
import { openForm, strayAnswers } from '../form/open-form.ts';
import { verdict } from '../screening/verdict.ts';
import { type Answers, answersSchema } from '../study/answers.ts';
import type { FormDefinition } from '../study/form-definition.ts';
import { elementsOf, isQuestion } from '../study/form-walk.ts';
import { issuesOf } from '../study/issues.ts';
import { parseStudy } from '../study/parse-study.ts';
import { fitted, LARGEST_STUDY_FILE } from '../study/read.ts';
import { list, nearest } from '../study/wording.ts';
import { type Io, UsageError } from './io.ts';
import { describeMisfit } from './misfit.ts';
import { parseOptions } from './parse-options.ts';
import { FileError, readTextFile, readTextStream } from './read-text.ts';

/** `steady screen`: the verdict that a study's criteria give on a set of answers. */

const USAGE = `Usage: steady screen STUDY ANSWERS

Prints {"verdict": "eligible" | "ineligible" | "incomplete", "failed": [...], "unknown": [...]} on one line.
ANSWERS is a JSON file of answers by question name, or - for standard input. Answers that the form does not know, or
that do not fit their question, are named on standard error, and nothing is judged.
`;

const OPTIONS = { help: { type: 'boolean', short: 'h' } } as const;

/** Answers are no larger than what a receiver takes. */
const LARGEST_ANSWERS = 262_144;

/** What an unfinished form lacks: the verdict says itself what it could not decide. */
const MISSING: ReadonlySet<ProblemCode> = new Set(['required', 'row-required', 'other-required']);

/** @returns 0 with a verdict, 2 where the answers do not fit the form */
export async function run(args: string[], io: Io): Promise<number> {
  const { values, positionals } = parseOptions(args, OPTIONS, USAGE);
  if (values.help) {
    io.stdout.write(USAGE);
    return 0;
  }
  const [studyFile, answersFile, ...others] = positionals;
  if (studyFile === undefined || answersFile === undefined || others.length > 0) {
    throw new UsageError('Name a study file and a file of answers.');
  }
  const study = parseStudy(await readTextFile(studyFile, LARGEST_STUDY_FILE), studyFile);
  if (study.screening === undefined) {
    throw new FileError(`${studyFile}: has no screening part, so there is nothing to judge. Add "screening".`);
  }
  const name = answersFile === '-' ? 'standard input' : answersFile;
  const text = await (answersFile === '-'
    ? readTextStream(io.stdin, LARGEST_ANSWERS)
    : readTextFile(answersFile, LARGEST_ANSWERS));
  const { form: definition, criteria } = study.screening;
  const { languages } = study;
  const answers = parseAnswers(text, name);
  const form = await openForm(definition, { language: languages[0] ?? 'en', languages, answers });
  const problems = await form.problems();
  const misfits = [
    ...strayAnswers(definition, answers).map((stray) => `${stray}: ${unknownAnswer(stray, definition)}`),
    ...problems.flatMap((problem) => (MISSING.has(problem.code) ? [] : [describeMisfit(problem, form)])),
  ];
  if (misfits.length > 0) {
    for (const sentence of misfits) io.stderr.write(`${name}: ${sentence}\n`);
    return 2;
  }
  const { verdict: decision, failed, unknown } = verdict(criteria, form.data(), form.shown);
  io.stdout.write(`${JSON.stringify({ verdict: decision, failed, unknown })}\n`);
  return 0;
}

function parseAnswers(text: string, file: string): Answers {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new FileError(`${file}: is not JSON. Write an object of answers by question name. ${reason}`, { cause });
  }
  const answers = fitted(answersSchema, json);
  if (answers !== undefined) return answers;
  const at = issuesOf(answersSchema, json)[0]?.path[0];
  const where = at === undefined ? '' : `${String(at)}: `;
  throw new FileError(
    `${file}: ${where}is not an answer. Write an object of answers by question name: { "age": 34, "role": "md" }.`,
  );
}

function unknownAnswer(name: string, definition: FormDefinition): string {
  const names = [...elementsOf(definition)].flatMap(({ element }) => (isQuestion(element) ? [element.name] : []));
  const meant = nearest(name, names);
  return `is not asked by the form. ${meant === undefined ? '' : `Did you mean "${meant}"? `}It asks ${list(names, 'and')}.`;
}
