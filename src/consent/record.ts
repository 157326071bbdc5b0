import canonicalize from 'canonicalize';
import * as v from 'valibot';
import { checksSchema, choicesSchema, instantSchema, signatureSchema } from '../study/consent-answers.ts';
import { fitted, jsonOf } from '../study/read.ts';
import { idSchema } from '../study/schema.ts';
import { ConsentError } from './consent-error.ts';
import type { DigestOf } from './digest-of.ts';
import { type Statement, statementDigest } from './statement.ts';

/**
 * The signed record: what was agreed to, word for word, with the receiver's time, under the receiver's Ed25519 signature.
 * A file of it is its RFC 8785 canonical form and nothing else, so that a single changed byte shows. How bytes are signed
 * is the caller's: a key never comes near this room.
 */

export const RECORD_FORMAT = 'steady-consent-record/1';

const line = v.pipe(v.string(), v.minLength(1), v.maxLength(500));
const hex = (digits: number) => v.pipe(v.string(), v.regex(new RegExp(`^[0-9a-f]{${digits}}$`)));

/** As much of the document as whoever reads a record is told of; the rest is bound by the digest. */
const documentSchema = v.looseObject({ study: idSchema, version: line, language: line, title: line });

const content = {
  format: v.literal(RECORD_FORMAT),
  mode: v.picklist(['live', 'test']),
  studyVersion: line,
  /** The receiver's ids of the person and of the submission. */
  participant: line,
  submission: line,
  /** How the receiver knew who signed, as "participant-token" or "participant-token, jwt https://id.example.org". */
  identity: line,
  /** By the receiver's clock, UTC: the time that counts. The browser's stands in the signature block. */
  receivedAt: instantSchema,
  statement: v.strictObject({
    document: documentSchema,
    choices: choicesSchema,
    checks: checksSchema,
    signature: signatureSchema,
  }),
  statementDigest: hex(64),
  /** Of the key that signed, by `keyIdOf`. It tells which key to look for, and is never a reason to trust one. */
  keyId: hex(64),
};

export const consentRecordSchema = v.strictObject({ ...content, signature: hex(128) });

export type ConsentRecord = v.InferOutput<typeof consentRecordSchema>;

/** What the receiver adds to a statement. */
export type RecordHead = Pick<
  ConsentRecord,
  'mode' | 'studyVersion' | 'participant' | 'submission' | 'identity' | 'receivedAt' | 'keyId'
>;

/** Signs the UTF-8 bytes of a text: Ed25519 (RFC 8032), lower-case hex. */
export type SignText = (text: string) => string | Promise<string>;

/** A public key that somebody trusts. */
export interface TrustedKey {
  readonly id: string;
  /** Whether `signature`, lower-case hex, is this key's over the UTF-8 bytes of `text`. */
  verify(text: string, signature: string): boolean | Promise<boolean>;
}

/** What names a key: SHA-256, hex, of its JWK by RFC 7638 (`crv`, `kty` and `x` alone). */
export function keyIdOf({ crv, kty, x }: { crv: string; kty: string; x: string }, digestOf: DigestOf): Promise<string> {
  return digestOf({ crv, kty, x });
}

/**
 * The record as the text to store and to hand out.
 *
 * @throws ConsentError `bad-record` where a part has no place in a record
 */
export async function signRecord(
  head: RecordHead,
  { document, choices, checks, signature }: Statement,
  signText: SignText,
  digestOf: DigestOf,
): Promise<string> {
  const statement = { document, choices, checks, signature };
  const unsigned = {
    ...head,
    format: RECORD_FORMAT,
    statement,
    statementDigest: await statementDigest(statement, digestOf),
  };
  const record = { ...unsigned, signature: await signText(canonical(unsigned)) };
  if (fitted(consentRecordSchema, record) === undefined) {
    throw new ConsentError('bad-record', 'This is no record that could be verified later.');
  }
  return canonical(record);
}

/** A record by its content, unverified: to be shown to whoever has signed it. Undefined where a text is none. */
export function readRecord(text: string): ConsentRecord | undefined {
  return fitted(consentRecordSchema, jsonOf(text));
}

/** Why a text is not a record to be relied on. */
export type RecordFault =
  | 'not-a-record'
  /** A record by its content, but not in the very form it was written in. */
  | 'reformatted'
  /** Signed by none of the keys at hand. */
  | 'other-key'
  /** The statement is not the one that was signed. */
  | 'changed'
  /** The digest fits the statement, but the signature does not fit the record: both were made anew, or another part was changed. */
  | 'bad-signature';

export type Verified = { readonly record: ConsentRecord } | { readonly fault: RecordFault; readonly keyId?: string };

/**
 * Verifies a record by the keys that the caller trusts, and by nothing that stands in the record.
 *
 * @param text the file's content
 */
export async function verifyRecord(text: string, keys: readonly TrustedKey[], digestOf: DigestOf): Promise<Verified> {
  const json = jsonOf(text);
  const record = fitted(consentRecordSchema, json);
  if (record === undefined) return { fault: 'not-a-record' };
  if (canonical(json) !== text) return { fault: 'reformatted' };
  const { keyId } = record;
  const key = keys.find(({ id }) => id === keyId);
  if (key === undefined) return { fault: 'other-key', keyId };
  // The digest is looked at first for the sake of a clearer word; the signature decides.
  if ((await digestOf(record.statement)) !== record.statementDigest) return { fault: 'changed' };
  // Over what stands in the file, not over what the schema made of it: nothing may hide from the signature.
  const { signature, ...unsigned } = Object(json);
  if (!(await key.verify(canonical(unsigned), record.signature))) return { fault: 'bad-signature' };
  return { record };
}

function canonical(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('Only a JSON value has a canonical form.');
  return text;
}
