import * as v from 'valibot';
import { instantSchema } from './consent-answers.ts';
import { idSchema } from './schema.ts';
import { sessionIdSchema } from './session-id.ts';

export { sessionIdSchema };

/**
 * What happens to a participant's sessions, as it travels and as it is kept: an event each, added and never changed. Shape
 * and size only; what follows from them is the schedule room's.
 */

/** Of an event, where whoever keeps it gives one: so that a later event can say that it was a mistake. */
const eventIdSchema = v.pipe(v.string(), v.minLength(1), v.maxLength(100));

export const reasonSchema = v.pipe(v.string(), v.regex(/\S/, 'Write at least a word.'), v.maxLength(2_000));

/**
 * The events, by how times and senders are written: a receiver knows both exactly; a file that somebody typed may leave
 * more open.
 *
 * @param time when it happened, not when it was entered
 * @param by whose word it is
 * @param start when a session begins
 */
export const sessionEvents = <Time, By>(
  time: v.GenericSchema<unknown, Time>,
  by: v.GenericSchema<unknown, By>,
  start: v.GenericSchema<unknown, Time> = time,
) => {
  const every = { id: v.optional(eventIdSchema), at: time, by, reason: v.optional(reasonSchema) };
  const session = {
    ...every,
    session: sessionIdSchema,
    /** A facilitator's, with its reason: what would come too late is taken all the same. */
    override: v.optional(v.boolean()),
  };
  return [
    /** Staff set or changed its time. */
    v.strictObject({ ...session, event: v.literal('scheduled'), startsAt: start }),
    /** The participant asked for another time, which may be settled already. */
    v.strictObject({ ...session, event: v.literal('rescheduled'), startsAt: v.optional(start) }),
    /** By staff, or because something did not work: nobody missed it. */
    v.strictObject({ ...session, event: v.literal('cancelled') }),
    v.strictObject({ ...session, event: v.literal('attended') }),
    /** Came late or left early: what counts as that, a facilitator decides. */
    v.strictObject({ ...session, event: v.literal('partial') }),
    v.strictObject({ ...session, event: v.literal('missed'), excused: v.optional(v.boolean()) }),
    v.strictObject({ ...session, event: v.literal('recording-opened') }),
    /** The participant confirms it. */
    v.strictObject({ ...session, event: v.literal('recording-viewed') }),
    v.strictObject({ ...session, event: v.literal('homework-done') }),
    /** The participant leaves the intervention: no more sessions, all questionnaires. */
    v.strictObject({ ...every, event: v.literal('left') }),
    /** ... and is back, or was never gone. */
    v.strictObject({ ...every, event: v.literal('returned') }),
    /** Staff have spoken with the participant; the reason says what was decided. */
    v.strictObject({ ...every, event: v.literal('review-closed'), series: idSchema }),
    /** An event was a mistake. It stays, and no longer counts. */
    v.strictObject({ ...every, event: v.literal('retracted'), of: eventIdSchema }),
  ] as const;
};

export const senderSchema = v.picklist(['participant', 'facilitator']);

export const sessionEventSchema = v.variant('event', [...sessionEvents(instantSchema, senderSchema)]);

export type Sender = v.InferOutput<typeof senderSchema>;
export type ScheduleEvent = Readonly<v.InferOutput<typeof sessionEventSchema>>;
/** The series that something is said of; undefined for what is about the whole intervention. */
export function seriesOf(
  event: { readonly session: string } | { readonly series: string } | object,
): string | undefined {
  if ('series' in event) return event.series;
  return 'session' in event ? seriesOfSession(event.session) : undefined;
}

/** The series of a session, by its id. */
export const seriesOfSession = (session: string): string => session.replace(/-\d+$/, '');

/** Those that are about one session. */
export type SessionEvent = Extract<ScheduleEvent, { session: string }>;
