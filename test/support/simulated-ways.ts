/** The ways that people go through a simulated trial, and what of them differs between the two trials of the demo. */
import type { Answers } from '../../src/study/answers.ts';
import type { Trial } from './trial-answers.ts';

/** Who never takes part. */
export const OUTSIDE = ['fails-first', 'fails-second', 'fails-both', 'incomplete', 'eligible', 'other-mode'] as const;
/** Who takes part, and is never in the trial; who waits is not yet, as their site's phase has not begun. */
const BEFORE = ['undecided', 'defers', 'declines', 'withdraws-before', 'erased-before', 'waits'] as const;
/** The same, of who was invited: where people come by themselves, nobody takes part who was not found eligible. */
const INVITED = ['ineligible', 'unscreened'] as const;
/** Who is in the trial. */
const INSIDE = [
  'lost-at-once',
  'lost-late',
  'back-at-the-end',
  'withdraws',
  'erased',
  'erased-late',
  'comes-back',
  'stops',
  'moved',
  'screened-twice',
  'declined-first',
  'hands-in-twice',
  'completes',
  // One of each, and those who do all that they are asked to once more.
  'completes',
] as const;

export type Way = (typeof OUTSIDE | typeof BEFORE | typeof INVITED | typeof INSIDE)[number];

export function wayOf(trial: Trial, index: number): Way {
  const ways: readonly Way[] = [...OUTSIDE, ...BEFORE, ...(trial === 'mgh' ? INVITED : []), ...INSIDE];
  return ways[index % ways.length] ?? 'completes';
}

/** Who is not there for an assessment after the baseline. */
const NOT_IN_THE_MIDDLE: readonly Way[] = ['lost-at-once', 'back-at-the-end', 'withdraws'];
const NOT_AT_THE_END: readonly Way[] = ['lost-at-once', 'lost-late', 'withdraws', 'erased', 'erased-late'];

const isInside = (way: Way): boolean => INSIDE.some((one) => one === way);

export const isThereInTheMiddle = (way: Way): boolean => isInside(way) && !NOT_IN_THE_MIDDLE.includes(way);
export const isThereAtTheEnd = (way: Way): boolean => isInside(way) && !NOT_AT_THE_END.includes(way);

export interface Plan {
  readonly assessments: readonly [baseline: string, middle: string, last: string];
  /** The days on which the later ones are handed in. */
  readonly days: readonly [middle: string, last: string];
  /** Answers to the screening: of who is eligible; that fail one criterion each; that leave one open. */
  readonly eligible: Answers;
  readonly fails: readonly [Answers, Answers];
  readonly open: Answers;
}

export const PLANS: Readonly<Record<Trial, Plan>> = {
  keck: {
    assessments: ['baseline', 'week-12', 'month-6'],
    days: ['2026-06-20', '2026-12-01'],
    eligible: { role: 'md', credentialed: 'yes', 'works-at-keck': true, 'job-stress': 'some' },
    fails: [{ role: 'non-clinical', credentialed: 'no' }, { 'works-at-keck': false }],
    open: { credentialed: 'dontknow' },
  },
  mgh: {
    assessments: ['baseline', 'month-3', 'month-12'],
    days: ['2026-06-20', '2027-03-20'],
    eligible: { age: 34, employment: 'permanent' },
    fails: [{ age: 17 }, { employment: 'temporary' }],
    open: { employment: 'dontknow' },
  },
};

/** All of them are eligible. */
export const ROLES = ['md', 'nurse', 'np', 'therapist', 'phd'];
