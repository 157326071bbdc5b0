import type { Me } from '../../submission/participation.ts';
import type { KnownStudy } from '../served-study.ts';
import type { ScreeningRow, StoreTransaction } from '../store/store.ts';
import type { SignedIn } from './sign-in.ts';

/** Who a participant is to the study, what they have done, and which step is next: by what the receiver has, alone. */
export async function meOf(tx: StoreTransaction, known: KnownStudy, caller: SignedIn): Promise<Me> {
  const { study, participant, mode, site, enrolledAt } = caller;
  const { recruitment = 'open', screening: offered } = known.current.study;
  const { screeningIdHash = null, contact = null } = (await tx.participant(study, participant)) ?? {};
  const screened = screeningIdHash === null ? undefined : await tx.screening(study, [screeningIdHash]);
  const reached = contact === null ? undefined : await tx.contact(study, contact);
  const steps: Me['steps'] = [];
  if (screened !== undefined) steps.push({ id: 'screening', state: 'done', at: timeOf(screened) });
  else if (offered !== undefined) steps.push({ id: 'screening', state: 'due' });
  if (reached !== undefined) steps.push({ id: 'contact', state: 'done', at: reached.receivedAt });
  else if (screened?.verdict === 'eligible') steps.push({ id: 'contact', state: 'due' });
  const next = steps.find(({ state }) => state === 'due')?.id ?? null;
  return { participant, mode, ...(site !== null && { site }), enrolledAt, recruitment, steps, next };
}

/** Of a screening whose answers were dropped the day alone is known. */
function timeOf({ receivedAt, day }: ScreeningRow): string {
  return receivedAt ?? `${day}T00:00:00.000Z`;
}
