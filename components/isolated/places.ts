import type { Me } from '../../src/submission/participation.ts';

/** Where somebody is on the hosted page: the element of each step, and where they land. */

/** The element that takes a step. At the one for sessions everything that lies ahead stands together. */
export const TAGS = {
  screening: 'steady-eligibility-screener',
  contact: 'steady-eligibility-screener',
  consent: 'steady-consent-form',
  questionnaire: 'steady-burnout-questionnaire',
  session: 'steady-session-tracker',
} as const satisfies Record<string, keyof HTMLElementTagNameMap>;

export type Step = keyof typeof TAGS;
export type Tag = (typeof TAGS)[Step];

export function stepOf(step: string | null | undefined): Step | undefined {
  return step !== null && step !== undefined && Object.hasOwn(TAGS, step) ? (step as Step) : undefined;
}

/**
 * The step that is due; of whoever is under way in the study the tracker, in every arm alike: there they see what is open, what
 * comes next, and that it is over. Undefined where nothing is asked of them and nothing lies ahead.
 */
export function placeFor(known: Me): Step | undefined {
  const next = stepOf(known.next);
  if (next === 'consent' || !takesPart(known)) return next;
  const { assessments = [], sessions } = known;
  const isUnderWay = sessions !== undefined || assessments.some(({ state }) => state === 'done');
  return isUnderWay || next === undefined ? 'session' : next;
}

/** Whoever has declined or left is asked for nothing, and shown no plan. */
function takesPart({ assessments, consent, sessions }: Me): boolean {
  const hasPlan = assessments !== undefined || sessions !== undefined;
  return hasPlan && (consent === undefined || consent.state === 'signed');
}
