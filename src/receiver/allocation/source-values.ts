import type { SourceValue, SourceValues } from '../../allocation/strata.ts';
import type { Answers } from '../../study/answers.ts';
import { jsonOf } from '../../study/read.ts';
import { isSubmission } from '../parse-submission.ts';
import { readAsFarAsFits } from '../read-answers.ts';
import type { KnownStudy } from '../served-study.ts';
import type { ParticipantRow } from '../store/participants-store.ts';
import type { ScreeningRow, StoreTransaction } from '../store/store.ts';

/** What the sources of strata say of a participant: their site, and what they answered when they were screened. */

/** @param screened the screening that counts for them; undefined for none */
export async function sourceValues(
  tx: StoreTransaction,
  known: KnownStudy,
  participant: ParticipantRow,
  screened: ScreeningRow | undefined,
): Promise<SourceValues> {
  const answers = await screeningAnswers(tx, known, screened);
  const site = known.current.study.sites?.find(({ id }) => id === participant.site);
  return new Map<string, SourceValue>([
    ...Object.entries(answers).flatMap(([name, answer]): [string, SourceValue][] =>
      typeof answer === 'object' ? [] : [[`screening.${name}`, answer]],
    ),
    ['site', participant.site ?? undefined],
    ['site.organisation', site?.organisation],
    ['site.size', site?.size],
  ]);
}

/** As the form that asked reads them: what it does not show was not answered. None where they were not kept. */
async function screeningAnswers(
  tx: StoreTransaction,
  known: KnownStudy,
  screened: ScreeningRow | undefined,
): Promise<Answers> {
  if (!screened?.id) return {};
  const kept = await tx.submission(screened.study, screened.id);
  const submission = jsonOf(kept?.body);
  const { screening, languages } = known.version(screened.judgedBy) ?? known.current.study;
  if (screening === undefined || !isSubmission(submission) || submission.kind !== 'screening') return {};
  const { answers, locale } = submission;
  return (await readAsFarAsFits(screening.form, answers, { locale, languages })).data;
}
