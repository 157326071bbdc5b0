import { Refusal } from '../refusal.ts';
import type { StaffRow } from '../store/staff-store.ts';
import type { StoreTransaction } from '../store/store.ts';

/** Whom a member of staff may ask about: who is limited to sites, about people of those alone. */

/** Whether somebody is at a site of this caller's, by where they take part or were invited to. */
export async function isTheirs(
  tx: StoreTransaction,
  { study, sites }: StaffRow,
  participant: string,
): Promise<boolean> {
  if (sites === null) return true;
  const enrolled = await tx.participant(study, participant);
  const site = (enrolled ?? (await tx.invitations(study, participant)).at(-1))?.site;
  return site !== null && site !== undefined && sites.includes(site);
}

export function unknownParticipant(): Refusal {
  return new Refusal('unknown-participant', 'Check the id in the address: GET /participants has those who take part.');
}
