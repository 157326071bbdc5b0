import { SteadyError } from '../study/steady-error.ts';

/**
 * Every way in which the receiver says no: RFC 9457 problem details, each with a type of its own that does not change
 * between releases. `title` is the type's, `detail` says in this case what to do.
 */
export const PROBLEMS = {
  'not-found': { status: 404, title: 'There is nothing here' },
  'unknown-study': { status: 404, title: 'This receiver has no such study' },
  'method-not-allowed': { status: 405, title: 'This method is not for this address' },
  'origin-not-allowed': { status: 403, title: 'Pages of this origin may not use this study' },
  'key-missing': { status: 400, title: 'There is no Idempotency-Key' },
  'key-mismatch': { status: 400, title: 'The Idempotency-Key is not the submission’s id' },
  'not-json': { status: 400, title: 'The body is not JSON' },
  'not-utf-8': { status: 400, title: 'The body is not UTF-8' },
  'ambiguous-json': { status: 400, title: 'The body is JSON that could be read in two ways' },
  'too-deep': { status: 400, title: 'The body is nested too deep' },
  // 408 rather than 400: what was cut off on its way is whole where it came from, and comes again.
  'cut-off': { status: 408, title: 'The body is not whole' },
  'not-a-submission': { status: 422, title: 'The body is not a submission' },
  'not-a-request': { status: 422, title: 'This is not what can be asked here' },
  'wrong-study': { status: 422, title: 'The submission is for another study' },
  'not-offered': { status: 422, title: 'This study does not ask this' },
  'malformed-answers': { status: 422, title: 'The answers do not fit the form' },
  'content-differs': { status: 422, title: 'This id was used for another content' },
  'not-eligible': { status: 422, title: 'The screening was not eligible' },
  'token-needed': { status: 403, title: 'This needs the participant’s own token' },
  'consent-mode-differs': { status: 422, title: 'It was signed in another mode than this receiver’s' },
  'consent-version-unknown': { status: 422, title: 'The study has no such consent version' },
  'consent-language-unknown': { status: 422, title: 'The study has no consent in this language' },
  'consent-not-effective': { status: 422, title: 'This consent version is not signed yet' },
  'consent-superseded': { status: 422, title: 'Another consent version has taken the place of this one' },
  'consent-expired': { status: 422, title: 'This consent version is not signed any more' },
  'consent-not-approved': { status: 422, title: 'No review board has approved this consent version' },
  'consent-translation-draft': { status: 422, title: 'This translation is a draft' },
  'consent-placeholder': { status: 422, title: 'This consent version still has placeholders' },
  'consent-document-differs': { status: 422, title: 'What was signed is not the study’s own text' },
  'consent-statement-differs': { status: 422, title: 'What was signed is not what was sent' },
  'consent-incomplete': { status: 422, title: 'Something has to happen before this can be signed' },
  'consent-signature-incomplete': { status: 422, title: 'The signature is not whole' },
  'consent-decided-since': { status: 422, title: 'The participant has decided otherwise since' },
  'proof-missing': { status: 422, title: 'Nothing shows who signs' },
  'proof-invalid': { status: 422, title: 'What shows who signs cannot be relied on' },
  'proof-expired': { status: 422, title: 'What shows who signs is too old' },
  'proof-for-another': { status: 422, title: 'What shows who signs is for another signature' },
  'proof-subject-differs': { status: 422, title: 'Somebody else has signed for this participant before' },
  'proof-subject-taken': { status: 422, title: 'Whoever signs has signed for another participant' },
  'unknown-record': { status: 404, title: 'There is no such record' },
  'record-damaged': { status: 500, title: 'The record is not as it was signed' },
  'unknown-instrument': { status: 404, title: 'There is no such instrument here' },
  'unknown-questionnaire': { status: 404, title: 'There is no such questionnaire' },
  'ruled-before': { status: 409, title: 'This was decided before' },
  'not-releasable': { status: 409, title: 'This cannot be released' },
  'in-flight': { status: 409, title: 'The same submission is being received' },
  'screening-not-arrived': { status: 409, title: 'The screening has not arrived yet' },
  'not-signed-in': { status: 401, title: 'This is not a key that opens anything here' },
  'token-expired': { status: 401, title: 'This key has not been used for too long' },
  'invitation-unknown': { status: 404, title: 'There is no such invitation' },
  'invitation-spent': { status: 409, title: 'This invitation was used before' },
  'invitation-expired': { status: 410, title: 'This invitation is no longer good' },
  'invitation-locked': { status: 423, title: 'This invitation is locked' },
  'check-needed': { status: 403, title: 'This invitation asks for something more' },
  'check-wrong': { status: 403, title: 'This is not what the invitation asks for' },
  'secret-in-use': { status: 409, title: 'This secret stands for somebody already' },
  'no-draft': { status: 404, title: 'There is no such draft' },
  'draft-changed': { status: 412, title: 'The draft was changed meanwhile' },
  'precondition-missing': { status: 428, title: 'Nothing says which draft was seen' },
  'too-many-drafts': { status: 409, title: 'There are too many drafts' },
  'role-not-allowed': { status: 403, title: 'This is not for your role' },
  'unknown-participant': { status: 404, title: 'There is nobody with this id' },
  'unknown-audience': { status: 404, title: 'There is nobody to put this up for' },
  'unknown-posting': { status: 404, title: 'There is nothing like this put up' },
  'unknown-session': { status: 404, title: 'There is no such appointment' },
  'unknown-calendar': { status: 404, title: 'There is no such calendar' },
  'not-recorded': { status: 422, title: 'This does not fit what is known of the sessions' },
  'not-asked-to-erase': { status: 409, title: 'Nobody has asked for this to be erased' },
  'erasure-not-offered': { status: 422, title: 'The study file says nothing that may be erased' },
  'was-erased': { status: 409, title: 'This was erased' },
  'unknown-erasure': { status: 404, title: 'Nothing was erased of this participant' },
  'unknown-link': { status: 404, title: 'There is no such link' },
  'unknown-flag': { status: 404, title: 'There is no such flag' },
  'flag-resolved': { status: 409, title: 'This flag was resolved before' },
  'too-large': { status: 413, title: 'The body is too large' },
  'wrong-content-type': { status: 415, title: 'The body is not said to be JSON' },
  'too-many-requests': { status: 429, title: 'Too many requests' },
  'store-busy': { status: 503, title: 'The database is busy' },
  internal: { status: 500, title: 'The receiver failed' },
} as const satisfies Readonly<Record<string, { status: number; title: string }>>;

export type ProblemName = keyof typeof PROBLEMS;

/** The `type` of a problem, as it stands in the answer. */
export function problemType(name: ProblemName): string {
  return `urn:steady:problem:${name}`;
}

/** What is wrong in particular: where, and a code. Never a value. */
export interface Fault {
  readonly path: string;
  readonly code: string;
  /** The row of a matrix. */
  readonly row?: string;
}

export interface RefusalOptions {
  readonly cause?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly faults?: readonly Fault[];
  /** Further members of the answer, as its problem type has them. */
  readonly members?: Readonly<Record<string, number>>;
}

/** Thrown where a request cannot be served; the app turns it into an answer. */
export class Refusal extends SteadyError {
  declare readonly code: ProblemName;
  readonly headers: Readonly<Record<string, string>>;
  readonly faults: readonly Fault[] | undefined;
  readonly members: Readonly<Record<string, number>>;

  /** @param detail what the sender has to do about it, as a sentence without any value that was sent */
  constructor(code: ProblemName, detail: string, options: RefusalOptions = {}) {
    super(code, detail, options.cause === undefined ? undefined : { cause: options.cause });
    this.headers = options.headers ?? {};
    this.faults = options.faults;
    this.members = options.members ?? {};
  }
}

/** The answer to a refused request. */
export function problemResponse(refusal: Refusal): Response {
  const { status, title } = PROBLEMS[refusal.code];
  const body = {
    type: problemType(refusal.code),
    title,
    status,
    detail: refusal.message,
    ...(refusal.faults && { problems: refusal.faults }),
    ...refusal.members,
  };
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'Content-Type': 'application/problem+json', 'Cache-Control': 'no-store', ...refusal.headers },
  });
}
