import * as v from 'valibot';
import { answersSchema } from '../study/answers.ts';
import { consentDraftSchema } from '../study/consent-answers.ts';
import { recordOf } from '../study/record.ts';
import { idSchema } from '../study/schema.ts';
import { submissionIdSchema, submissionSchema } from './submission.ts';

/** What a participant has begun and not sent. Shared by both ends: a tab keeps it, and a receiver can. */

const shape = {
  study: idSchema,
  studyVersion: v.string(),
  /** The name of the page that was open. */
  page: v.optional(v.string()),
  startedAt: v.string(),
};

/** Questions that are being answered. */
const answering = {
  ...shape,
  /** Which step it belongs to. In that of sessions a question is a text between two: `wellbeing-3/worksheet`. */
  step: v.picklist(['screening', 'contact', 'session']),
  answers: answersSchema,
  /** In the contact step: the screening that it follows. */
  screening: v.optional(submissionIdSchema),
  /** When each answer was last changed, in milliseconds of the browser's clock: of two drafts the later entry wins. */
  entered: v.optional(recordOf(v.pipe(v.string(), v.maxLength(200)), v.number())),
};

/** A consent document that is being read. Neither a name nor a signature is in it. */
const reading = { ...shape, step: v.literal('consent'), reading: consentDraftSchema };

/** What of a draft may be kept anywhere. */
export const keptDraftSchema = v.variant('step', [v.strictObject(answering), v.strictObject(reading)]);

const answerDraftSchema = v.object({
  ...answering,
  /**
   * Finished submissions that no disk holds yet. Posted again after a reload under their own ids, so that whatever was
   * interrupted where, a receiver stores each once.
   */
  pending: v.optional(v.array(submissionSchema)),
});
const readingDraftSchema = v.object(reading);

export const draftSchema = v.variant('step', [answerDraftSchema, readingDraftSchema]);

export type AnswerDraft = v.InferOutput<typeof answerDraftSchema>;
export type ReadingDraft = v.InferOutput<typeof readingDraftSchema>;
export type Draft = AnswerDraft | ReadingDraft;
export type KeptDraft = v.InferOutput<typeof keptDraftSchema>;
