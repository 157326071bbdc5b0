import * as v from 'valibot';
import { issuesOf } from '../study/issues.ts';
import type { AnySubmission } from '../submission/any-submission.ts';
import { consentSubmissionSchema } from '../submission/consent-submission.ts';
import { canonicalBytes } from '../submission/digest.ts';
import { questionnaireSubmissionSchema } from '../submission/questionnaire-submission.ts';
import { submissionSchema } from '../submission/submission.ts';
import { sha256 } from './hash.ts';
import { faultsOf, readJson } from './read-json.ts';
import { Refusal } from './refusal.ts';

/** Everything that this receiver takes in, by kind. */
export const receivedSubmissionSchema = v.variant('kind', [
  ...submissionSchema.options,
  ...consentSubmissionSchema.options,
  questionnaireSubmissionSchema,
]);

/** A submission as it arrived: what it says, and the bytes that say it. */
export interface Arrival {
  readonly submission: AnySubmission;
  readonly body: string;
  /** SHA-256, hex, of the body's bytes. */
  readonly bodySha256: string;
  /** SHA-256, hex, of the canonical form: what the receipt names. */
  readonly digest: string;
}

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
      faults: issuesOf(receivedSubmissionSchema, json).flatMap(faultsOf),
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
export function isSubmission(json: unknown): json is AnySubmission {
  return v.is(receivedSubmissionSchema, json);
}
