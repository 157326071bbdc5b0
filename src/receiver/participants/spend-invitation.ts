import type { Enrolment, EnrolmentRequest } from '../../submission/participation.ts';
import { hashSecret, normaliseCode } from '../../submission/secrets.ts';
import { participantChain, recordEvent } from '../audit.ts';
import type { Desk } from '../desk.ts';
import { type ProblemName, Refusal } from '../refusal.ts';
import type { InvitationRow, ParticipantRow } from '../store/participants-store.ts';
import type { StoreTransaction } from '../store/store.ts';
import { checkFits, MOST_WRONG_CHECKS } from './checks.ts';
import { moveParticipant, openParticipant, secretsTaken } from './devices.ts';
import { prefixOf, rowWith, sameHash } from './hashes.ts';

/**
 * Spends a code, once: opens the participant it was made for, or moves them to this device. The same code for the same
 * token again is answered the same, so that a lost answer is repaired by asking again.
 */

/** How a code may be refused. */
export const INVITATION_PROBLEMS = [
  'invitation-unknown',
  'invitation-spent',
  'invitation-expired',
  'invitation-locked',
  'check-needed',
  'check-wrong',
  'secret-in-use',
] as const satisfies readonly ProblemName[];

/** @throws Refusal as `INVITATION_PROBLEMS` */
export async function spendInvitation(desk: Desk, study: string, request: EnrolmentRequest): Promise<Enrolment> {
  const code = normaliseCode(request.invite);
  if (code === undefined) throw unknown();
  const hash = await hashSecret(code);
  const outcome = await desk.store.transaction(async (tx) => {
    const row = rowWith(await tx.invitationsByPrefix(study, prefixOf(hash)), (one) => one.codeHash, hash);
    if (row === undefined) throw unknown();
    return spend(tx, desk, row, request);
  });
  // A wrong answer is counted for good, so its refusal waits until that is committed.
  if (outcome instanceof Refusal) throw outcome;
  return outcome;
}

async function spend(
  tx: StoreTransaction,
  desk: Desk,
  row: InvitationRow,
  { tokenHash, writeHash, returnHash, check }: EnrolmentRequest,
): Promise<Enrolment | Refusal> {
  const { study, id, participant } = row;
  const at = desk.now().toISOString();
  if (row.spentBy !== null) return repeated(tx, row, tokenHash, at);
  if (row.endedAt !== null) throw new Refusal('invitation-expired', 'Use the newest link, or ask the study team.');
  if (row.wrongChecks >= MOST_WRONG_CHECKS) throw locked();
  if (row.expiresAt <= at) throw new Refusal('invitation-expired', 'Ask the study team for a new link.');
  if (row.checkHash !== null) {
    if (check === undefined) throw new Refusal('check-needed', 'Send what the study team asked you to keep, too.');
    if (!checkFits(desk.keys, row, check)) return wrongCheck(tx, desk, row, at);
  }
  const device = { tokenHash, writeHash, returnHash };
  if (await secretsTaken(tx, study, device)) {
    throw new Refusal('secret-in-use', 'Make new secrets, each of its own, and send their hashes.');
  }
  await tx.changeInvitation(study, id, { spentAt: at, spentBy: tokenHash });
  const standing = await tx.participant(study, participant);
  if (standing !== undefined) {
    await moveParticipant(tx, desk, { row: standing, device, invitation: id, at });
    return enrolment(standing);
  }
  const { mode } = desk;
  const opened = { study, id: participant, mode, site: row.site, enrolledAt: at, screeningIdHash: null, contact: null };
  await openParticipant(tx, desk, { row: opened, device, subjects: [id] });
  return enrolment(opened);
}

/** The same again, as long as it still holds: the token has not been replaced or revoked since. */
async function repeated(tx: StoreTransaction, row: InvitationRow, tokenHash: string, at: string): Promise<Enrolment> {
  const { study, participant, spentBy } = row;
  const standing = await tx.participant(study, participant);
  if (spentBy !== null && sameHash(spentBy, tokenHash) && standing !== undefined) {
    const credential = rowWith(await tx.credentialsByPrefix(study, prefixOf(tokenHash)), (one) => one.hash, tokenHash);
    if (credential !== undefined && (credential.endsAt === null || credential.endsAt > at)) return enrolment(standing);
  }
  throw new Refusal('invitation-spent', 'Go on where it was opened, or ask the study team for a new link.');
}

async function wrongCheck(
  tx: StoreTransaction,
  { keys }: Desk,
  { study, id, participant, mode, wrongChecks }: InvitationRow,
  at: string,
): Promise<Refusal> {
  const wrong = wrongChecks + 1;
  await tx.changeInvitation(study, id, { wrongChecks: wrong });
  const triesLeft = MOST_WRONG_CHECKS - wrong;
  if (triesLeft > 0) {
    return new Refusal('check-wrong', 'Try again, or ask the study team what they have.', { members: { triesLeft } });
  }
  const chain = participantChain(participant);
  await recordEvent(tx, keys.current, { study, chain, event: 'invitation-locked', subjects: [id], at, mode });
  return locked();
}

function enrolment({ id, site, enrolledAt }: ParticipantRow): Enrolment {
  return { participant: id, ...(site !== null && { site }), enrolledAt };
}

function unknown(): Refusal {
  return new Refusal('invitation-unknown', 'Check the code, or ask the study team for a new link.');
}

function locked(): Refusal {
  return new Refusal('invitation-locked', 'Ask the study team for a new link.');
}
