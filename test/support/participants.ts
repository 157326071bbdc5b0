/** What a participant's browser does with a receiver beside submissions: secrets of its own, and requests that carry them. */
import assert from 'node:assert/strict';
import * as v from 'valibot';
import { type Invited, type Invitee, invite, inviteAgain } from '../../src/receiver/participants/invitations.ts';
import type { AnySubmission } from '../../src/submission/any-submission.ts';
import { type Enrolment, enrolmentSchema, type Me, meSchema } from '../../src/submission/participation.ts';
import { groupCode, hashSecret, newCode, newToken, writeKeyOf } from '../../src/submission/secrets.ts';
import { type Asked, contact, type Office, screening } from './receiver.ts';

/** A browser with its secrets. */
export interface Device {
  readonly token: string;
  readonly writeKey: string;
  readonly returnCode: string;
  readonly hashes: { readonly tokenHash: string; readonly writeHash: string; readonly returnHash: string };
}

export async function newDevice(): Promise<Device> {
  const token = newToken();
  const writeKey = await writeKeyOf(token);
  const returnCode = newCode();
  const [tokenHash, writeHash, returnHash] = await Promise.all([token, writeKey, returnCode].map(hashSecret));
  assert(tokenHash && writeHash && returnHash);
  return { token, writeKey, returnCode, hashes: { tokenHash, writeHash, returnHash } };
}

/** The same moment for the receiver and for the team's command. */
const officeOf = ({ store, keys, clock }: Office) => ({ store, keys, now: () => new Date(clock.now) });

export async function inviteOne(
  office: Office,
  { study = 'ward', days = 30, ...invitee }: Invitee & { study?: string; days?: number } = {},
): Promise<Invited> {
  const [invited] = await invite(officeOf(office), { study, invitees: [invitee], days });
  assert(invited);
  return invited;
}

export function again(office: Office, participant: string, lost = false, study = 'ward'): Promise<Invited> {
  return inviteAgain(officeOf(office), { study, participant, lost });
}

/** Spends a code, as it is shown to people. */
export function spend(office: Office, code: string, device: Device, more: object = {}, study = 'ward'): Promise<Asked> {
  const body = { invite: groupCode(code), ...device.hashes, ...more };
  return send(office, 'POST', `/studies/${study}/participants`, body);
}

/** Somebody on a device, by an invitation. */
export async function enrolled(
  office: Office,
  invitee: Invitee & { study?: string } = {},
): Promise<{ device: Device; id: string; code: string }> {
  const device = await newDevice();
  const { code, participant } = await inviteOne(office, invitee);
  const answer = await spend(
    office,
    code,
    device,
    invitee.check === undefined ? {} : { check: invitee.check },
    invitee.study,
  );
  assert.equal(answer.status, 201, answer.body);
  assert.equal(enrolmentOf(answer).participant, participant);
  return { device, id: participant, code };
}

/** Somebody on a device, by their own screening and contact. */
export async function enrolledByContact(office: Office): Promise<{ device: Device; id: string; screened: string }> {
  const device = await newDevice();
  const screened = screening();
  await office.post(screened);
  const answer = await office.post(contact(screened, device.hashes));
  assert.equal(answer.receipt().next, 'enrolled');
  return { device, id: (await me(office, device)).participant, screened: screened.id };
}

export function enrolmentOf(answer: Asked): Enrolment {
  assert.equal(answer.status, 201, answer.body);
  return v.parse(enrolmentSchema, JSON.parse(answer.body));
}

export async function me(office: Office, { token }: Device, study = 'ward'): Promise<Me> {
  const answer = await as(office, token, `/studies/${study}/me`);
  assert.equal(answer.status, 200, answer.body);
  return v.parse(meSchema, JSON.parse(answer.body));
}

/** Asks with a secret. */
export function as(office: Office, secret: string, path: string, init: RequestInit = {}): Promise<Asked> {
  return office.ask(path, { ...init, headers: { ...init.headers, Authorization: `Bearer ${secret}` } });
}

/** Posts with a secret. */
export function postAs(office: Office, secret: string, submission: AnySubmission): Promise<Asked> {
  return office.post(submission, { Authorization: `Bearer ${secret}` });
}

/** Sends JSON, with a secret where one is given. */
export function send(
  office: Office,
  method: string,
  path: string,
  body: unknown,
  { secret, headers = {} }: { secret?: string; headers?: Record<string, string> } = {},
): Promise<Asked> {
  return office.ask(path, {
    method,
    body: typeof body === 'string' ? body : JSON.stringify(body),
    headers: {
      'Content-Type': 'application/json',
      ...(secret !== undefined && { Authorization: `Bearer ${secret}` }),
      ...headers,
    },
  });
}

/** The office's clock, moved on. */
export function passDays(office: Office, days: number): void {
  office.clock.now = new Date(Date.parse(office.clock.now) + days * 24 * 60 * 60 * 1000).toISOString();
}

/** The events of a participant's chain, in order. */
export async function eventsOf(office: Office, participant: string, study = 'ward'): Promise<string[]> {
  const rows = await office.store.transaction((tx) => tx.auditRows(study, `participant:${participant}`));
  return rows.map(({ event }) => event);
}
