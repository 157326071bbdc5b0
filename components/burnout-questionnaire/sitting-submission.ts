import type { Instrument } from '../../src/instruments/schema.ts';
import type { Answers } from '../../src/study/answers.ts';
import type { QuestionnaireSubmission } from '../../src/submission/questionnaire-submission.ts';
import { type EnvelopeOptions, envelopeOf } from '../element/envelope.ts';
import { itemsLanguage, type SittingOptions } from './sitting.ts';
import { formData } from './study-form.ts';

/** What a questionnaire posts at its end: fetched while the first page is being read. */

export interface AnsweredPart {
  readonly name: string;
  /** Undefined of a form of the study's. */
  readonly instrument: Instrument | undefined;
  /** Of an instrument by item. */
  readonly answers: Answers;
}

type Options = EnvelopeOptions & Pick<SittingOptions, 'asked' | 'study'>;

export async function sittingSubmission(
  answered: readonly AnsweredPart[],
  options: Options,
): Promise<QuestionnaireSubmission> {
  const { asked } = options;
  return {
    ...envelopeOf(options),
    kind: 'questionnaire',
    ...(asked.kind === 'assessment' && { assessment: asked.assessment.id }),
    parts: await Promise.all(answered.map((one) => posted(one, options))),
  };
}

async function posted(
  { answers, instrument, name }: AnsweredPart,
  options: Options,
): Promise<QuestionnaireSubmission['parts'][number]> {
  const { language } = options;
  if (instrument === undefined)
    return { form: name, answers: { ...(await formData(options, name, language, answers)) } };
  const values = Object.entries(answers).filter((entry): entry is [string, number] => typeof entry[1] === 'number');
  return {
    instrument: instrument.id,
    version: instrument.version,
    itemsLocale: itemsLanguage(instrument, language),
    answers: Object.fromEntries(values),
  };
}
