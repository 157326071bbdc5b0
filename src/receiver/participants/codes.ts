import { v7 } from 'uuid';
import { addDays } from '../days.ts';
import type { InvitationRow } from '../store/participants-store.ts';
import { StoreError, type StoreTransaction } from '../store/store.ts';
import type { Check } from './checks.ts';
import { prefixOf } from './hashes.ts';

/** The rows of codes: made and ended. What a code does when it is spent is said elsewhere. */

export interface NewCode extends Pick<InvitationRow, 'study' | 'kind' | 'mode' | 'participant' | 'site' | 'codeHash'> {
  readonly check: Check | undefined;
  readonly at: string;
  readonly days: number;
}

export async function addCode(
  tx: StoreTransaction,
  { check, at, days, ...code }: NewCode,
  newId: () => string = v7,
): Promise<InvitationRow> {
  const row: InvitationRow = {
    ...code,
    id: newId(),
    hashPrefix: prefixOf(code.codeHash),
    checkHash: check?.hash ?? null,
    checkKeyId: check?.keyId ?? null,
    wrongChecks: 0,
    createdAt: at,
    expiresAt: addDays(at, days),
    endedAt: null,
    spentAt: null,
    spentBy: null,
  };
  if (!(await tx.addInvitation(row))) throw new StoreError('run-again', 'Somebody else was given this code meanwhile.');
  return row;
}

/** Whoever had to say something beside the first code has to beside the next one, whoever makes it. */
export function lastCheck(before: readonly InvitationRow[]): Check | undefined {
  const { checkHash, checkKeyId } = before.findLast((row) => row.checkHash !== null) ?? {};
  return checkHash && checkKeyId ? { hash: checkHash, keyId: checkKeyId } : undefined;
}

/** Ends every code of a participant that is not spent. */
export async function endCodes(
  tx: StoreTransaction,
  study: string,
  participant: string,
  at: string,
  kinds: readonly InvitationRow['kind'][] = ['first', 'again', 'return'],
): Promise<void> {
  for (const { id, kind, spentAt, endedAt } of await tx.invitations(study, participant)) {
    if (spentAt === null && endedAt === null && kinds.includes(kind)) {
      await tx.changeInvitation(study, id, { endedAt: at });
    }
  }
}
