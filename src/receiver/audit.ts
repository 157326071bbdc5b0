import { canonicalBytes } from '../submission/digest.ts';
import type { Key, KeyRing } from './keys.ts';
import type { Mode } from './mode.ts';
import type { AuditRow, ChainHead, StoreTransaction } from './store/store.ts';

/**
 * What happened, in chains: each row carries the hash of the one before, and a keyed hash of itself. A chain per
 * participant, one per source and day for anonymous screenings, one for the study itself, so that writers do not queue
 * behind each other. Rows hold ids and events, never what was answered.
 */

export type AuditEventName =
  | 'study-kept'
  | 'instrument-kept'
  | 'screening-received'
  | 'contact-received'
  | 'staff-added'
  | 'link-made'
  | 'link-expired'
  | 'data-exported'
  | 'participant-erased'
  | 'recruitment-paused'
  | 'recruitment-reopened'
  | 'staff-revoked'
  | 'participant-enrolled'
  | 'device-changed'
  | 'credentials-revoked'
  | 'return-code-made'
  | 'invitation-made'
  | 'invitation-made-again'
  | 'invitation-locked'
  | 'repeat-noticed'
  | 'flag-resolved'
  | 'participant-allocated'
  | 'allocation-corrected'
  | 'site-settled'
  | 'site-changed'
  | 'phases-drawn'
  | 'phase-started'
  | 'consent-signed'
  | 'consent-declined'
  | 'consent-deferred'
  | 'consent-paper'
  | 'intervention-withdrawn'
  | 'study-withdrawn'
  | 'authorization-revoked'
  | 'signer-bound'
  | 'questionnaire-received'
  | 'questionnaire-released'
  | 'questionnaire-kept-out'
  | 'questionnaire-rescored'
  | 'safety-noticed'
  | 'allocation-wanting'
  | 'session-received'
  | 'session-recorded'
  | 'session-posted'
  | 'session-taken-down'
  | 'group-joined'
  | 'review-raised'
  | 'calendar-made'
  | 'calendar-ended'
  | 'record-taken'
  | 'copy-taken';

export interface AuditEvent {
  readonly study: string;
  readonly chain: string;
  readonly event: AuditEventName;
  /** Whom or what it is about, by id; by keyed hash where the id is not kept. */
  readonly subjects: readonly string[];
  /** UTC. Only the day in chains of what comes from nobody in particular, where a time could point at a person. */
  readonly at: string;
  readonly mode: Mode;
}

/** Anonymous screenings from one source on one UTC day. */
export function screeningChain(day: string, source: string | undefined): string {
  return `screening:${day}:${source ?? ''}`;
}

/** Questionnaires that anybody may answer, from one source on one day. */
export function openChain(day: string, source: string | undefined): string {
  return `open:${day}:${source ?? ''}`;
}

/**
 * One person, by their id as a participant, from their invitation or enrolment on. What they left as a contact that
 * enrolled nobody is told in a chain by its screening.
 *
 * @param id the participant's, or the screening's
 */
export function participantChain(id: string): string {
  return `participant:${id}`;
}

/** The study: which versions of its file were served, who on its staff was given a token, links, and recruitment. */
export const STUDY_CHAIN = 'study';

/**
 * Appends an event to its chain, in the transaction that does what it tells of.
 *
 * @param newId the row's id. It must not carry the time, or the day of an anonymous screening would be more than a day.
 */
export function recordEvent(
  tx: StoreTransaction,
  key: Key,
  event: AuditEvent,
  newId: () => string = () => crypto.randomUUID(),
): Promise<AuditRow> {
  const id = newId();
  return tx.extendChain(event.study, event.chain, (head) => {
    const row = { ...event, id, seq: head.seq + 1, keyId: key.id, previous: head.mac };
    return { ...row, mac: macOf(row, key) };
  });
}

export type ChainFinding =
  /** The row is not as it was written, or is not where it was written. */
  | { readonly what: 'altered'; readonly seq: number; readonly id: string }
  /** The rows with these sequence numbers are not there. */
  | { readonly what: 'missing'; readonly from: number; readonly to: number }
  /** The row follows one with the same or a later sequence number. */
  | { readonly what: 'out-of-order'; readonly seq: number; readonly id: string }
  /** The row was written with a key that is not at hand, so nothing can be said of it. */
  | { readonly what: 'unknown-key'; readonly seq: number; readonly id: string; readonly keyId: string }
  /** The chain's recorded head is not its last row. */
  | { readonly what: 'head-differs'; readonly seq: number };

/**
 * Checks a chain from its first row to its head. Empty: it is whole.
 *
 * @param rows the chain's rows in the order they are kept
 * @param head the chain's head as kept beside the rows, or from a checkpoint: a tail that was cut off shows only by it
 */
export function verifyChain(
  rows: readonly AuditRow[],
  head: Pick<ChainHead, 'seq' | 'mac'>,
  ring: Pick<KeyRing, 'all'>,
): ChainFinding[] {
  const findings: ChainFinding[] = [];
  let last = { seq: 0, mac: '' };
  for (const row of rows) {
    const { seq, id, keyId } = row;
    const key = ring.all.find((one) => one.id === keyId);
    if (seq <= last.seq) findings.push({ what: 'out-of-order', seq, id });
    if (seq > last.seq + 1) findings.push({ what: 'missing', from: last.seq + 1, to: seq - 1 });
    if (key === undefined) findings.push({ what: 'unknown-key', seq, id, keyId });
    else if (macOf(row, key) !== row.mac || (seq === last.seq + 1 && row.previous !== last.mac)) {
      findings.push({ what: 'altered', seq, id });
    }
    last = { seq, mac: row.mac };
  }
  if (head.seq > last.seq) findings.push({ what: 'missing', from: last.seq + 1, to: head.seq });
  else if (head.seq !== last.seq || head.mac !== last.mac) findings.push({ what: 'head-differs', seq: head.seq });
  return findings;
}

function macOf(row: Omit<AuditRow, 'mac'>, key: Key): string {
  const { study, chain, seq, id, event, subjects, at, mode, keyId, previous } = row;
  return key.mac('audit', canonicalBytes({ study, chain, seq, id, event, subjects, at, mode, keyId, previous }));
}
