import { type Decision, type Standing, standing } from '../../consent/standing.ts';
import type { Study } from '../../study/schema.ts';
import type { Deviation } from '../deviations.ts';
import type { KnownStudy } from '../served-study.ts';
import type { Decided } from '../store/consent-store.ts';
import type { StoreTransaction } from '../store/store.ts';

/** Where participants stand with the study's consent, for every part of the receiver that has to know. */

/** By everything that a participant has decided so far. */
export async function consentStanding(tx: StoreTransaction, study: string, participant: string): Promise<Standing> {
  return standing(asDecisions(await tx.decisions(study, participant)));
}

export type ConsentDeviation = Extract<Deviation, 'no-consent' | 'consent-declined' | 'consent-withdrawn'>;

/**
 * What keeps a participant's data apart: kept and named, and not scored, allocated or exported until somebody on the staff
 * decides. Undefined where their consent stands, and where the study asks for none and they have not left it.
 */
export async function consentDeviation(
  tx: StoreTransaction,
  { current }: Pick<KnownStudy, 'current'>,
  participant: string,
): Promise<ConsentDeviation | undefined> {
  return deviationBy(current.study, await tx.decisions(current.study.id, participant));
}

/** The same by all that they have decided, where that is at hand. */
export function deviationBy(
  { consent }: Pick<Study, 'consent'>,
  decided: readonly Decided[],
): ConsentDeviation | undefined {
  const { state } = standing(asDecisions(decided));
  if (state === 'withdrawn') return 'consent-withdrawn';
  if (consent === undefined || state === 'signed') return undefined;
  return state === 'declined' ? 'consent-declined' : 'no-consent';
}

/** As the consent room reads them. */
export function asDecisions(rows: readonly Decided[]): readonly Decision[] {
  return rows.map(({ submission, outcome, version, scope }): Decision => {
    if (outcome === 'withdrawn') return { submission, withdrawnFrom: scope ?? 'study' };
    return { submission, outcome, version: version ?? '' };
  });
}
