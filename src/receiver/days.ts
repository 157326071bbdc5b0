import { dayIn } from '../schedule/days.ts';
import type { Study } from '../study/schema.ts';

/** Which day it is for a study; how long things last, in days, and when that is over. */

const DAY = 24 * 60 * 60 * 1000;

/** Invitations, and codes for the way back, unless the team says otherwise. */
export const INVITATION_DAYS = 30;
/** A draft, after it was last written. */
export const DRAFT_DAYS = 30;
/** How long a device that was replaced may still deliver what was queued on it. */
export const REPLACED_KEY_DAYS = 30;
/**
 * After how long without use a token opens nothing any more: longer than any trial's gap between two assessments (nine months in
 * MGH's), so that whoever comes back for one on the same device is not shut out.
 */
export const TOKEN_IDLE_DAYS = 400;

/** The zone whose days count in a study. */
export const zoneOf = ({ timeZone = 'UTC' }: Pick<Study, 'timeZone'>): string => timeZone;

/** The day that it is where the study's days begin, as `2026-01-31`. */
export function dayOf(now: Date, study: Pick<Study, 'timeZone'>): string {
  return dayIn(now.toISOString(), zoneOf(study));
}

/** @param time UTC text. Returns the same */
export function addDays(time: string, days: number): string {
  return new Date(Date.parse(time) + days * DAY).toISOString();
}
