import type { Study } from '../../study/schema.ts';
import type { Deviation } from '../deviations.ts';
import type { StoreTransaction } from '../store/store.ts';

/**
 * Whether new people are taken: by the study file, which closes for good, and by the staff, who pause and reopen at once, for
 * the study or for one site of it.
 */

export type RecruitmentState = 'open' | 'paused' | 'closed';

/** What stands in the table where the whole study is meant. */
export const WHOLE_STUDY = '';

type Recruiting = Pick<Study, 'id' | 'recruitment'>;

/** @param site one of the study's; null asks for the study alone */
export async function recruitmentState(
  tx: StoreTransaction,
  study: Recruiting,
  site: string | null = null,
): Promise<RecruitmentState> {
  return (await recruitmentStates(tx, study))(site);
}

/** The same for as many sites as one likes, by asking the database once. */
export async function recruitmentStates(
  tx: StoreTransaction,
  { id, recruitment }: Recruiting,
): Promise<(site: string | null) => RecruitmentState> {
  if (recruitment === 'closed') return () => 'closed';
  const paused = new Set((await tx.recruitment(id)).flatMap((row) => (row.state === 'paused' ? [row.site] : [])));
  return (site) => (paused.has(WHOLE_STUDY) || (site !== null && paused.has(site)) ? 'paused' : 'open');
}

/** What is said of a submission that came while nobody new was taken, where it is not said already. */
export async function recruitmentDeviations(
  tx: StoreTransaction,
  study: Study,
  site: string | null,
  before: readonly Deviation[],
): Promise<readonly Deviation[]> {
  if (before.includes('recruitment-closed')) return [];
  return (await recruitmentState(tx, study, site)) === 'open' ? [] : ['recruitment-closed'];
}
