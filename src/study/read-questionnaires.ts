import * as v from 'valibot';
import { type Assessment, type AssessmentHead, assessmentsPart } from './assessments-part.ts';
import { read } from './read.ts';
import { studyHeadSchema } from './schema.ts';

/** Forms are left as they are: they are read once the first part has been drawn. */
const firstSchema = v.object({ ...studyHeadSchema.entries, assessments: v.optional(assessmentsPart(v.unknown())) });

/** What the questionnaire element needs of a study, in two readings: before its first page, and after. */
export type QuestionnaireStudy = v.InferOutput<typeof firstSchema> & {
  readonly assessments?: readonly AssessmentHead[] | undefined;
  /**
   * The assessments with their forms.
   *
   * @throws StudyError with every problem found in them, each with its path and fix
   */
  readonly whole: () => Promise<readonly Assessment[]>;
};

/**
 * Reads what the questionnaire element needs of a study, whatever else the file holds.
 *
 * @param text the file's content
 * @param file its name or address, for the messages
 * @throws StudyError with every problem found in these parts, each with its path and fix
 */
export async function readQuestionnaireStudy(text: string, file: string): Promise<QuestionnaireStudy> {
  const readWhole = async () => (await import('./whole-questionnaires.ts')).readWholeQuestionnaires(text, file);
  const study = read(text, firstSchema);
  if (study === undefined) {
    const whole = await readWhole();
    return { ...whole, whole: async () => whole.assessments ?? [] };
  }
  let reading: Promise<readonly Assessment[]> | undefined;
  return {
    ...study,
    whole: () => {
      reading ??= readWhole().then(({ assessments = [] }) => assessments);
      return reading;
    },
  };
}
