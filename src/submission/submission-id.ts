import { v7 } from 'uuid';
import * as v from 'valibot';

/** UUID version 7 (RFC 9562), lower case: made by the browser, it is also the idempotency key. */
export const submissionIdSchema = v.pipe(
  v.string(),
  v.regex(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/),
);

/**
 * A new submission's id. Its first 48 bits are this browser's clock, so ids sort by when they were made; the rest is random,
 * so that they cannot be guessed. Works on plain http too.
 */
export function newSubmissionId(): string {
  return v7();
}
