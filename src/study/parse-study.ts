import type { z } from 'zod/mini';
import { expandSites } from './expand-sites.ts';
import { lintStudy } from './lint.ts';
import { type ScreeningStudy, type Study, screeningStudySchema, studySchema } from './schema.ts';
import { schemaProblems } from './schema-problems.ts';
import { StudyError } from './study-error.ts';

/** No study that people wrote comes near it; what does is not a study file. */
export const LARGEST_STUDY_FILE = 1_048_576;

/**
 * Reads a whole study file, as the receiver and the command line do: every part, every lint.
 *
 * @param text the file's content
 * @param file its name, for the messages
 * @throws StudyError with every problem found, each with its path and fix
 */
export function parseStudy(text: string, file: string): Study {
  const json = parseJson(text, file);
  const study = read(studySchema, json, file);
  const problems = lintStudy(study, file);
  if (problems.length > 0) throw new StudyError(problems);
  return expandSites(study);
}

/**
 * Reads what the screener needs of a study, whatever else the file holds.
 *
 * @throws StudyError as `parseStudy`, for these parts alone
 */
export function parseScreeningStudy(text: string, file: string): ScreeningStudy {
  return expandSites(read(screeningStudySchema, parseJson(text, file), file));
}

function parseJson(text: string, file: string): unknown {
  if (text.length > LARGEST_STUDY_FILE) {
    const size = (text.length / 1_048_576).toFixed(1);
    throw new StudyError([
      { file, path: '', message: `is ${size} MB long.`, fix: 'A study file has at most 1 MB: is this the right file?' },
    ]);
  }
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (cause) {
    const problem = { file, path: '', message: 'is not JSON.', fix: jsonFix(text, cause) };
    throw new StudyError([problem], { cause });
  }
}

function jsonFix(text: string, cause: unknown): string {
  if (text.trim() === '') return 'It is empty: did the upload fail?';
  if (/^\s*</.test(text)) return 'It starts like an HTML page: does the address lead to a sign-in or an error page?';
  return `The parser says: ${cause instanceof Error ? cause.message : String(cause)}`;
}

function read<Schema extends z.ZodMiniType>(schema: Schema, json: unknown, file: string): z.output<Schema> {
  const result = schema.safeParse(json);
  if (!result.success) throw new StudyError(schemaProblems(result.error.issues, json, file), { cause: result.error });
  return result.data;
}
