import { verifyRecord } from '../../consent/record.ts';
import { digestOf } from '../../submission/digest.ts';
import { type AuditEventName, participantChain, recordEvent } from '../audit.ts';
import type { Desk } from '../desk.ts';
import { Refusal } from '../refusal.ts';
import type { RecordRow } from '../store/consent-store.ts';
import { consentCopy } from './copy/consent-copy.ts';
import type { HandOut } from './hand-out.ts';

/** Copies of what was signed, for whoever signed it and for the study's coordinators. Each that is taken is audited. */

/** Whose record, and which. */
export interface RecordPlace {
  readonly study: string;
  readonly participant: string;
  /** The submission that signed it. */
  readonly submission: string;
}

type Parts = Pick<Desk, 'store' | 'keys' | 'recordKeys' | 'mode' | 'now'>;

/**
 * The record as it was signed, character by character.
 *
 * @param by the staff member who takes it, by id; nobody where it is the participant
 * @throws Refusal `unknown-record`
 */
export async function takeRecord(parts: Parts, place: RecordPlace, by?: string): Promise<HandOut> {
  const { record } = await find(parts, place);
  await audit(parts, place, 'record-taken', by);
  return { name: `${nameOf(place)}.json`, mediaType: 'application/json', content: record };
}

/**
 * The same to read and print, as PDF. Made when it is asked for, from the record alone: of the same record the same bytes.
 *
 * @throws Refusal `unknown-record`, `record-damaged`
 */
export async function takeCopy(parts: Parts, place: RecordPlace, by?: string): Promise<HandOut> {
  const row = await find(parts, place);
  const verified = await verifyRecord(row.record, parts.recordKeys.trusted, digestOf);
  if ('fault' in verified) {
    throw new Refusal('record-damaged', 'Tell the study team: the database is not as this receiver has written it.');
  }
  const content = await consentCopy(verified.record);
  await audit(parts, place, 'copy-taken', by);
  return { name: `${nameOf(place)}.pdf`, mediaType: 'application/pdf', content };
}

async function find({ store }: Parts, { study, participant, submission }: RecordPlace): Promise<RecordRow> {
  const row = await store.transaction((tx) => tx.record(study, submission));
  if (row?.participant === participant) return row;
  throw new Refusal('unknown-record', 'Check the id in the address: it is that of the submission that signed.');
}

async function audit(
  { store, keys, mode, now }: Parts,
  { study, participant, submission }: RecordPlace,
  event: AuditEventName,
  by: string | undefined,
): Promise<void> {
  const chain = participantChain(participant);
  const subjects = [participant, submission, ...(by === undefined ? [] : [by])];
  const happened = { study, chain, event, subjects, at: now().toISOString(), mode };
  await store.transaction((tx) => recordEvent(tx, keys.current, happened));
}

/** Tells one record from another, and not whose it is. */
function nameOf({ study, submission }: RecordPlace): string {
  return `consent-${study}-${submission}`;
}
