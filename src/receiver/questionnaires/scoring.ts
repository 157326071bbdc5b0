import type { Instrument } from '../../instruments/schema.ts';
import { type Score, score } from '../../instruments/score.ts';
import type { Study } from '../../study/schema.ts';
import { SteadyError } from '../../study/steady-error.ts';
import type { QuestionnaireSubmission } from '../../submission/questionnaire-submission.ts';
import type { QuestionnaireRow } from '../store/questionnaires-store.ts';
import type { ScoreRow } from '../store/scores-store.ts';
import { entryOf } from './asked.ts';
import type { Shelf } from './shelf.ts';

/** What a sitting scores: always from the answers, never from what anybody says that they score. */

export interface ScoredPart {
  readonly instrument: Instrument;
  readonly score: Score;
}

/**
 * Each instrument by the rules of the version that was answered.
 *
 * @param study says whether the kit's own rules about missing items count
 * @throws SteadyError `instrument-unknown` where the rules of a version are not at hand; AnswersError
 */
export function scoreParts(
  study: Pick<Study, 'assessments'>,
  rules: Shelf['rules'],
  { assessment, parts }: Pick<QuestionnaireSubmission, 'assessment' | 'parts'>,
): readonly ScoredPart[] {
  return parts.flatMap((part): ScoredPart[] => {
    if (!('instrument' in part)) return [];
    const instrument = rules(part.instrument, part.version);
    if (instrument === undefined) {
      const name = `${part.instrument} ${part.version}`;
      throw new SteadyError('instrument-unknown', `The rules of ${name}, as they were kept, cannot be read.`);
    }
    const kitRules = entryOf(study, assessment, part.instrument)?.kitRules ?? false;
    return [{ instrument, score: score(instrument, part.answers, { kitRules }) }];
  });
}

/** One for each subscale. */
export function scoreRows(
  scored: readonly ScoredPart[],
  {
    study,
    submission,
    participant,
    assessment,
  }: Pick<QuestionnaireRow, 'study' | 'submission' | 'participant' | 'assessment'>,
  scoredAt: string,
): readonly ScoreRow[] {
  return scored.flatMap(({ instrument: { id: instrument, version: instrumentVersion }, score: { scores, rule } }) =>
    Object.entries(scores).map(([subscale, value]) => ({
      ...{ study, submission, instrument, rule, subscale, instrumentVersion },
      ...{ participant, assessment, score: value, scoredAt },
    })),
  );
}
