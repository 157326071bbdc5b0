import * as v from 'valibot';
import { recordOf } from '../study/record.ts';
import { idSchema } from '../study/schema.ts';
import { sessionIdSchema } from '../study/session-id.ts';
import { submissionIdSchema } from './submission-id-schema.ts';
import { day, instant } from './times.ts';

/**
 * `sessions` of `GET /me`: what is done in the participant's own arm, session by session, and what follows from it. There is
 * none before the allocation, and never anything of another arm.
 */

/** By language, as a study file has it; `default` is in the study's first one. */
const words = recordOf(v.string(), v.string());
/** Only ever opened in a tab of its own. */
const link = v.pipe(v.string(), v.regex(/^https:\/\/\S+$/));
const minutes = v.number();

/** A time that staff offer, for whoever asks for another one. */
const slot = v.object({
  id: submissionIdSchema,
  startsAt: instant,
  minutes: v.optional(minutes),
  place: v.optional(v.string()),
  link: v.optional(link),
});

/** A text that is written between sessions. */
const homework = v.object({
  /** `worksheet`; `task`; or, of notes, `challenges`, `questions` and `recommendations`. */
  task: idSchema,
  kind: v.picklist(['worksheet', 'task', 'notes']),
  /** What to do, in the study's words. Markdown. */
  text: v.optional(words),
  /** `done` once something is written; that it is missing blocks nothing. */
  state: v.picklist(['not-yet', 'open', 'done']),
  /** What was saved last, as it was typed. */
  saved: v.optional(v.object({ text: v.string(), at: instant })),
});

/** The recording of a session that was missed, where the study offers one. */
const recording = v.object({
  /** Since when it is offered. */
  since: instant,
  /** Absent until staff have put one there. */
  link: v.optional(link),
  /** When the participant confirmed that they have seen it. */
  viewedAt: v.optional(instant),
});

export const mySessionSchema = v.object({
  /** The series and the number in it: `wellbeing-3`. */
  id: sessionIdSchema,
  series: idSchema,
  number: v.number(),
  /** Of the series. */
  title: v.optional(words),
  /** Shown apart, outside all counts; nothing in it is missed. */
  optional: v.boolean(),
  format: v.picklist([
    ...(['group', 'group-virtual', 'group-on-site', 'individual', 'individual-virtual', 'individual-on-site'] as const),
  ]),
  state: v.picklist([
    ...(['scheduled', 'attended', 'partial', 'missed', 'made-up', 'rescheduled'] as const),
    ...(['cancelled-by-staff', 'not-completed'] as const),
  ]),
  /** Where today lies to its window. `past` and still `scheduled`: nobody has said anything of it. */
  timing: v.picklist(['upcoming', 'open', 'past']),
  /** The days on which it can be held, both included; `last` is null where nothing ends it. */
  window: v.object({ first: day, last: v.nullable(day) }),
  /** Absent while no time is set. */
  startsAt: v.optional(instant),
  minutes: v.optional(minutes),
  place: v.optional(v.string()),
  link: v.optional(link),
  /** Who leads it: by name, or by what they are. */
  leader: v.optional(words),
  /** The day on which it was held. */
  heldOn: v.optional(day),
  /** Every time that it was missed, whatever came of it; the reason where it is the participant's own. */
  misses: v.array(
    v.object({ at: instant, by: v.picklist(['participant', 'facilitator']), reason: v.optional(v.string()) }),
  ),
  /** Missed, and not made good since. */
  outstanding: v.boolean(),
  /** Whether its content was received: there, in part, or by its recording. */
  received: v.boolean(),
  homework: v.array(homework),
  recording: v.optional(recording),
  /** Times that can be asked for; the soonest first. */
  slots: v.array(slot),
  /** The participant has asked for another time, and none is settled. */
  asked: v.optional(v.object({ at: instant })),
});

export const mySessionsSchema = v.object({
  /** The participant's own. */
  arm: v.object({ id: idSchema, title: words }),
  /** IANA name of the zone whose days these are. */
  timeZone: v.string(),
  /** The day that sessions count from; null while it is not known, and then nothing is planned. */
  start: v.nullable(day),
  /** `left`: no more sessions. Questionnaires go on. */
  state: v.picklist(['open', 'left']),
  leftAt: v.optional(instant),
  /** Series by series, in the study's order. Empty for an arm that has no sessions. */
  plan: v.array(mySessionSchema),
  /** Over every series that has a number of sessions and is not optional; null for an arm without one. */
  counts: v.nullable(
    v.object({
      ...{ planned: v.number(), attended: v.number(), partial: v.number(), madeUp: v.number() },
      ...{ received: v.number(), missed: v.number(), outstanding: v.number(), notCompleted: v.number() },
    }),
  ),
  /** Sessions that were missed and not made good. */
  outstanding: v.array(sessionIdSchema),
  /** `recording` and `new-time` are there for whoever wants them; to `reschedule` is asked for. */
  offers: v.array(
    v.object({
      series: idSchema,
      offer: v.picklist(['recording', 'new-time', 'reschedule']),
      sessions: v.array(sessionIdSchema),
      /** The study's own words for it. Markdown. */
      text: v.optional(words),
    }),
  ),
  /** Sessions to come that build on what was not seen yet; `locked` where the study keeps one until it was. */
  warnings: v.array(v.object({ session: sessionIdSchema, unseen: v.array(sessionIdSchema), locked: v.boolean() })),
  /** Staff are to speak with the participant. Nobody is ever withdrawn by it. Those that are open. */
  reviews: v.array(
    v.object({ series: idSchema, review: v.literal('withdrawal'), raisedAt: instant, text: v.optional(words) }),
  ),
  /** Whether the participant has a calendar feed: `POST /me/calendar` makes one. */
  calendar: v.boolean(),
});

export type MySessions = v.InferOutput<typeof mySessionsSchema>;
export type MySession = v.InferOutput<typeof mySessionSchema>;
