import * as v from 'valibot';
import { idSchema } from '../study/schema.ts';
import { reasonSchema, sessionIdSchema } from '../study/session-events.ts';
import { envelope, submissionIdSchema } from './submission.ts';

/**
 * What a session tracker posts, with the participant's own token: one thing that they say of their sessions. Each is kept,
 * whatever came before it; what follows from all of them is the schedule's to say.
 */

/** Longer than anybody types on a worksheet, short enough to be kept by the hundred. */
export const LONGEST_HOMEWORK = 20_000;

const session = { session: sessionIdSchema };

export const participantEventSchema = v.variant('type', [
  /** "I could not come." */
  v.strictObject({ type: v.literal('missed'), ...session, reason: reasonSchema }),
  /** The participant confirms that they have seen it. */
  v.strictObject({ type: v.literal('recording-viewed'), ...session }),
  /** As it stands now, whole: the newest counts, and all are kept. An empty one takes back what was written. */
  v.strictObject({
    ...{ type: v.literal('homework'), ...session, task: idSchema },
    text: v.pipe(v.string(), v.maxLength(LONGEST_HOMEWORK)),
  }),
  /** For another time, one of those that `me` offers for the session. */
  v.strictObject({ type: v.literal('reschedule-asked'), ...session, slot: submissionIdSchema }),
  /** No more sessions; questionnaires go on. */
  v.strictObject({ type: v.literal('left-intervention'), reason: v.optional(reasonSchema) }),
]);

export const sessionSubmissionSchema = v.strictObject({
  ...envelope,
  kind: v.literal('session'),
  event: participantEventSchema,
});

export type ParticipantEvent = v.InferOutput<typeof participantEventSchema>;
export type SessionSubmission = v.InferOutput<typeof sessionSubmissionSchema>;
