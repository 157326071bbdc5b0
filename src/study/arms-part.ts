import * as v from 'valibot';
import { basisSchema, minutesSchema } from './assessments-part.ts';
import { durationSchema } from './duration.ts';
import { idSchema } from './schema.ts';
import { textSchema } from './text.ts';

/**
 * The study file's `arms`: what is done in each, session by session, and what follows from a session that was missed.
 * None of it is part of the public study. What a source leaves open has a default here, numbered as in docs/schedule.md.
 */

const count = v.pipe(v.number(), v.integer('Write a whole number.'), v.minValue(1), v.maxValue(200));

/** Of a series without a count: a day each for ten years. */
export const MOST_SESSIONS = 3_660;

/** Which of the sessions that are outstanding: default 5, all of them. */
const which = v.picklist(['all', 'latest']);

const offer = v.strictObject({
  /** From how many outstanding misses on. Of several offers those with the highest number reached count. */
  outstanding: count,
  /** The recording of what was missed; a new time, which one may ask for; to reschedule, which one is asked to. */
  offer: v.picklist(['recording', 'new-time', 'reschedule']),
  sessions: v.optional(which),
  /** How the participant is told, where it is not the kit's words. Markdown. */
  text: v.optional(textSchema),
});

const review = v.strictObject({
  outstanding: count,
  /**
   * Staff are asked to speak with the participant about withdrawing from the intervention. Nobody is ever withdrawn by a
   * rule (default 6), and more misses raise no second review (default 15).
   */
  review: v.picklist(['withdrawal']),
  /** What the participant is told meanwhile, in neutral words. Markdown. */
  text: v.optional(textSchema),
});

const homework = v.strictObject({
  /** `notes`: challenges, questions and recommendations, whenever they come up. */
  kind: v.picklist(['worksheet', 'task', 'notes']),
  /** What to do. Markdown. */
  text: v.optional(textSchema),
  /** Numbers of the sessions that it follows. Default 13: every session but the last; it never blocks anything. */
  after: v.optional(v.pipe(v.array(count), v.minLength(1))),
});

const attendance = v.strictObject({
  misses: v.optional(v.picklist(['cumulative', 'consecutive'])),
  clearedBy: v.optional(v.array(v.picklist(['attended', 'recording']))),
  movedInTime: v.optional(v.picklist(['not-a-miss', 'miss'])),
  excused: v.optional(v.picklist(['miss', 'not-a-miss'])),
  recordingSeen: v.optional(v.picklist(['confirmed', 'opened'])),
  unseen: v.optional(v.picklist(['warn', 'gate'])),
});

/** What counts where a series says nothing. */
export const ATTENDANCE_DEFAULTS = {
  /** 2: all misses count, not only those in a row. */
  misses: 'cumulative',
  /**
   * 3 and 8: what makes a miss no longer outstanding. An attended new time does, and so does the recording where it was
   * seen; the history keeps the miss either way.
   */
  clearedBy: ['attended', 'recording'],
  /** 4: who asked for another time before the session began has missed nothing. */
  movedInTime: 'not-a-miss',
  /** 10: an absence for a good reason (on call, ill) is a miss, and the reason is kept. */
  excused: 'miss',
  /** 8: a recording counts as seen once the participant confirms it, and never as attendance. */
  recordingSeen: 'confirmed',
  /** 9: who has not seen the recording of an earlier session is warned, and not kept from the next. */
  unseen: 'warn',
} as const satisfies Required<v.InferOutput<typeof attendance>>;

const series = v.strictObject({
  id: idSchema,
  title: v.optional(textSchema),
  /** From the arm's start to the first window. Default `P0D`. */
  offset: v.optional(durationSchema),
  /** How many sessions; without it they go on until `until`. */
  count: v.optional(count),
  /** From window to window. Default 1: session k of a series every two weeks belongs to weeks 2k-1 to 2k. */
  every: v.optional(durationSchema),
  /**
   * Around the first day of each of those spans, where a session may not be held on any day of it. Both ends belong to it.
   */
  window: v.optional(v.strictObject({ before: durationSchema, after: durationSchema })),
  /**
   * From the arm's start to the day on which the series is closed. Default 14: with its last window. What is left then is
   * `not-completed`, and a later session needs a facilitator's override with its reason.
   */
  until: v.optional(durationSchema),
  minutes: v.optional(minutesSchema),
  /** `group` and `individual` alone: on site, virtual or both. */
  format: v.picklist([
    'group',
    'group-virtual',
    'group-on-site',
    'individual',
    'individual-virtual',
    'individual-on-site',
  ]),
  /** Who leads it, by what they are: "a licensed therapist". */
  leader: v.optional(textSchema),
  /** Each session builds on those before it. */
  sequential: v.optional(v.boolean()),
  /** Default 17: shown apart, outside all counts and percentages; nothing in it is ever missed. */
  optional: v.optional(v.boolean()),
  homework: v.optional(homework),
  /** What follows from misses, in any order. Without it a miss is recorded and nothing follows. */
  missed: v.optional(v.pipe(v.array(v.union([offer, review])), v.minLength(1), v.maxLength(20))),
  attendance: v.optional(attendance),
  basis: v.optional(basisSchema),
});

const arm = v.strictObject({
  id: idSchema,
  title: textSchema,
  /**
   * The day that its sessions count from. Default `allocation` (16). Where sites are allocated there is no such day: their
   * arms say `site-start` (18).
   */
  anchor: v.optional(v.picklist(['consent', 'allocation', 'site-start'])),
  /** Empty for an arm that has no sessions: a control is followed by its assessments alone. */
  series: v.pipe(v.array(series), v.maxLength(20)),
  basis: v.optional(basisSchema),
});

export const armsSchema = v.pipe(v.array(arm), v.minLength(1), v.maxLength(20));

export type Arm = v.InferOutput<typeof arm>;
export type Series = v.InferOutput<typeof series>;
export type MissedRule = NonNullable<Series['missed']>[number];
export type AttendanceRules = {
  readonly [Name in keyof v.InferOutput<typeof attendance>]-?: NonNullable<v.InferOutput<typeof attendance>[Name]>;
};
