import type { ContactSubmission } from '../submission/submission.ts';
import { participantChain, recordEvent } from './audit.ts';
import { type Acceptance, type Desk, idHashes } from './desk.ts';
import type { Arrival } from './parse-submission.ts';
import { readSubmission } from './read-submission.ts';
import { Refusal } from './refusal.ts';
import type { KnownStudy } from './served-study.ts';

/**
 * How somebody whom the receiver found eligible can be reached: kept apart from what they answered.
 *
 * @throws Refusal as `readSubmission`; in the transaction `screening-not-arrived`, `not-eligible`
 */
export async function acceptContact(
  desk: Desk,
  known: KnownStudy,
  { submission, body, bodySha256 }: Arrival & { submission: ContactSubmission },
): Promise<Acceptance> {
  const { keys, mode } = desk;
  const { id, study, studyVersion, screening } = submission;
  const { tokenHash = null, writeHash = null, returnHash = null } = submission;
  const read = await readSubmission(desk, known, submission, ({ contact }) => contact);
  const receivedAt = read.now.toISOString();

  return async (tx) => {
    const screened = await tx.screening(study, idHashes(keys, study, screening));
    if (screened === undefined) {
      const headers = { 'Retry-After': '2' };
      throw new Refusal('screening-not-arrived', 'Send the screening first, then this again.', { headers });
    }
    if (screened.verdict !== 'eligible') {
      throw new Refusal('not-eligible', 'A contact is taken only for a screening that this receiver found eligible.');
    }
    const second = (await tx.countContact(study, screened.idHash)) > 1;
    const deviations = second ? [...read.deviations, 'second-contact'] : read.deviations;
    const { mac } = await recordEvent(tx, keys.current, {
      study,
      chain: participantChain(screening),
      event: 'contact-received',
      subjects: [id, screening],
      at: receivedAt,
      mode,
    });
    await tx.addContact({
      study,
      id,
      screening,
      screeningIdHash: screened.idHash,
      mode,
      studyVersion,
      receivedAt,
      body,
      bodySha256,
      tokenHash,
      writeHash,
      returnHash,
      deviations,
      participant: null,
    });
    return { receivedAt, auditHead: mac, deviations };
  };
}
