import { endOf } from '../../schedule/days.ts';
import type { Study } from '../../study/schema.ts';
import { zoneOf } from '../days.ts';
import type { ParticipantRow } from '../store/participants-store.ts';
import type { StoreTransaction } from '../store/store.ts';
import { followUp } from './follow-up.ts';

/** Who can be asked for what on a day: for staff, for the command line, and for reminders. */

export interface DueAssessment {
  readonly participant: string;
  readonly site: string | null;
  readonly assessment: string;
  /** `open`: it can be answered, and is not due yet. `overdue`: past the due day, with its window still open. */
  readonly state: 'open' | 'due' | 'overdue';
  readonly due: string;
  /** The last day of its window. */
  readonly closes: string;
}

/**
 * What a participant can hand in on a day and has not; nothing where their consent does not stand.
 *
 * @param day one of the study's days; of an earlier one what was handed in later is not looked at
 */
export async function dueFor(
  tx: StoreTransaction,
  study: Study,
  participant: ParticipantRow,
  day: string,
): Promise<readonly DueAssessment[]> {
  const decided = await tx.decisions(study.id, participant.id);
  const now = new Date(endOf(day, zoneOf(study))).toISOString();
  const { barred, statuses } = await followUp(tx, study, participant, { decided, now });
  if (barred !== undefined) return [];
  return statuses.flatMap(({ id: assessment, state, overdue, due, window }): DueAssessment[] => {
    if ((state !== 'open' && state !== 'due') || due === undefined || window === undefined) return [];
    const told = overdue ? 'overdue' : state;
    return [{ participant: participant.id, site: participant.site, assessment, state: told, due, closes: window.last }];
  });
}
