import * as v from 'valibot';
import { answersSchema } from '../study/answers.ts';
import { idSchema } from '../study/schema.ts';
import { submissionIdSchema } from './submission-id.ts';

/**
 * What every element posts. One envelope, one kind each; the same schema at both ends.
 */

export { submissionIdSchema };

/** UTC, to the second or finer. */
export const instantSchema = v.pipe(
  v.string(),
  v.regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?Z$/),
  v.check((text) => !Number.isNaN(Date.parse(text))),
);
const label = v.pipe(v.string(), v.minLength(1), v.maxLength(200));
/** Hex SHA-256 of a secret that never travels. */
export const secretHashSchema = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));

/** What stands in every submission, whatever its kind. */
export const envelope = {
  id: submissionIdSchema,
  study: idSchema,
  studyVersion: v.pipe(v.string(), v.regex(/^\d+\.\d+\.\d+$/)),
  mode: v.picklist(['live', 'test']),
  /** BCP 47: the language the participant read. */
  locale: label,
  /** IANA name of the browser's time zone. */
  timeZone: label,
  /** The browser's clock, UTC. The receiver adds its own. */
  startedAt: instantSchema,
  submittedAt: instantSchema,
  /** Where the participant came from: a recruiter's code or a `?source=`. */
  source: v.optional(label),
  /** Name and version of the kit that made it. */
  kit: label,
};

export const screeningSubmissionSchema = v.strictObject({
  ...envelope,
  kind: v.literal('screening'),
  answers: answersSchema,
});

export const contactSubmissionSchema = v.strictObject({
  ...envelope,
  kind: v.literal('contact'),
  /** The id of the screening it belongs to. */
  screening: submissionIdSchema,
  answers: answersSchema,
  tokenHash: v.optional(secretHashSchema),
  writeHash: v.optional(secretHashSchema),
  returnHash: v.optional(secretHashSchema),
});

export const submissionSchema = v.variant('kind', [screeningSubmissionSchema, contactSubmissionSchema]);

export type ScreeningSubmission = v.InferOutput<typeof screeningSubmissionSchema>;
export type ContactSubmission = v.InferOutput<typeof contactSubmissionSchema>;
export type Submission = v.InferOutput<typeof submissionSchema>;
