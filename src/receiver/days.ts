/** How long things last, in days, and when that is over. */

const DAY = 24 * 60 * 60 * 1000;

/** Invitations, and codes for the way back, unless the team says otherwise. */
export const INVITATION_DAYS = 30;
/** A draft, after it was last written. */
export const DRAFT_DAYS = 30;
/** How long a device that was replaced may still deliver what was queued on it. */
export const REPLACED_KEY_DAYS = 30;
/** After how long without use a token opens nothing any more. */
export const TOKEN_IDLE_DAYS = 180;

/** @param time UTC text. Returns the same */
export function addDays(time: string, days: number): string {
  return new Date(Date.parse(time) + days * DAY).toISOString();
}
