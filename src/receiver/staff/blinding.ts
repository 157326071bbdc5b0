import type { StaffRole } from './role.ts';

/**
 * Who must not know who is in which arm, and what they get instead: every answer to staff passes through `forRole`. Answers
 * are put together field by field and should name no arm to begin with; this is the second door.
 */

/** Whoever recruits could steer who comes next; whoever analyses could steer what is found. */
export const BLINDED: readonly StaffRole[] = ['recruiter', 'statistician'];

/**
 * The words of a member's name that say it is about arms: the arm itself, its allocation and what that was drawn from, and
 * the series and sessions, which only one arm may have.
 */
const ABOUT_ARMS =
  /^(arms?|allocat\w*|unallocated|randomi[sz]\w*|series|sessions?|blocks?|plans?|places?|draws?|drawn|bytes|strat(um|a)|ratio|shares?|treatments?|interventions?)$/;

export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

/** An answer as this role may have it: the same for most, without anything about arms for those who are blinded. */
export function forRole(role: StaffRole, answer: Json): Json {
  return BLINDED.includes(role) ? withoutArms(answer) : answer;
}

/** Whether a member's name is about arms, however it is put together: `armId`, `allocated_at`, `session-count`. */
export function isAboutArms(name: string): boolean {
  const words = name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z]+/);
  return words.some((word) => ABOUT_ARMS.test(word));
}

function withoutArms(value: Json): Json {
  if (isList(value)) return value.map(withoutArms);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([name]) => !isAboutArms(name));
  return Object.fromEntries(kept.map(([name, inner]) => [name, withoutArms(inner)]));
}

/** `Array.isArray` does not see that a readonly list is one. */
function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
