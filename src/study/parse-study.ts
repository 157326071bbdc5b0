import type { z } from 'zod/mini';
import { expandSites } from './expand-sites.ts';
import { atFile } from './finding.ts';
import { lintStudy } from './lint.ts';
import { type ScreeningStudy, type Study, screeningStudySchema, studyHeadSchema, studySchema } from './schema.ts';
import { issueWords, schemaFindings } from './schema-problems.ts';
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
  const findings = lintStudy(study);
  if (findings.length > 0) throw new StudyError(atFile(findings, file));
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
    throw badFile(file, `is ${size} MB long.`, 'A study file has at most 1 MB: is this the right file?');
  }
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (cause) {
    throw badFile(file, 'is not JSON.', jsonFix(text, cause), cause);
  }
}

function jsonFix(text: string, cause: unknown): string {
  if (text.trim() === '') return 'It is empty: did the upload fail?';
  if (/^\s*</.test(text)) return 'It starts like an HTML page: does the address lead to a sign-in or an error page?';
  const says = cause instanceof Error ? cause.message : String(cause);
  return `The parser stopped here: ${says.replace(/\.?$/, '.')}`;
}

function read<Schema extends z.ZodMiniType>(schema: Schema, json: unknown, file: string): z.output<Schema> {
  const result = schema.safeParse(json, { error: issueWords });
  if (result.success) return result.data;
  const cause = result.error;
  if (isStranger(json)) throw badFile(file, 'is JSON, but not a study file.', strangerFix(json), cause);
  const head = studyHeadSchema.safeParse(json).data;
  throw new StudyError(atFile(schemaFindings(cause.issues, json), file), { cause, ...(head && { head }) });
}

/** Of another schema altogether: a list of everything that it lacks would help nobody. */
function isStranger(json: unknown): json is object {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return false;
  return ['id', 'title', 'languages', 'contacts', 'screening'].filter((key) => key in json).length < 2;
}

function strangerFix(json: object): string {
  return 'pages' in json || 'elements' in json
    ? 'It looks like a form: a study file holds one as "screening.form".'
    : 'A study file starts with "id", "version", "title", "languages" and "contacts": is this the right file?';
}

function badFile(file: string, message: string, fix: string, cause?: unknown): StudyError {
  return new StudyError([{ file, path: '', message, fix }], { cause });
}
