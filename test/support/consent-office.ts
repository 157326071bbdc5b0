/** A receiver with a study that has a consent to sign, and what a participant's browser posts about it. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { v7 } from 'uuid';
import { type ConsentDocument, type ConsentSource, consentDocument } from '../../src/consent/document.ts';
import { leaveUnsigned, sign } from '../../src/consent/statement.ts';
import type { Outcome, Signature } from '../../src/study/consent-answers.ts';
import { consentStudySchema } from '../../src/study/consent-part.ts';
import { fitted } from '../../src/study/read.ts';
import type {
  ConsentSubmission,
  SignedSubmission,
  UnsignedSubmission,
  WithdrawalSubmission,
} from '../../src/submission/consent-submission.ts';
import { digestOf } from '../../src/submission/digest.ts';
import type { MyConsent } from '../../src/submission/participation.ts';
import { exampleWithConsent } from './consent.ts';
import { exampleSignature, throughAll } from './consent-walk.ts';
import { type Device, enrolled, me, postAs } from './participants.ts';
import { type Asked, NOW, type Office, type OfficeOptions, openOffice } from './receiver.ts';
import type { Changes, Json } from './studies.ts';

export const STUDY = 'calm-ward';

export interface ConsentOffice extends Office {
  /** As the receiver serves it. */
  readonly source: ConsentSource;
}

/** @param changes of the example study, by place */
export function openConsentOffice(changes: Changes = {}, options: OfficeOptions = {}): Promise<ConsentOffice> {
  return officeFor(exampleWithConsent(changes), options);
}

/** The same for any study file. */
export async function officeFor(json: { [key: string]: Json }, options: OfficeOptions = {}): Promise<ConsentOffice> {
  const office = await openOffice({ studies: [json], ...options });
  return { ...office, source: sourceOf(json) };
}

export function sourceOf(json: unknown): ConsentSource {
  return fitted(consentStudySchema, json) ?? assert.fail('a study without consent');
}

/** The same receiver with another study file, as after a restart. */
export function restarted(
  { store, keys, recordKeys }: Office,
  json: { [key: string]: Json },
  options: OfficeOptions = {},
): Promise<ConsentOffice> {
  return officeFor(json, { store, keys, recordKeys, ...options });
}

/** Somebody who takes part, on a device. */
export function somebody({ source: { id: study }, ...office }: ConsentOffice) {
  return enrolled(office, { study });
}

type Changed<Kind extends ConsentSubmission> = { [Key in keyof Kind]?: Kind[Key] | undefined };

const envelope = (study: string) => ({
  ...{ id: v7(), study, studyVersion: '1.2.0', mode: 'test' as const, locale: 'en', kit: 'steady-kit/0.1.0' },
  ...{ timeZone: 'America/Los_Angeles', startedAt: '2026-03-09T10:00:00.000Z', submittedAt: NOW },
});

export const documentIn = (
  { source }: Pick<ConsentOffice, 'source'>,
  version = '1.0',
  language = 'en',
): ConsentDocument => consentDocument(source, version, language);

/** A document read to its end and signed. */
export async function signed(
  document: ConsentDocument,
  changes: Changed<SignedSubmission> = {},
  signature: Signature = exampleSignature(document),
): Promise<SignedSubmission> {
  const { study, language: locale } = document;
  const made = await sign(document, throughAll(document), signature, digestOf);
  return { ...envelope(study), kind: 'consent', locale, ...made, ...changes } as SignedSubmission;
}

/** A document that was opened, and not signed. */
export async function unsigned(
  document: ConsentDocument,
  outcome: Exclude<Outcome, 'signed'>,
  changes: Changed<UnsignedSubmission> = {},
): Promise<UnsignedSubmission> {
  const { study, language: locale } = document;
  const made = await leaveUnsigned(document, throughAll(document), outcome, NOW, digestOf);
  return { ...envelope(study), kind: 'consent', locale, ...made, ...changes } as UnsignedSubmission;
}

export function withdrawal(
  scope: WithdrawalSubmission['scope'] = 'study',
  changes: Changed<WithdrawalSubmission> = {},
): WithdrawalSubmission {
  return { ...envelope(STUDY), kind: 'withdrawal', scope, erase: false, ...changes } as WithdrawalSubmission;
}

/** Posts by the participant's token, and takes it for granted that it is taken. */
export async function taken(office: Office, { token }: Device, submission: ConsentSubmission): Promise<Asked> {
  const answer = await postAs(office, token, submission);
  assert.equal(answer.status, 201, answer.body);
  return answer;
}

/** Signs the office's document, and returns the submission. */
export async function signs(
  office: ConsentOffice,
  device: Device,
  { version = '1.0', language = 'en', ...changes }: Changed<SignedSubmission> & { language?: string } = {},
): Promise<SignedSubmission> {
  const submission = await signed(documentIn(office, version, language), changes);
  await taken(office, device, submission);
  return submission;
}

export async function myConsent(office: ConsentOffice, device: Device): Promise<MyConsent> {
  const { consent } = await me(office, device, office.source.id);
  return consent ?? assert.fail('the study has a consent part');
}

/** The record that a submission has left, as the receiver hands it out. */
export async function recordText(office: ConsentOffice, { token }: Device, { id }: { id: string }): Promise<string> {
  const { source, ask } = office;
  const answer = await ask(`/studies/${source.id}/me/records/${id}`, { headers: { Authorization: `Bearer ${token}` } });
  assert.equal(answer.status, 200, answer.body);
  return answer.body;
}

/** A study of the demo, as its file has it. */
export function readDemoStudy(name: 'keck' | 'mgh'): { [key: string]: Json } {
  return JSON.parse(readFileSync(new URL(`../../demo/studies/${name}.study.json`, import.meta.url), 'utf8'));
}
