import type { AnySubmission, SubmissionKind } from '../submission/any-submission.ts';
import type { OutboxEntry } from './entry.ts';
import type { SubmitOptions } from './outbox-options.ts';

/** What is known of a submission once it is to be sent. */
interface Sealed {
  readonly endpoint: string;
  readonly body: Uint8Array<ArrayBuffer>;
  readonly digest: string;
  /** Epoch milliseconds by this device's clock. */
  readonly now: number;
}

/**
 * They go out under their participant's token alone, and wait until they are signed in: whoever finds a key can neither
 * sign anything nor leave the sessions with it.
 */
const HOLD_NO_KEY: readonly SubmissionKind[] = ['consent', 'withdrawal', 'session'];

/** A submission as the outbox begins to keep it: due at once, never tried. */
export function newEntry(
  submission: AnySubmission,
  { participant = null, writeKey, receipt = 'required' }: SubmitOptions,
  { endpoint, body, digest, now }: Sealed,
): OutboxEntry {
  return {
    id: submission.id,
    kind: submission.kind,
    endpoint,
    study: submission.study,
    participant,
    body,
    digest,
    receipt,
    ...(writeKey !== undefined && !HOLD_NO_KEY.includes(submission.kind) && { writeKey }),
    ...(submission.kind === 'contact' && { after: submission.screening }),
    createdAt: now,
    attempts: 0,
    nextAttemptAt: now,
    status: 'waiting',
  };
}
