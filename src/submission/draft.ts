import * as v from 'valibot';
import { answersSchema } from '../study/answers.ts';
import { idSchema } from '../study/schema.ts';
import { submissionIdSchema, submissionSchema } from './submission.ts';

/** What a participant has typed and not yet sent. Shared by both ends: a tab keeps it, and a receiver can. */
export const draftSchema = v.object({
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
  /**
   * Finished submissions that no disk holds yet. Posted again after a reload under their own ids, so that whatever was
   * interrupted where, a receiver stores each once.
   */
  pending: v.optional(v.array(submissionSchema)),
});

export type Draft = v.InferOutput<typeof draftSchema>;
