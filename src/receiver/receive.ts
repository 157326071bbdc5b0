import type { Receipt } from '../submission/receipt.ts';
import { acceptContact } from './accept-contact.ts';
import { acceptScreening } from './accept-screening.ts';
import { acceptSigned } from './consent/accept-signed.ts';
import { acceptUnsigned, acceptWithdrawal } from './consent/accept-unsigned.ts';
import { type Acceptance, type Accepted, contentHash, type Desk, idHash, idHashes } from './desk.ts';
import { assertNotErased } from './erasure/assert-not-erased.ts';
import { notSignedIn } from './gate.ts';
import type { KeyRing } from './keys.ts';
import type { Arrival } from './parse-submission.ts';
import type { SignedIn } from './participants/sign-in.ts';
import { acceptQuestionnaire } from './questionnaires/accept-questionnaire.ts';
import { Refusal } from './refusal.ts';
import type { KnownStudy } from './served-study.ts';
import { acceptSession } from './sessions/accept-session.ts';
import { type IntakeRow, StoreError } from './store/store.ts';
import { isCommitUnknown } from './store/transact-once.ts';

/**
 * Takes a submission in, once. The same id and content again gets the same receipt, whatever has changed since: it is
 * looked for before anything is judged.
 */

export interface Outcome {
  readonly receipt: Receipt;
  readonly replayed: boolean;
}

/** @param caller who is signed in; undefined for nobody */
export type Intake = (known: KnownStudy, arrival: Arrival, caller: SignedIn | undefined) => Promise<Outcome>;

/** Receives for all studies of one receiver. Throws Refusal for what is not taken in. */
export function createIntake(desk: Desk): Intake {
  const inFlight = new Set<string>();
  return async (known, arrival, caller) => {
    const { study, id } = arrival.submission;
    const place = `${study}/${id}`;
    if (inFlight.has(place)) {
      const headers = { 'Retry-After': '1' };
      throw new Refusal('in-flight', 'Wait for the other request’s answer, or ask again in a second.', { headers });
    }
    inFlight.add(place);
    try {
      return await receive(desk, known, arrival, caller);
    } finally {
      inFlight.delete(place);
    }
  };
}

async function receive(
  desk: Desk,
  known: KnownStudy,
  arrival: Arrival,
  caller: SignedIn | undefined,
): Promise<Outcome> {
  const { store, keys } = desk;
  const { study, id, kind } = arrival.submission;
  // Before anything is looked for: what was answered is told to no other key either.
  if (kind === 'consent' || kind === 'withdrawal' || kind === 'session') byToken(caller);
  const hashes = idHashes(keys, study, id);
  const find = () => store.transaction((tx) => tx.intake(study, hashes));

  const before = await find();
  if (before) return replay(keys, before, arrival);
  const accept = await acceptanceOf(desk, known, arrival, caller);
  try {
    return await store.transaction(async (tx) => {
      const meanwhile = await tx.intake(study, hashes);
      if (meanwhile) return replay(keys, meanwhile, arrival);
      if (caller !== undefined) await assertNotErased(tx, caller);
      const row = intakeRow(desk, arrival, await accept(tx));
      if (!(await tx.addIntake(row))) throw new StoreError('run-again', 'Another receiver took it in meanwhile.');
      return { receipt: receiptOf(row, arrival), replayed: false };
    });
  } catch (error) {
    if (!isCommitUnknown(error)) throw error;
    const after = await find();
    if (after === undefined) throw error;
    return { ...replay(keys, after, arrival), replayed: false };
  }
}

function acceptanceOf(
  desk: Desk,
  known: KnownStudy,
  arrival: Arrival,
  caller: SignedIn | undefined,
): Promise<Acceptance> {
  const { submission } = arrival;
  switch (submission.kind) {
    case 'screening':
      return acceptScreening(desk, known, { ...arrival, submission, caller });
    case 'contact':
      return acceptContact(desk, known, { ...arrival, submission, caller });
    case 'consent': {
      const signer = byToken(caller);
      return submission.outcome === 'signed'
        ? acceptSigned(desk, known, { ...arrival, submission, caller: signer })
        : acceptUnsigned(desk, known, { ...arrival, submission, caller: signer });
    }
    case 'questionnaire':
      return acceptQuestionnaire(desk, known, { ...arrival, submission, caller });
    case 'session':
      return acceptSession(desk, known, { ...arrival, submission, caller: byToken(caller) });
    case 'withdrawal':
      return acceptWithdrawal(desk, known, { ...arrival, submission, caller: byToken(caller) });
  }
}

/**
 * Whoever decides about taking part, or says what they did, is signed in as that participant: a write key, which may lie in a queue on any device,
 * can only deliver.
 *
 * @throws Refusal `not-signed-in`, `token-needed`
 */
function byToken(caller: SignedIn | undefined): SignedIn {
  if (caller === undefined) throw notSignedIn();
  if (caller.by === 'token') return caller;
  throw new Refusal('token-needed', 'Send it once the participant is signed in, with their token.');
}

function intakeRow(
  { keys: { current }, mode }: Desk,
  { submission: { study, id, kind }, digest }: Arrival,
  { receivedAt, auditHead, deviations, next }: Accepted,
): IntakeRow {
  const hashes = { idHash: idHash(current, study, id), contentHash: contentHash(current, study, digest) };
  return { study, ...hashes, keyId: current.id, kind, mode, receivedAt, auditHead, deviations, next: next ?? null };
}

/** @throws Refusal `content-differs` */
function replay(keys: KeyRing, row: IntakeRow, arrival: Arrival): Outcome {
  const key = keys.all.find(({ id }) => id === row.keyId);
  if (key === undefined || contentHash(key, row.study, arrival.digest) !== row.contentHash) {
    throw new Refusal('content-differs', 'Give a changed submission an id of its own.');
  }
  return { receipt: receiptOf(row, arrival), replayed: true };
}

/** Id and digest are the sender's own: of an ineligible screening neither is kept. */
function receiptOf(row: IntakeRow, { submission: { id }, digest }: Arrival): Receipt {
  const { receivedAt, auditHead, deviations, next } = row;
  return { id, receivedAt, digest, auditHead, deviations: [...deviations], ...(next !== null && { next }) };
}
