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

/** The day that it is, as `2026-01-31`: the receiver's days begin at midnight UTC, wherever it stands. */
export function dayOf(now: Date): string {
  return now.toISOString().slice(0, 10);
}

/** @param time UTC text. Returns the same */
export function addDays(time: string, days: number): string {
  return new Date(Date.parse(time) + days * DAY).toISOString();
}
