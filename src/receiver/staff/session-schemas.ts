import * as v from 'valibot';
import { instantSchema } from '../../study/consent-answers.ts';
import { minutesSchema } from '../../study/minutes.ts';
import { idSchema } from '../../study/schema.ts';
import { reasonSchema, sessionEvents } from '../../study/session-events.ts';
import { submissionIdSchema } from '../../submission/submission-id.ts';
import { AUDIENCES } from '../store/sessions-store.ts';

/** What staff and the receiver say to each other of sessions. */

const instant = v.string();
const line = v.pipe(v.string(), v.regex(/\S/), v.maxLength(200));
export const placeSchema = line;
/** No other kind of address is ever opened by a participant. */
export const linkSchema = v.pipe(v.string(), v.regex(/^https:\/\/[^\s]+$/), v.maxLength(2_000));
export const seatsSchema = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1_000));

/** When it happened: without it, when the session began; else now. The receiver gives the id, and says whose word it is. */
const at = v.optional(instantSchema);
const facilitator = v.optional(v.literal('facilitator'));

/** `POST /participants/{participant}/session-events`: one event of docs/schedule.md. */
export const staffEventSchema = v.pipe(
  v.variant('event', [...sessionEvents(at, facilitator, instantSchema)]),
  v.check((event) => !('id' in event) && !('by' in event)),
);

export const recordedSchema = v.object({ id: submissionIdSchema });

const where = { minutes: v.optional(minutesSchema), place: v.optional(placeSchema), link: v.optional(linkSchema) };
const about = v.pipe(v.string(), v.minLength(1), v.maxLength(80));

/** `POST /staff/sessions/{audience}/{target}`. `about` is a session; of a slot for all of them, their series. */
export const newPostingSchema = v.variant('kind', [
  /** Its time. With a reason it is taken also after the series’ end. */
  v.strictObject({
    ...{ kind: v.literal('time'), about, startsAt: instantSchema, ...where },
    ...{ leader: v.optional(line), reason: v.optional(reasonSchema) },
  }),
  v.strictObject({ kind: v.literal('cancelled'), about, reason: v.optional(reasonSchema) }),
  /** For one participant alone it is a make-up link. */
  v.strictObject({ kind: v.literal('recording'), about, link: linkSchema }),
  v.strictObject({
    ...{ kind: v.literal('slot'), about, startsAt: instantSchema, ...where },
    ...{ leader: v.optional(line), seats: v.optional(seatsSchema) },
  }),
]);

export const postingsSchema = v.object({
  postings: v.array(
    v.object({
      id: submissionIdSchema,
      kind: v.picklist(['time', 'cancelled', 'recording', 'slot']),
      audience: v.picklist(AUDIENCES),
      target: v.string(),
      about: v.string(),
      startsAt: v.optional(instant),
      minutes: v.optional(v.number()),
      place: v.optional(v.string()),
      link: v.optional(v.string()),
      leader: v.optional(v.string()),
      reason: v.optional(v.string()),
      seats: v.optional(v.number()),
      taken: v.optional(v.number()),
      postedAt: instant,
      endedAt: v.optional(instant),
    }),
  ),
});

/** `PUT /participants/{participant}/group`. */
export const groupSchema = v.strictObject({ group: idSchema });

const day = v.string();
const by = v.picklist(['participant', 'facilitator']);

/** `GET /participants/{participant}/sessions`: what facilitators work by. */
export const theirSessionsSchema = v.object({
  participant: submissionIdSchema,
  arm: idSchema,
  group: v.optional(idSchema),
  start: v.nullable(day),
  state: v.picklist(['open', 'left']),
  leftAt: v.optional(instant),
  sessions: v.array(
    v.object({
      session: v.string(),
      state: v.string(),
      window: v.object({ first: day, last: v.nullable(day) }),
      startsAt: v.optional(instant),
      heldOn: v.optional(day),
      misses: v.array(v.object({ at: instant, by, excused: v.boolean(), reason: v.optional(v.string()) })),
      outstanding: v.boolean(),
      received: v.boolean(),
      /** Which texts are written. What is in them is the participant’s to tell. */
      homework: v.array(v.object({ task: v.string(), savedAt: instant })),
    }),
  ),
  outstanding: v.array(v.string()),
  reviews: v.array(
    v.object({
      ...{ series: idSchema, review: v.literal('withdrawal'), outstanding: v.number(), raisedAt: instant },
      ...{ state: v.picklist(['open', 'closed']), closedAt: v.optional(instant), decision: v.optional(v.string()) },
    }),
  ),
  /** Everything that was said, in the order in which it arrived; `setAside` says why it changes nothing. */
  events: v.array(
    v.object({
      ...{ id: v.optional(v.string()), event: v.string(), session: v.optional(v.string()), at: instant, by },
      ...{ reason: v.optional(v.string()), startsAt: v.optional(instant), setAside: v.optional(v.string()) },
    }),
  ),
});
