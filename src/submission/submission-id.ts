import { v7 } from 'uuid';

export { submissionIdSchema } from './submission-id-schema.ts';

/**
 * A new submission's id. Its first 48 bits are this browser's clock, so ids sort by when they were made; the rest is random,
 * so that they cannot be guessed. Works on plain http too.
 */
export function newSubmissionId(): string {
  return v7();
}
