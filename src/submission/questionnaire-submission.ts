import * as v from 'valibot';
import { answersSchema } from '../study/answers.ts';
import { instrumentIdSchema } from '../study/assessments-part.ts';
import { recordOf } from '../study/record.ts';
import { idSchema, languageSchema } from '../study/schema.ts';
import { envelope } from './submission.ts';

/**
 * What a questionnaire element posts: the answers of one sitting. What they score is nowhere in it: the receiver scores them
 * itself, and refuses whatever says otherwise.
 */

/** As an instrument's file names its items. */
const itemName = v.pipe(v.string(), v.regex(/^[A-Za-z][A-Za-z0-9_-]{0,62}$/));
/** No instrument has more. */
const MOST_ITEMS = 500;

const instrumentPartSchema = v.strictObject({
  instrument: instrumentIdSchema,
  /** Of the instrument's file that was shown. */
  version: v.pipe(v.string(), v.regex(/^\d{1,5}\.\d{1,5}\.\d{1,5}$/)),
  /** The language of the items, which need not be the page's: there may be no published translation. */
  itemsLocale: languageSchema,
  /** The values of the options that were chosen, by item. An item without an answer has no key. */
  answers: v.pipe(recordOf(itemName, v.number()), v.maxEntries(MOST_ITEMS)),
});

const formPartSchema = v.strictObject({
  /** A form of the assessment, by its name. */
  form: idSchema,
  answers: answersSchema,
});

export const questionnaireSubmissionSchema = v.strictObject({
  ...envelope,
  kind: v.literal('questionnaire'),
  /** Which assessment of the study it answers; absent where an instrument was asked on its own. */
  assessment: v.optional(idSchema),
  /** In the order in which they were asked, each instrument and each form once. */
  parts: v.pipe(v.array(v.union([instrumentPartSchema, formPartSchema])), v.minLength(1), v.maxLength(60)),
});

export type QuestionnaireSubmission = v.InferOutput<typeof questionnaireSubmissionSchema>;
export type InstrumentPart = v.InferOutput<typeof instrumentPartSchema>;
export type FormPart = v.InferOutput<typeof formPartSchema>;
