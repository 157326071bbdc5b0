import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { v7 } from 'uuid';
import * as v from 'valibot';
import { createRecordKeys, type RecordKeys } from '../../src/receiver/consent/record-keys.ts';
import { createKey, type KeyRing } from '../../src/receiver/keys.ts';
import { createReceiver, type Receiver, type ReceiverOptions } from '../../src/receiver/receiver.ts';
import { readStudy } from '../../src/receiver/served-study.ts';
import { openSqliteStore } from '../../src/receiver/store/sqlite.ts';
import type { Store } from '../../src/receiver/store/store.ts';
import type { AnySubmission } from '../../src/submission/any-submission.ts';
import { problemDetailsSchema, type Receipt, receiptSchema } from '../../src/submission/receipt.ts';
import type { ContactSubmission, ScreeningSubmission, Submission } from '../../src/submission/submission.ts';

/** A receiver to ask, a study for it, and what a browser would send it. */

export const NOW = '2026-03-09T10:15:30.250Z';

type Json = Record<string, unknown>;

const CHOICES = [{ value: 'nurse' }, { value: 'md' }, { value: 'clerk' }];

/** A study in English with one question of each kind that can be answered out of form. */
export function studyJson(changes: Json = {}): Json {
  return {
    id: 'ward',
    version: '1.0.0',
    title: 'Ward study',
    languages: ['en'],
    recruitment: 'open',
    contacts: [
      { role: 'research', name: 'Team', phone: '555-0100' },
      { role: 'safety', name: 'Duty doctor', phone: '555-0111' },
    ],
    sites: [{ id: 'north', title: 'North' }],
    screening: screeningJson(),
    ...changes,
  };
}

export function screeningJson(changes: Json = {}): Json {
  return {
    form: {
      elements: [
        { type: 'radiogroup', name: 'role', title: 'Role', isRequired: true, choices: CHOICES },
        { type: 'text', inputType: 'number', name: 'age', title: 'Age', isRequired: true, min: 0, max: 120 },
        { type: 'checkbox', name: 'shifts', title: 'Shifts', choices: [{ value: 'day' }, { value: 'night' }] },
        { type: 'dropdown', name: 'site', title: 'Site', choicesFrom: 'sites' },
        { type: 'text', inputType: 'date', name: 'since', title: 'Since', max: '2026-03-09' },
        { type: 'comment', name: 'note', title: 'Note', maxLength: 5000 },
        { type: 'rating', name: 'stress', title: 'Stress', rateMax: 5, defaultValue: 3 },
      ],
    },
    criteria: [
      { id: 'clinical', kind: 'inclusion', wording: 'Clinical', when: { question: 'role', anyOf: ['nurse', 'md'] } },
      { id: 'minor', kind: 'exclusion', wording: 'Under 18', when: { question: 'age', atMost: 17 } },
    ],
    contact: {
      elements: [
        { type: 'text', name: 'name', title: 'Name', isRequired: true },
        { type: 'text', inputType: 'email', name: 'email', title: 'E-mail', isRequired: true },
      ],
    },
    enrolment: 'self',
    ...changes,
  };
}

export const ELIGIBLE = { role: 'nurse', age: 41 };
export const INELIGIBLE = { role: 'clerk', age: 41 };

type Changes<Kind extends Submission> = { [Key in keyof Kind]?: Kind[Key] | undefined };

function envelope() {
  return {
    id: v7(),
    study: 'ward',
    studyVersion: '1.0.0',
    mode: 'test' as const,
    locale: 'en',
    timeZone: 'America/Los_Angeles',
    startedAt: '2026-03-09T10:12:00.000Z',
    submittedAt: '2026-03-09T10:15:29.000Z',
    kit: 'steady-kit/0.1.0',
  };
}

export function screening(changes: Changes<ScreeningSubmission> = {}): ScreeningSubmission {
  return { ...envelope(), kind: 'screening', answers: ELIGIBLE, ...changes } as ScreeningSubmission;
}

export function contact(
  of: Pick<ScreeningSubmission, 'id'>,
  changes: Changes<ContactSubmission> = {},
): ContactSubmission {
  const answers = { name: 'Ana Ruiz', email: 'ana@example.org' };
  return { ...envelope(), kind: 'contact', screening: of.id, answers, ...changes } as ContactSubmission;
}

/** A ring from bytes that say which key it is; the first one writes. */
export function ring(...bytes: number[]): KeyRing {
  const all = bytes.map((byte) => createKey(new Uint8Array(32).fill(byte)));
  const [current] = all;
  assert(current);
  return { current, all };
}

/** What a receiver signs consent records with. */
export function newRecordKeys(): Promise<RecordKeys> {
  return createRecordKeys(generateKeyPairSync('ed25519').privateKey);
}

export interface Asked {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
  readonly bytes: Uint8Array;
  /** The body as a receipt; fails where it is none. */
  receipt(): Receipt;
  /** The body's problem type, without its prefix; fails where it is no problem. */
  problem(): string;
  /** The problem's own list, as `path code`. */
  faults(): string[];
}

export interface Office {
  readonly receiver: Receiver;
  readonly store: Store;
  readonly keys: KeyRing;
  readonly recordKeys: RecordKeys;
  readonly clock: { now: string };
  ask(path: string, init?: RequestInit, address?: string): Promise<Asked>;
  post(submission: AnySubmission, headers?: Record<string, string>, address?: string): Promise<Asked>;
  /** Posts a body as it stands. */
  postText(body: BodyInit, headers?: Record<string, string>): Promise<Asked>;
}

export interface OfficeOptions extends Partial<Omit<ReceiverOptions, 'studies'>> {
  /** Study files as JSON; default the one above. */
  readonly studies?: readonly Json[];
}

/** A receiver over a database in memory, at a time that stands still. */
export async function openOffice(options: OfficeOptions = {}): Promise<Office> {
  const { studies = [studyJson()], ...rest } = options;
  const store = options.store ?? (await openSqliteStore(':memory:'));
  const keys = options.keys ?? ring(1);
  const recordKeys = options.recordKeys ?? (await newRecordKeys());
  const clock = { now: NOW };
  const served = await Promise.all(studies.map((json) => readStudy(JSON.stringify(json), `${json.id}.study.json`)));
  const now = () => new Date(clock.now);
  const receiver = await createReceiver({ now, ...rest, studies: served, store, keys, recordKeys });

  const ask: Office['ask'] = async (path, init, address = '192.0.2.1') => {
    const connection = { incoming: { socket: { remoteAddress: address } } };
    const response = await receiver.fetch(new Request(`http://receiver.test${path}`, init), connection);
    return read(response);
  };
  const post: Office['post'] = (submission, headers = {}, address) => {
    const init = {
      method: 'POST',
      body: JSON.stringify(submission),
      headers: { 'Content-Type': 'application/json', 'Idempotency-Key': submission.id, ...headers },
    };
    return ask(`/studies/${submission.study}/submissions`, init, address);
  };
  const postText: Office['postText'] = (body, headers = {}) =>
    ask('/studies/ward/submissions', {
      method: 'POST',
      body,
      headers: { 'Content-Type': 'application/json', 'Idempotency-Key': v7(), ...headers },
      ...(body instanceof ReadableStream && { duplex: 'half' }),
    });
  return { receiver, store, keys, recordKeys, clock, ask, post, postText };
}

export async function read(response: Response): Promise<Asked> {
  const { status, headers } = response;
  const bytes = new Uint8Array(await response.arrayBuffer());
  const body = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  const problem = () => {
    assert.equal(headers.get('content-type'), 'application/problem+json', body);
    const details = v.parse(problemDetailsSchema, JSON.parse(body));
    assert.equal(details.status, status);
    assert.ok(details.title && details.detail, 'a title, and what to do');
    return details;
  };
  return {
    status,
    headers,
    body,
    bytes,
    receipt() {
      assert.equal(headers.get('content-type'), 'application/json', body);
      return v.parse(receiptSchema, JSON.parse(body));
    },
    problem: () => problem().type.replace(/^urn:steady:problem:/, ''),
    faults() {
      problem();
      const { problems = [] }: { problems?: { path: string; code: string }[] } = JSON.parse(body);
      return problems.map(({ path, code }) => `${path} ${code}`);
    },
  };
}
