import type { MyScores } from '../../submission/participation.ts';
import type { KnownStudy } from '../served-study.ts';
import type { ScoreRow } from '../store/scores-store.ts';
import type { StoreTransaction } from '../store/store.ts';
import { countingOf } from './follow-up.ts';

/**
 * A participant's own scores over time: of the assessments that the study gives feedback on, as it stands now, and of what
 * counts of each. Where it was scored again, by the newest rule.
 */
export async function myScores(
  tx: StoreTransaction,
  { current, shelf }: Pick<KnownStudy, 'current' | 'shelf'>,
  participant: string,
): Promise<MyScores> {
  const { id, assessments = [] } = current.study;
  const feedback = new Map(assessments.map((assessment) => [assessment.id, assessment.feedback ?? 'none']));
  const counting = countingOf(await tx.questionnaires(id, participant));
  const rows = newest(await tx.scoresOfParticipant(id, participant));
  const shown = rows.flatMap((row) => {
    const { assessment, submission, instrument, instrumentVersion, subscale, score } = row;
    const sitting = assessment === null ? undefined : counting.get(assessment);
    const lets = assessment === null ? 'none' : (feedback.get(assessment) ?? 'none');
    if (assessment === null || sitting?.submission !== submission || lets === 'none') return [];
    const bands = lets === 'scores-and-bands' ? bandsOf(shelf.rules(instrument, instrumentVersion), subscale) : [];
    const told = { assessment, at: sitting.receivedAt, instrument, subscale, score };
    return [{ ...told, ...(bands.length > 0 && { bands }) }];
  });
  return shown.toSorted((one, other) => (one.at < other.at ? -1 : Number(one.at > other.at)));
}

/** Of each subscale of a sitting the score that was reckoned last; in the order of the first. */
function newest(rows: readonly ScoreRow[]): readonly ScoreRow[] {
  return [
    ...new Map(rows.map((row) => [JSON.stringify([row.submission, row.instrument, row.subscale]), row])).values(),
  ];
}

/** What the scores of a subscale are called; nothing where that is a convention which the author does not share. */
function bandsOf(instrument: ReturnType<KnownStudy['shelf']['rules']>, subscale: string) {
  if (instrument === undefined || instrument.conventionalBands === true) return [];
  return (instrument.bands ?? [])
    .filter((band) => band.subscale === subscale)
    .map(({ label, min, max, minInclusive, maxInclusive }) => ({ label, min, max, minInclusive, maxInclusive }));
}
