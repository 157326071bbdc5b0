import type { Anchors, AssessmentStatus } from '../../schedule/assessments.ts';
import { planFor } from '../../schedule/participant-plan.ts';
import type { Study } from '../../study/schema.ts';
import { allocationDays } from '../allocation/known-days.ts';
import { type ConsentDeviation, deviationBy } from '../consent/standing.ts';
import { zoneOf } from '../days.ts';
import type { Decided } from '../store/consent-store.ts';
import type { ParticipantRow } from '../store/participants-store.ts';
import type { QuestionnaireRow } from '../store/questionnaires-store.ts';
import type { StoreTransaction } from '../store/store.ts';

/**
 * Where a participant is with the assessments of their study: for themselves, for what they hand in, for staff and for
 * reminders, all by the same rows.
 */
export interface FollowUp {
  /** Why nothing is asked of them; undefined where their consent stands. */
  readonly barred: ConsentDeviation | undefined;
  /** By the study as it stands now, in its order. */
  readonly statuses: readonly AssessmentStatus[];
  /** What counts of each assessment that was handed in. */
  readonly counting: ReadonlyMap<string, QuestionnaireRow>;
}

/**
 * @param study as it stands now
 * @param decided all that they have decided about the consent
 * @param now UTC; what was handed in later is not looked at
 */
export async function followUp(
  tx: StoreTransaction,
  study: Study,
  participant: ParticipantRow,
  { decided, now }: { readonly decided: readonly Decided[]; readonly now: string },
): Promise<FollowUp> {
  const rows = await tx.questionnaires(study.id, participant.id);
  const counting = countingOf(rows.filter(({ receivedAt }) => receivedAt <= now));
  const handedIn = [...counting].map(([assessment, { receivedAt }]) => ({ assessment, at: receivedAt }));
  const anchors = await anchorsOf(tx, study, participant, decided);
  const { assessments } = planFor(study, { anchors, events: [], handedIn, now, zone: zoneOf(study) });
  return { barred: deviationBy(study, decided), statuses: assessments, counting };
}

/** The days that a participant's assessments and sessions count from, as far as they are known. */
export async function anchorsOf(
  tx: StoreTransaction,
  study: Study,
  participant: ParticipantRow,
  decided: readonly Decided[],
): Promise<Anchors> {
  const joined = joinedAt(study, participant, decided);
  return { ...(joined !== undefined && { consent: joined }), ...(await allocationDays(tx, study, participant)) };
}

/** Of each assessment the row that counts: the first that came to. */
export function countingOf(rows: readonly QuestionnaireRow[]): ReadonlyMap<string, QuestionnaireRow> {
  const first = new Map<string, QuestionnaireRow>();
  for (const row of rows.toSorted((one, other) => (one.counted ?? 0) - (other.counted ?? 0))) {
    const { assessment, counted } = row;
    if (assessment !== null && counted !== null && !first.has(assessment)) first.set(assessment, row);
  }
  return first;
}

/**
 * When they began to take part: with their first signature, which a later one does not move; in a study that asks for no
 * consent, when they were enrolled.
 */
export function joinedAt(
  { consent }: Pick<Study, 'consent'>,
  { enrolledAt }: ParticipantRow,
  decided: readonly Decided[],
): string | undefined {
  if (consent === undefined) return enrolledAt;
  return decided.find(({ outcome }) => outcome === 'signed')?.receivedAt;
}
