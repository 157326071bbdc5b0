import type { FormDefinition } from '../study/form-definition.ts';
import type { Study } from '../study/schema.ts';
import type { Screening } from '../study/screening-part.ts';
import type { Submission } from '../submission/submission.ts';
import type { Desk } from './desk.ts';
import { type Deviation, envelopeDeviations } from './deviations.ts';
import { type Reading, readAnswers, readAsFarAsFits } from './read-answers.ts';
import { Refusal } from './refusal.ts';
import type { KnownStudy } from './served-study.ts';

/** A submission read by the study that asked it. */
export interface ReadSubmission {
  readonly now: Date;
  /** The version it was read by: the one that asked, or the current one where that is not known. */
  readonly study: Study;
  readonly asked: boolean;
  readonly screening: Screening;
  readonly reading: Reading;
  readonly deviations: readonly Deviation[];
}

/**
 * @param formOf which form of the screening it answers
 * @throws Refusal `not-offered`, `malformed-answers`
 */
export async function readSubmission(
  desk: Desk,
  known: KnownStudy,
  submission: Submission,
  formOf: (screening: Screening) => FormDefinition,
): Promise<ReadSubmission> {
  const now = desk.now();
  const current = known.current.study;
  const asking = known.version(submission.studyVersion);
  const study = asking ?? current;
  const { screening, languages } = study;
  if (screening === undefined) throw new Refusal('not-offered', 'This study has no screening.');

  const read = asking === undefined ? readAsFarAsFits : readAnswers;
  const reading = await read(formOf(screening), submission.answers, { locale: submission.locale, languages });
  if (asking !== undefined && reading.faults.length > 0) {
    const { faults } = reading;
    throw new Refusal('malformed-answers', 'Send only what this version’s form can give; see "problems".', { faults });
  }
  const deviations = [
    ...envelopeDeviations(submission, { current, known: asking, mode: desk.mode, now }),
    ...reading.deviations,
  ];
  return { now, study, asked: asking !== undefined, screening, reading, deviations };
}
