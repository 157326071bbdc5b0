/**
 * - `anonymous`: nobody is known
 * - `invited`: an invitation waits for the participant's own click
 * - `signing-in`: it is being spent
 * - `signed-in`
 * - `signed-out`: by the participant, or because the endpoint does not know this device any more (`elsewhere`)
 * - `idle`: nobody has used the page for a while
 */
export type SessionState = 'anonymous' | 'invited' | 'signing-in' | 'signed-in' | 'signed-out' | 'idle';

/** Where somebody may have left the page as it stands. */
export const RESTING: readonly SessionState[] = ['anonymous', 'invited', 'signed-in'];

/** Why an invitation was not taken: the endpoint's problem, or `unreachable`. */
export interface InvitationProblem {
  readonly code: string;
  readonly triesLeft?: number | undefined;
}

/** What a contact submission carries, so that whoever leaves it is enrolled by it. Hashes only. */
export interface EnrolmentHashes {
  readonly tokenHash: string;
  readonly writeHash: string;
  readonly returnHash: string;
}
