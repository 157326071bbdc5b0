import type { Receipt } from '../submission/receipt.ts';
import { acceptContact } from './accept-contact.ts';
import { acceptScreening } from './accept-screening.ts';
import { type Acceptance, type Accepted, contentHash, type Desk, idHash, idHashes } from './desk.ts';
import type { KeyRing } from './keys.ts';
import type { Arrival } from './parse-submission.ts';
import type { SignedIn } from './participants/sign-in.ts';
import { Refusal } from './refusal.ts';
import type { KnownStudy } from './served-study.ts';
import { type IntakeRow, StoreError } from './store/store.ts';

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
  const { study, id } = arrival.submission;
  const hashes = idHashes(keys, study, id);
  const find = () => store.transaction((tx) => tx.intake(study, hashes));

  const before = await find();
  if (before) return replay(keys, before, arrival);
  const accept = await acceptanceOf(desk, known, arrival, caller);
  try {
    return await store.transaction(async (tx) => {
      const meanwhile = await tx.intake(study, hashes);
      if (meanwhile) return replay(keys, meanwhile, arrival);
      const row = intakeRow(desk, arrival, await accept(tx));
      if (!(await tx.addIntake(row))) throw new StoreError('run-again', 'Another receiver took it in meanwhile.');
      return { receipt: receiptOf(row, arrival), replayed: false };
    });
  } catch (error) {
    if (!(error instanceof StoreError) || error.code !== 'commit-unknown') throw error;
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
  return submission.kind === 'screening'
    ? acceptScreening(desk, known, { ...arrival, submission, caller })
    : acceptContact(desk, known, { ...arrival, submission, caller });
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
