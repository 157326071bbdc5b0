import * as v from 'valibot';
import { answersSchema, valueSchema } from '../study/answers.ts';
import { consentDraftSchema } from '../study/consent-answers.ts';
import { recordOf } from '../study/record.ts';
import { idSchema } from '../study/schema.ts';
import { questionnaireSubmissionSchema } from './questionnaire-submission.ts';
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

/** A part's name, a slash and a question's: of a matrix, each row by itself. */
const placedName = v.pipe(v.string(), v.maxLength(300));
const partName = v.pipe(v.string(), v.maxLength(63));

/** A questionnaire that is being filled in: all its instruments and forms. */
const sitting = {
  ...shape,
  step: v.literal('questionnaire'),
  /** Which assessment of the study, or which instrument on its own. */
  assessment: v.optional(idSchema),
  instrument: v.optional(partName),
  /** By instrument, which version of its file was shown: an answer to other words is another answer. */
  versions: recordOf(partName, v.pipe(v.string(), v.maxLength(30))),
  answers: recordOf(placedName, valueSchema),
  entered: v.optional(recordOf(placedName, v.number())),
};

/** A consent document that is being read. Neither a name nor a signature is in it. */
const reading = { ...shape, step: v.literal('consent'), reading: consentDraftSchema };

/** What of a draft may be kept anywhere. */
export const keptDraftSchema = v.variant('step', [
  v.strictObject(answering),
  v.strictObject(sitting),
  v.strictObject(reading),
]);

/**
 * Finished submissions that no disk holds yet. Posted again after a reload under their own ids, so that whatever was
 * interrupted where, a receiver stores each once.
 */
const pendingOf = <Schema extends v.GenericSchema>(schema: Schema) => ({ pending: v.optional(v.array(schema)) });

const answerDraftSchema = v.object({ ...answering, ...pendingOf(submissionSchema) });
const sittingDraftSchema = v.object({ ...sitting, ...pendingOf(questionnaireSubmissionSchema) });
const readingDraftSchema = v.object(reading);

export const draftSchema = v.variant('step', [answerDraftSchema, sittingDraftSchema, readingDraftSchema]);

export type AnswerDraft = v.InferOutput<typeof answerDraftSchema>;
export type SittingDraft = v.InferOutput<typeof sittingDraftSchema>;
export type ReadingDraft = v.InferOutput<typeof readingDraftSchema>;
/** Of what is filled in, answer by answer. */
export type FilledDraft = AnswerDraft | SittingDraft;
export type Draft = FilledDraft | ReadingDraft;
/** What a draft may hold finished. */
export type PendingSubmission = NonNullable<FilledDraft['pending']>[number];
export type KeptDraft = v.InferOutput<typeof keptDraftSchema>;
