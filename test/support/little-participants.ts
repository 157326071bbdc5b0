/**
 * What the little endpoint of the tests in browsers knows of participants: invitations, who is who, drafts. In memory, and
 * as much of the contract as a page can see; the receiver's own tests are about the receiver.
 */
import { randomUUID } from 'node:crypto';
import { hashSecret, normaliseCode } from '../../src/submission/secrets.ts';
import type { EndpointPlan, PlannedResponse } from '../suites/support/endpoint-plan.ts';

interface Participant {
  readonly id: string;
  tokenHash: string;
  writeHash: string;
  returnHash: string | undefined;
  readonly drafts: Map<string, { readonly body: string; readonly etag: string }>;
}

export interface ParticipantCall {
  readonly method: string;
  /** Behind the study: `me`, `me/drafts/screener`, `participants`. */
  readonly path: string;
  readonly key: string;
  readonly body: string;
  readonly ifMatch: string;
  readonly ifNoneMatch: string;
}

export class LittleParticipants {
  readonly #participants: Participant[] = [];
  readonly #spent = new Map<string, string>();
  /** Every call, in order, as `PUT me/drafts/screener`. */
  readonly calls: string[] = [];

  async enrol(body: string, plan: EndpointPlan): Promise<PlannedResponse> {
    const { invite, tokenHash, writeHash, check } = JSON.parse(body) as Readonly<Record<string, string>>;
    const code = normaliseCode(invite ?? '') ?? '';
    const hash = await hashSecret(code);
    const invitation = Object.hasOwn(plan.invitations, code) ? plan.invitations[code] : undefined;
    const returning = this.#participants.find(({ returnHash }) => returnHash === hash);
    const id = invitation?.participant ?? returning?.id;
    const spentBy = this.#spent.get(code);
    if (spentBy !== undefined && spentBy !== tokenHash) return problem(409, 'invitation-spent');
    if (spentBy === undefined && id === undefined) return problem(404, 'invitation-unknown');
    if (invitation?.check !== undefined && check === undefined) return problem(403, 'check-needed');
    if (invitation?.check !== undefined && check !== invitation.check)
      return problem(403, 'check-wrong', { triesLeft: 4 });
    this.#spent.set(code, tokenHash ?? '');
    const known = this.#participants.find((one) => one.id === id || one.tokenHash === tokenHash);
    if (returning && known === returning) returning.returnHash = undefined;
    const participant = known ?? this.#open(id ?? '');
    participant.tokenHash = tokenHash ?? '';
    participant.writeHash = writeHash ?? '';
    return json(201, { participant: participant.id, enrolledAt: '2025-03-03T09:00:00.000Z' });
  }

  /** By a contact's hashes. */
  enrolByContact(contact: Readonly<Record<string, unknown>>): boolean {
    const { tokenHash, writeHash, returnHash } = contact as Readonly<Record<string, string | undefined>>;
    if (tokenHash === undefined || writeHash === undefined) return false;
    const participant = this.#participants.find((one) => one.tokenHash === tokenHash) ?? this.#open(randomUuidV7());
    Object.assign(participant, { tokenHash, writeHash, returnHash });
    return true;
  }

  /** Whether a key may deliver. */
  async mayPost(key: string): Promise<boolean> {
    const hash = await hashSecret(key);
    return this.#participants.some((one) => one.tokenHash === hash || one.writeHash === hash);
  }

  async me(call: ParticipantCall, plan: EndpointPlan): Promise<PlannedResponse> {
    const hash = await hashSecret(call.key);
    const participant = this.#participants.find(({ tokenHash }) => tokenHash === hash);
    if (participant === undefined) return problem(401, 'not-signed-in');
    if (call.path === 'me') return json(200, meOf(participant.id, plan.next));
    if (call.path === 'me/return') {
      participant.returnHash = (JSON.parse(call.body) as { returnHash: string }).returnHash;
      return { status: 204 };
    }
    return draft(call, participant);
  }

  #open(id: string): Participant {
    const participant = { id, tokenHash: '', writeHash: '', returnHash: undefined, drafts: new Map() };
    this.#participants.push(participant);
    return participant;
  }
}

function draft(
  { method, path, body, ifMatch, ifNoneMatch }: ParticipantCall,
  { drafts }: Participant,
): PlannedResponse {
  const key = path.replace('me/drafts/', '');
  const kept = drafts.get(key);
  if (method === 'GET') {
    return kept === undefined
      ? problem(404, 'no-draft')
      : { status: 200, body: kept.body, headers: { ETag: kept.etag } };
  }
  if (method === 'DELETE') {
    drafts.delete(key);
    return { status: 204 };
  }
  if (ifMatch === '' && ifNoneMatch === '') return problem(428, 'precondition-missing');
  if (ifMatch === '' ? kept !== undefined : kept?.etag !== ifMatch) {
    const answer = problem(412, 'draft-changed');
    return { ...answer, headers: { ...(kept && { ETag: kept.etag }) } };
  }
  const etag = `"${randomUUID()}"`;
  drafts.set(key, { body, etag });
  return { ...json(kept === undefined ? 201 : 200, {}), headers: { ETag: etag } };
}

function meOf(participant: string, next: string | null): object {
  const state = (step: string) => (next === step || next === 'screening' ? 'due' : 'done');
  return {
    participant,
    mode: 'test',
    recruitment: 'open',
    enrolledAt: '2025-03-03T09:00:00.000Z',
    steps: ['screening', 'contact'].map((id) => ({ id, state: state(id) })),
    next,
  };
}

function randomUuidV7(): string {
  return randomUUID().replace(/^(.{14})4/, '$17');
}

function json(status: number, body: object): PlannedResponse {
  return { status, body: JSON.stringify(body) };
}

function problem(status: number, name: string, more: object = {}): PlannedResponse {
  const body = JSON.stringify({ type: `urn:steady:problem:${name}`, title: name, status, ...more });
  return { status, type: 'application/problem+json', body };
}
