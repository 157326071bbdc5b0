import type { ContactSubmission } from '../submission/submission.ts';
import { linkScreening } from './accept-screening.ts';
import { participantChain, recordEvent } from './audit.ts';
import { type Acceptance, type Desk, idHashes } from './desk.ts';
import type { Deviation } from './deviations.ts';
import { recruitmentState } from './links/recruitment.ts';
import type { Arrival } from './parse-submission.ts';
import { type Device, openParticipant, secretsTaken } from './participants/devices.ts';
import { noticeContact } from './participants/repeats.ts';
import type { SignedIn } from './participants/sign-in.ts';
import { readSubmission } from './read-submission.ts';
import { Refusal } from './refusal.ts';
import type { KnownStudy } from './served-study.ts';
import type { ScreeningRow } from './store/store.ts';

/**
 * How somebody whom the receiver found eligible can be reached: kept apart from what they answered. Where the study enrols
 * by itself, the first contact of a screening opens the participant, by the hashes that it brings.
 *
 * @throws Refusal as `readSubmission`; in the transaction `screening-not-arrived`, `not-eligible`
 */
export async function acceptContact(
  desk: Desk,
  known: KnownStudy,
  arrival: Arrival & { submission: ContactSubmission; caller: SignedIn | undefined },
): Promise<Acceptance> {
  const { submission, body, bodySha256, caller } = arrival;
  const { keys, mode } = desk;
  const { id, study, studyVersion, screening } = submission;
  const { tokenHash = null, writeHash = null, returnHash = null } = submission;
  const read = await readSubmission(desk, known, submission, ({ contact }) => contact);
  const receivedAt = read.now.toISOString();
  const mayEnrol = caller === undefined && isByItself(known, read.deviations);

  return async (tx) => {
    const screened = await tx.screening(study, idHashes(keys, study, screening));
    if (screened === undefined) {
      const headers = { 'Retry-After': '2' };
      throw new Refusal('screening-not-arrived', 'Send the screening first, then this again.', { headers });
    }
    const second = (await tx.countContact(study, screened.idHash)) > 1;
    if (screened.verdict !== 'eligible' || !isTheirs(screened, caller, second)) {
      throw new Refusal('not-eligible', 'A contact is taken only for a screening that this receiver found eligible.');
    }
    const deviations: Deviation[] = [...read.deviations];
    // Of a site that somebody has said, only the link's is known to be true.
    const site = screened.link === null ? null : ((await tx.link(study, screened.link))?.site ?? null);
    const isOpen = (await recruitmentState(tx, known.current.study, site)) === 'open';
    if (!isOpen && !deviations.includes('recruitment-closed')) deviations.push('recruitment-closed');
    const device = mayEnrol && isOpen ? deviceOf(submission) : undefined;
    if (second) deviations.push('second-contact');
    if (caller?.replaced) deviations.push('replaced-key');
    const taken = !second && device !== undefined && (await secretsTaken(tx, study, device));
    if (taken) deviations.push('secret-in-use');
    const enrols = device !== undefined && !second && !taken;
    const participant = enrols ? desk.newId() : (caller?.participant ?? null);

    if (enrols && participant !== null) {
      const counting = { screeningIdHash: screened.idHash, contact: id };
      const row = { study, id: participant, mode, site, enrolledAt: receivedAt, ...counting };
      await openParticipant(tx, desk, { row, device, subjects: [id, screening] });
    } else if (caller !== undefined) {
      await linkScreening(tx, desk, caller, { idHash: screened.idHash, found: screened.verdict, at: receivedAt });
      const row = await tx.participant(study, caller.participant);
      if (row?.contact === null && row.screeningIdHash === screened.idHash) {
        await tx.changeParticipant(study, caller.participant, { contact: id });
      }
    }
    if (participant !== null) await tx.claimScreening(study, screened.idHash, participant);

    const { mac } = await recordEvent(tx, keys.current, {
      study,
      chain: participantChain(participant ?? screening),
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
      participant,
    });
    const contact = { study, id, screeningIdHash: screened.idHash };
    const { data: answers } = read.reading;
    await noticeContact(tx, desk, contact, { form: read.screening.contact, answers, at: receivedAt });
    return { receivedAt, auditHead: mac, deviations, ...(enrols && { next: 'enrolled' }) };
  };
}

/** Whether a contact opens a participant: by the study as it stands, not as it stood when it asked. */
function isByItself({ current }: KnownStudy, deviations: readonly Deviation[]): boolean {
  return current.study.screening?.enrolment === 'self' && !deviations.includes('mode');
}

function deviceOf({ tokenHash, writeHash, returnHash }: ContactSubmission): Device | undefined {
  return tokenHash === undefined || writeHash === undefined ? undefined : { tokenHash, writeHash, returnHash };
}

/**
 * A participant's screening takes a contact from them alone; an anonymous one from whoever knows its id. Once it has one, a
 * second one is kept as that, and changes nobody's row.
 */
function isTheirs({ participant }: ScreeningRow, caller: SignedIn | undefined, second: boolean): boolean {
  return participant === null || participant === caller?.participant || (caller === undefined && second);
}
