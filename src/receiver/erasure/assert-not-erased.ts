import { notSignedIn } from '../gate.ts';
import type { SignedIn } from '../participants/sign-in.ts';
import type { StoreTransaction } from '../store/store.ts';

/**
 * For whatever keeps something of a participant: what they send was on its way while they were signed in, and may arrive after they
 * were erased.
 *
 * @throws Refusal `not-signed-in`
 */
export async function assertNotErased(
  tx: StoreTransaction,
  { study, participant }: Pick<SignedIn, 'study' | 'participant'>,
): Promise<void> {
  if ((await tx.erasure(study, participant)) !== undefined) throw notSignedIn();
}
