import { z } from 'zod/mini';
import { answersSchema } from '../study/answers.ts';
import { idSchema } from '../study/schema.ts';
import { submissionIdSchema } from './submission-id.ts';

/**
 * What every element posts. One envelope, one kind each; the same schema at both ends.
 */

export { submissionIdSchema };

const instant = z.string().check(
  z.regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?Z$/),
  z.refine((text) => !Number.isNaN(Date.parse(text))),
);
const label = z.string().check(z.minLength(1), z.maxLength(200));
/** Hex SHA-256 of a secret that never travels. */
const secretHash = z.string().check(z.regex(/^[0-9a-f]{64}$/));

const envelope = {
  id: submissionIdSchema,
  study: idSchema,
  studyVersion: z.string().check(z.regex(/^\d+\.\d+\.\d+$/)),
  mode: z.enum(['live', 'test']),
  /** BCP 47: the language the participant read. */
  locale: label,
  /** IANA name of the browser's time zone. */
  timeZone: label,
  /** The browser's clock, UTC. The receiver adds its own. */
  startedAt: instant,
  submittedAt: instant,
  /** Where the participant came from: a recruiter's code or a `?source=`. */
  source: z.optional(label),
  /** Name and version of the kit that made it. */
  kit: label,
};

export const screeningSubmissionSchema = z.strictObject({
  ...envelope,
  kind: z.literal('screening'),
  answers: answersSchema,
});

export const contactSubmissionSchema = z.strictObject({
  ...envelope,
  kind: z.literal('contact'),
  /** The id of the screening it belongs to. */
  screening: submissionIdSchema,
  answers: answersSchema,
  tokenHash: z.optional(secretHash),
  writeHash: z.optional(secretHash),
  returnHash: z.optional(secretHash),
});

export const submissionSchema = z.discriminatedUnion('kind', [screeningSubmissionSchema, contactSubmissionSchema]);

export type ScreeningSubmission = z.output<typeof screeningSubmissionSchema>;
export type ContactSubmission = z.output<typeof contactSubmissionSchema>;
export type Submission = z.output<typeof submissionSchema>;
export type SubmissionKind = Submission['kind'];
