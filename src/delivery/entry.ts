import type { ProblemDetails } from '../submission/receipt.ts';

/**
 * What the outbox keeps of one submission until the endpoint has acknowledged it. Data only: when it may be sent is
 * `plan.ts`, what an attempt makes of it is `after-attempt.ts`.
 */
export interface OutboxEntry {
  /** The submission's id: UUIDv7, and the idempotency key. */
  readonly id: string;
  /** `screening`, `contact` and so on. A plain string: an older page may find what a newer one kept. */
  readonly kind: string;
  /** Normalised base address. An entry goes to no other. */
  readonly endpoint: string;
  readonly study: string;
  /** Whose it is; `null` for what is anonymous. */
  readonly participant: string | null;
  /** The exact bytes that will be sent: the submission's RFC 8785 form. */
  readonly body: Uint8Array<ArrayBuffer>;
  /** SHA-256 of `body`, hex: what a receipt must name. */
  readonly digest: string;
  /** The key it is sent under. None for what is anonymous, and for kinds that hold none and wait for their participant. */
  readonly writeKey?: string;
  /** What counts as acknowledged: a receipt, or (an endpoint without one) any 2xx that is not a web page. */
  readonly receipt: 'required' | 'none';
  /** The id of an entry that must have arrived first: a contact's screening. */
  readonly after?: string;
  /** Epoch milliseconds by this device's clock, as `nextAttemptAt`. */
  readonly createdAt: number;
  /** Attempts that failed since it was written or last sent again by hand. */
  readonly attempts: number;
  readonly nextAttemptAt: number;
  /** `held`: refused as not (or no longer) allowed. `parked`: refused as it stands; only a person can send it again. */
  readonly status: 'waiting' | 'held' | 'parked';
  /** Why the last attempt failed. */
  readonly reason?: FailureReason;
  /** What the endpoint said when it refused. */
  readonly problem?: ProblemDetails;
}

/**
 * - `network`: no answer: offline, name not found, refused, cut off, or not allowed by CORS
 * - `timeout`: silence for too long
 * - `redirect`, `not-a-receipt`: something answered, but not as the endpoint would: a captive portal, a proxy, a wrong address
 * - `busy` (408, 409, 425, 429), `server-error` (5xx): the endpoint asks to come back
 */
export type RetryReason = 'network' | 'timeout' | 'redirect' | 'not-a-receipt' | 'busy' | 'server-error';

/** `unauthorised` (401), `forbidden` (403). */
export type HeldReason = 'unauthorised' | 'forbidden';

export type FailureReason = RetryReason | HeldReason;

/** An outbox's own entries, or one study's, or one participant's (`null`: the anonymous ones). */
export interface EntryScope {
  readonly endpoint: string;
  readonly study?: string;
  readonly participant?: string | null;
}

export function inScope(entry: OutboxEntry, scope: EntryScope): boolean {
  return (
    entry.endpoint === scope.endpoint &&
    (scope.study === undefined || entry.study === scope.study) &&
    (scope.participant === undefined || entry.participant === scope.participant)
  );
}
