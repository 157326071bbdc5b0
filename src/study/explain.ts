import * as v from 'valibot';
import { atFile } from './finding.ts';
import { issuesOf, type Schema } from './issues.ts';
import { LARGEST_STUDY_FILE, parseJson } from './read.ts';
import { studyHeadSchema } from './schema.ts';
import { schemaFindings } from './schema-problems.ts';
import { StudyError } from './study-error.ts';

/**
 * Why a text is not the study that `schema` asks for. Apart from the reading, so that a phone that reads a good study
 * never fetches it.
 */
export function explain(text: string, file: string, schema: Schema): StudyError {
  if (text.length > LARGEST_STUDY_FILE) {
    const size = (text.length / 1_048_576).toFixed(1);
    return badFile(file, `is ${size} MB long.`, 'A study file has at most 1 MB: is this the right file?');
  }
  let json: unknown;
  try {
    json = parseJson(text);
  } catch (cause) {
    return badFile(file, 'is not JSON.', jsonFix(text, cause), cause);
  }
  if (isStranger(json)) return badFile(file, 'is JSON, but not a study file.', strangerFix(json));
  const head = v.safeParse(studyHeadSchema, json);
  const findings = schemaFindings(issuesOf(schema, json), json);
  return new StudyError(atFile(findings, file), head.success ? { head: head.output } : {});
}

function jsonFix(text: string, cause: unknown): string {
  if (text.trim() === '') return 'It is empty: did the upload fail?';
  if (/^\s*</.test(text)) return 'It starts like an HTML page: does the address lead to a sign-in or an error page?';
  const says = cause instanceof Error ? cause.message : String(cause);
  return `The parser stopped here: ${says.replace(/\s+/g, ' ').replace(/\.?$/, '.')}`;
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
