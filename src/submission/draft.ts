import * as v from 'valibot';
import { answersSchema } from '../study/answers.ts';
import { recordOf } from '../study/record.ts';
import { idSchema } from '../study/schema.ts';
import { submissionIdSchema, submissionSchema } from './submission.ts';

/** What of a draft may be kept anywhere. */
export const draftShape = {
  study: idSchema,
  studyVersion: v.string(),
  /** Which step of the element it belongs to. */
  step: v.picklist(['screening', 'contact']),
  /** The name of the page that was open. */
  page: v.optional(v.string()),
  startedAt: v.string(),
  answers: answersSchema,
  /** In the contact step: the screening that it follows. */
  screening: v.optional(submissionIdSchema),
  /** When each answer was last changed, in milliseconds of the browser's clock: of two drafts the later entry wins. */
  entered: v.optional(recordOf(v.pipe(v.string(), v.maxLength(200)), v.number())),
};

/** What a participant has typed and not yet sent. Shared by both ends: a tab keeps it, and a receiver can. */
export const draftSchema = v.object({
  ...draftShape,
  /**
   * Finished submissions that no disk holds yet. Posted again after a reload under their own ids, so that whatever was
   * interrupted where, a receiver stores each once.
   */
  pending: v.optional(v.array(submissionSchema)),
});

export type Draft = v.InferOutput<typeof draftSchema>;
