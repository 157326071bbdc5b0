import * as v from 'valibot';
import { type Issue, issuesOf } from '../study/issues.ts';
import { pathText } from '../study/path.ts';
import { canonicalBytes } from '../submission/digest.ts';
import { type Submission, submissionSchema } from '../submission/submission.ts';
import { sha256 } from './hash.ts';
import { type Fault, type ProblemName, Refusal } from './refusal.ts';
import { JsonError, type JsonFault, parseStrictJson } from './strict-json.ts';

/** A submission as it arrived: what it says, and the bytes that say it. */
export interface Arrival {
  readonly submission: Submission;
  readonly body: string;
  /** SHA-256, hex, of the body's bytes. */
  readonly bodySha256: string;
  /** SHA-256, hex, of the canonical form: what the receipt names. */
  readonly digest: string;
}

const JSON_PROBLEMS: Readonly<Record<JsonFault, ProblemName>> = {
  'not-json': 'not-json',
  'repeated-name': 'ambiguous-json',
  'forbidden-name': 'ambiguous-json',
  'number-range': 'ambiguous-json',
  'not-unicode': 'ambiguous-json',
  'too-deep': 'too-deep',
};

/**
 * @param study the study that it was posted to
 * @param key the `Idempotency-Key`
 * @throws Refusal
 */
export function parseSubmission(
  { text, bytes }: { text: string; bytes: Uint8Array },
  { study, key }: { study: string; key: string | undefined },
): Arrival {
  if (key === undefined || key === '') {
    throw new Refusal('key-missing', 'Send the submission’s id as the Idempotency-Key header.');
  }
  const json = readJson(text);
  if (!isSubmission(json)) {
    throw new Refusal('not-a-submission', 'Mend what "problems" names; openapi.json has the schema.', {
      faults: issuesOf(submissionSchema, json).flatMap(faultsOf),
    });
  }
  if (json.id !== key) throw new Refusal('key-mismatch', 'Send the submission’s own id as the Idempotency-Key.');
  if (json.study !== study) throw new Refusal('wrong-study', 'Post it under the study that it names.');
  return { submission: json, body: text, bodySha256: sha256(bytes), digest: sha256(canonicalBytes(json)) };
}

/**
 * What arrived is read as it stands: the schema changes nothing, and what the library would hand on lacks answers to a
 * question named "constructor".
 */
function isSubmission(json: unknown): json is Submission {
  return v.is(submissionSchema, json);
}

function readJson(text: string): unknown {
  try {
    return parseStrictJson(text);
  } catch (cause) {
    if (!(cause instanceof JsonError)) throw cause;
    throw new Refusal(JSON_PROBLEMS[cause.code], cause.message, { cause });
  }
}

/** Where and what, without the messages: they could repeat a value. */
function faultsOf(issue: Issue): Fault[] {
  return placesOf(issue).map((path) => ({ path: pathText(path), code: issue.code }));
}

function placesOf(issue: Issue): (readonly PropertyKey[])[] {
  if (issue.code === 'unknown') return issue.keys.map((key) => [...issue.path, key]);
  return [issue.code === 'no-such' ? [...issue.path, issue.key] : issue.path];
}
