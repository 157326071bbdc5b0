import type { Decision } from '../../consent/standing.ts';
import type { ConsentSubmission } from '../../submission/consent-submission.ts';
import { type AuditEventName, participantChain, recordEvent } from '../audit.ts';
import type { Accepted, Desk } from '../desk.ts';
import type { Arrival } from '../parse-submission.ts';
import { meOf, nextInReceipt } from '../participants/me.ts';
import type { SignedIn } from '../participants/sign-in.ts';
import type { KnownStudy } from '../served-study.ts';
import type { DecisionRow } from '../store/consent-store.ts';
import { StoreError, type StoreTransaction } from '../store/store.ts';
import type { EventType } from '../webhooks/queue-event.ts';
import { asDecisions } from './standing.ts';

/** Takes in what a participant has decided, whatever it is: audited, kept, told, and never changed. */

/** A submission by a participant's own token. */
export interface ConsentArrival<Kind extends ConsentSubmission = ConsentSubmission> extends Arrival {
  readonly submission: Kind;
  readonly caller: SignedIn;
}

/** How a decision is told of, and when it was made. */
export interface Telling {
  readonly known: KnownStudy;
  readonly at: string;
  readonly event: AuditEventName;
  /** What the study's webhook is told, if anything. */
  readonly webhook?: EventType | undefined;
}

/** What is kept of a decision beside what every one has. */
export type DecisionParts = Pick<DecisionRow, 'outcome' | 'deviations' | 'body' | 'bodySha256'> &
  Partial<Pick<DecisionRow, 'version' | 'language' | 'documentDigest' | 'scope' | 'erase'>>;

/**
 * The audit row comes first: whoever else decides for the same participant waits for its transaction, and is then judged by
 * what this one decided.
 *
 * @param judge what is kept, by everything that was decided before; what it throws undoes all of it
 */
export async function takeDecision(
  tx: StoreTransaction,
  desk: Desk,
  { submission: { id: submission, studyVersion }, caller }: ConsentArrival,
  { known, at, event, webhook }: Telling,
  judge: (before: readonly Decision[]) => DecisionParts | Promise<DecisionParts>,
): Promise<Accepted> {
  const { study, participant, site } = caller;
  const { mode, keys } = desk;
  const subjects = [participant, submission];
  const happened = { study, chain: participantChain(participant), event, subjects, at, mode };
  const { seq, mac } = await recordEvent(tx, keys.current, happened);
  const before = await tx.decisions(study, participant);
  if (before.some((row) => row.submission === submission)) {
    throw new StoreError('run-again', 'Another receiver took it in while this one waited.');
  }
  const decided = await judge(asDecisions(before));
  const { deviations } = decided;
  await tx.addDecision({
    ...{ study, id: desk.newId(), submission, participant, seq, mode, studyVersion, receivedAt: at },
    ...{ version: null, language: null, documentDigest: null, scope: null, erase: null },
    ...decided,
  });
  if (webhook !== undefined) {
    const told = { study, type: webhook, participant, submission, at, mode };
    await desk.queueEvent(tx, { ...told, ...(site !== null && { site }) });
  }
  const next = nextInReceipt(await meOf(tx, known, caller, desk));
  return { receivedAt: at, auditHead: mac, deviations, ...next };
}
