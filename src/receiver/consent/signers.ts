import { participantChain, recordEvent } from '../audit.ts';
import type { Desk } from '../desk.ts';
import type { Key } from '../keys.ts';
import type { SignedIn } from '../participants/sign-in.ts';
import { Refusal } from '../refusal.ts';
import { StoreError, type StoreTransaction } from '../store/store.ts';
import type { Proven } from './reauthentication.ts';

/**
 * Whom an identity provider's subject signs for: bound at their first signature with a proof, one to one within a study. Who
 * the subject is to the identity provider stands nowhere: only a keyed hash does.
 *
 * @param submission the signature that is taken in
 * @throws Refusal `proof-subject-differs`, `proof-subject-taken`
 */
export async function assertSigner(
  tx: StoreTransaction,
  { keys }: Pick<Desk, 'keys'>,
  { study, participant, mode }: SignedIn,
  { proven, submission, at }: { proven: Proven; submission: string; at: string },
): Promise<void> {
  const hashes = keys.all.map((key) => hashOf(key, study, proven));
  const taken = (await tx.signers(study, hashes)).find((row) => row.participant !== participant);
  if (taken !== undefined) {
    throw new Refusal('proof-subject-taken', 'Sign in to the identity provider as yourself, or ask the study team.');
  }
  const before = await tx.signerOf(study, participant);
  if (before !== undefined) {
    if (hashes.includes(before.subjectHash)) return;
    throw new Refusal('proof-subject-differs', 'Sign in as the one who signed before, or ask the study team.');
  }
  const { current } = keys;
  const signer = { study, subjectHash: hashOf(current, study, proven), keyId: current.id, participant, boundAt: at };
  if (!(await tx.bindSigner(signer))) throw new StoreError('run-again', 'Somebody else was bound meanwhile.');
  const event = { study, chain: participantChain(participant), event: 'signer-bound', at, mode } as const;
  await recordEvent(tx, current, { ...event, subjects: [participant, submission] });
}

function hashOf(key: Key, study: string, { issuer, subject }: Proven): string {
  return key.mac('subject', JSON.stringify([study, issuer, subject]));
}
