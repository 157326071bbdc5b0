/** What the little endpoint of the tests in browsers is told, and what it tells: data that both ends share. */

/**
 * One answer. `receipt`: 201 and the true receipt, or the same again with 200. `down`: the connection breaks off, as
 * without a network. `wait`: nothing, until the plan has changed; then as it says.
 */
export type PlannedAnswer = 'receipt' | 'down' | 'wait' | PlannedResponse;

export interface PlannedResponse {
  /** 200 unless told. */
  readonly status?: number;
  /** A media type; `application/json` unless told. */
  readonly type?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface EndpointPlan {
  /** `GET …/studies/<any>`. */
  readonly study: PlannedAnswer;
  /** `POST …/submissions`. */
  readonly submissions: PlannedAnswer;
  /** Everything of `/me`, and `POST …/participants`: as the little endpoint does it; `lost`: done, but never answered. */
  readonly participants: 'served' | 'lost' | 'down';
  /** Codes that invite, as `normaliseCode` has them, each with its participant and what is asked beside it. */
  readonly invitations: Readonly<Record<string, { readonly participant: string; readonly check?: string }>>;
  /** A contact with hashes makes its sender a participant. */
  readonly enrols: boolean;
  /** What `GET …/me` says is next. */
  readonly next: string | null;
}

/** One submission as it arrived. */
export interface SeenSubmission {
  readonly path: string;
  /** The idempotency key. */
  readonly id: string;
  /** What stood in `Authorization`, without its scheme. */
  readonly key: string;
  readonly body: string;
  /** Whether it is stored, and was answered with a true receipt. */
  readonly stored: boolean;
}
