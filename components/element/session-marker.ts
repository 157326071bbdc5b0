import { heldInvitation } from './invitation.ts';

/**
 * Whether a page has anything to do with a participant before its first question is drawn: decided at once, because the
 * session's code is fetched only then. No secret in any of it.
 */

/** Where the session keeps an invitation that is neither spent nor dismissed, as long as the tab lives. */
export const INVITATION_KEY = 'steady:invitation';

export function participantKey(endpoint: string, study: string): string {
  return `steady:participant:${endpoint}|${study}`;
}

/** Sessions that stand on this page already, whatever is kept: the session's own module enters them. */
export const openSessions = new Map<string, unknown>();

/** @param endpoint absolute, without a slash at its end */
export function isMarked(endpoint: string, study: string): boolean {
  return heldInvitation() !== undefined || openSessions.size > 0 || isKept(endpoint, study);
}

function isKept(endpoint: string, study: string): boolean {
  try {
    return (
      sessionStorage.getItem(INVITATION_KEY) !== null || localStorage.getItem(participantKey(endpoint, study)) !== null
    );
  } catch {
    // Where a page has no storage, nothing is kept in it.
    return false;
  }
}
