import { v7 } from 'uuid';

/**
 * A new submission's id: UUID version 7 (RFC 9562), lower case. Its first 48 bits are this browser's clock, so ids sort by
 * when they were made; the rest is random, so that they cannot be guessed. Works on plain http too.
 */
export function newSubmissionId(): string {
  return v7();
}
