import type { Submission } from '../submission/submission.ts';
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

/** A submission as the outbox begins to keep it: due at once, never tried. */
export function newEntry(
  submission: Submission,
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
    ...(writeKey !== undefined && { writeKey }),
    ...(submission.kind === 'contact' && { after: submission.screening }),
    createdAt: now,
    attempts: 0,
    nextAttemptAt: now,
    status: 'waiting',
  };
}
