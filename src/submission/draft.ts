import { z } from 'zod/mini';
import { answersSchema } from '../study/answers.ts';
import { idSchema } from '../study/schema.ts';
import { submissionIdSchema, submissionSchema } from './submission.ts';

/** What a participant has typed and not yet sent. Shared by both ends: a tab keeps it, and a receiver can. */
export const draftSchema = z.object({
  study: idSchema,
  studyVersion: z.string(),
  /** Which step of the element it belongs to. */
  step: z.enum(['screening', 'contact']),
  /** The name of the page that was open. */
  page: z.optional(z.string()),
  startedAt: z.string(),
  answers: answersSchema,
  /** In the contact step: the screening that it follows. */
  screening: z.optional(submissionIdSchema),
  /**
   * Finished submissions that no disk holds yet. Posted again after a reload under their own ids, so that whatever was
   * interrupted where, a receiver stores each once.
   */
  pending: z.optional(z.array(submissionSchema)),
});

export type Draft = z.output<typeof draftSchema>;
