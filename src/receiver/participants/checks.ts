import type { Key, KeyRing } from '../keys.ts';
import type { InvitationRow } from '../store/participants-store.ts';
import { sameHash } from './hashes.ts';

/**
 * What is asked beside a code, so that a link in the wrong hands opens nothing: a year of birth, a PIN. Kept as a keyed
 * hash, for it could be guessed from a plain one.
 */

/** So often may it be wrong; then the invitation is locked until staff make another. */
export const MOST_WRONG_CHECKS = 5;

export interface Check {
  readonly hash: string;
  readonly keyId: string;
}

/** @param participant so that the same year of birth is not the same hash */
export function checkOf(key: Key, study: string, participant: string, answer: string): Check {
  return { hash: key.mac('check', JSON.stringify([study, participant, normalised(answer)])), keyId: key.id };
}

/** Whether an answer is the one that an invitation asks for. */
export function checkFits(keys: KeyRing, row: InvitationRow, answer: string): boolean {
  const key = keys.all.find(({ id }) => id === row.checkKeyId);
  if (key === undefined || row.checkHash === null) return false;
  return sameHash(checkOf(key, row.study, row.participant, answer).hash, row.checkHash);
}

/** As people write the same thing: letters of either case, any width, spaces around and between. */
function normalised(answer: string): string {
  return answer.normalize('NFKC').trim().replaceAll(/\s+/g, ' ').toLowerCase();
}
