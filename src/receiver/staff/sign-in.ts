import { timingSafeEqual } from 'node:crypto';
import { Refusal } from '../refusal.ts';
import type { StaffRow } from '../store/staff-store.ts';
import type { StoreTransaction } from '../store/store.ts';
import type { StaffRole } from './role.ts';
import { staffState } from './staff-tokens.ts';
import { isStaffToken, staffTokenHash } from './token.ts';

/**
 * Whose token this is, if it opens an operation of this study.
 *
 * @param token what came as `Authorization: Bearer`; undefined where nothing did
 * @param roles whom the operation is for
 * @throws Refusal `not-signed-in`, `token-expired`, `role-not-allowed`
 */
export async function staffFor(
  tx: StoreTransaction,
  { study, token, roles, now }: { study: string; token: string | undefined; roles: readonly StaffRole[]; now: Date },
): Promise<StaffRow> {
  const row = token !== undefined && isStaffToken(token) ? await find(tx, study, token) : undefined;
  const state = row && staffState(row, now);
  if (state === 'expired') {
    throw new Refusal('token-expired', 'Ask the study team for a new token.', { headers: CHALLENGE });
  }
  if (row === undefined || state === 'revoked') {
    throw new Refusal('not-signed-in', 'Send a staff token of this study as Authorization: Bearer.', {
      headers: CHALLENGE,
    });
  }
  if (!roles.includes(row.role)) {
    throw new Refusal('role-not-allowed', `This is for the role ${roles.join(' or ')}.`);
  }
  return row;
}

/** RFC 9110, 11.6.1: a 401 says how to sign in. */
const CHALLENGE = { 'WWW-Authenticate': 'Bearer' } as const;

/** Looked for by the beginning of its hash, then compared whole in a time that does not tell how much was right. */
async function find(tx: StoreTransaction, study: string, token: string): Promise<StaffRow | undefined> {
  const { tokenHash, hashPrefix } = staffTokenHash(token);
  const wanted = Buffer.from(tokenHash, 'hex');
  const found = await tx.staffByPrefix(study, hashPrefix);
  return found.find((row) => timingSafeEqual(Buffer.from(row.tokenHash, 'hex'), wanted));
}
