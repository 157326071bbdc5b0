import { addDays } from '../days.ts';
import { notSignedIn } from '../gate.ts';
import { sha256 } from '../hash.ts';
import type { Mode } from '../mode.ts';
import { Refusal } from '../refusal.ts';
import type { CredentialRow } from '../store/participants-store.ts';
import type { StoreTransaction } from '../store/store.ts';
import { prefixOf, rowWith } from './hashes.ts';

/** A participant, as a call's token or write key shows them. */
export interface SignedIn {
  readonly study: string;
  /** UUIDv7. */
  readonly participant: string;
  readonly mode: Mode;
  readonly site: string | null;
  readonly enrolledAt: string;
  /** What they have shown for it. */
  readonly by: CredentialRow['kind'];
  /** The write key of a device that was replaced: it may still deliver what was queued there. */
  readonly replaced: boolean;
}

export interface SignInOptions {
  readonly study: string;
  readonly secret: string;
  /** What is asked for; a token is taken wherever a write key is. */
  readonly kind: CredentialRow['kind'];
  readonly now: Date;
  /** Days without use after which a token opens nothing. */
  readonly tokenIdleDays: number;
}

/**
 * Whose secret this is.
 *
 * @throws Refusal `not-signed-in`, `token-expired`
 */
export async function signIn(
  tx: StoreTransaction,
  { study, secret, kind, now, tokenIdleDays }: SignInOptions,
): Promise<SignedIn> {
  const time = now.toISOString();
  const hash = sha256(secret);
  const credential = rowWith(await tx.credentialsByPrefix(study, prefixOf(hash)), (row) => row.hash, hash);
  if (credential === undefined || (kind === 'token' && credential.kind !== 'token')) throw notSignedIn();
  if (credential.endsAt !== null && credential.endsAt <= time) throw notSignedIn();
  if (credential.kind === 'token' && addDays(credential.usedAt, tokenIdleDays) <= time) {
    throw new Refusal('token-expired', 'Open your way back, or ask the study team for a new link.', {
      headers: { 'WWW-Authenticate': 'Bearer error="invalid_token"' },
    });
  }
  const participant = await tx.participant(study, credential.participant);
  if (participant === undefined) throw notSignedIn();
  // To within a day: more would tell more than is needed, and write on every call.
  if (addDays(credential.usedAt, 1) <= time) await tx.changeCredential(study, hash, { usedAt: time });
  const { id, mode, site, enrolledAt } = participant;
  const { kind: by, replacedAt } = credential;
  return { study, participant: id, mode, site, enrolledAt, by, replaced: replacedAt !== null };
}
