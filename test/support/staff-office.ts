/** A receiver with people in it: participants, and staff of every role, put there without asking it. */
import { v7 } from 'uuid';
import { signRecord } from '../../src/consent/record.ts';
import type { StaffRole } from '../../src/receiver/staff/role.ts';
import { addStaff, type NewStaff } from '../../src/receiver/staff/staff-tokens.ts';
import type { Store } from '../../src/receiver/store/store.ts';
import { digestOf } from '../../src/submission/digest.ts';
import { hashSecret, newToken, writeKeyOf } from '../../src/submission/secrets.ts';
import { exampleHead, exampleStatement } from './consent-records.ts';
import { type Office, type OfficeOptions, openOffice, studyJson } from './receiver.ts';

export const SITES = [
  { id: 'north', title: 'North' },
  { id: 'south', title: 'South' },
];

/** One that everybody is asked when they begin. */
const ASSESSMENTS = [
  {
    ...{ id: 'baseline', title: 'First', anchor: 'consent', offset: 'P0D' },
    ...{ window: { before: 'P0D', after: 'P4W' }, instruments: ['phq8'] },
  },
];

export interface Person {
  readonly id: string;
  readonly token: string;
  readonly writeKey: string;
}

export interface StaffOffice extends Office {
  /** A token, and the id it is listed under. */
  hire(role: StaffRole, more?: Partial<NewStaff>): Promise<{ readonly token: string; readonly id: string }>;
  /** Somebody who takes part, with a device. */
  enrol(site: string | null, study?: string): Promise<Person>;
  /** A flag about somebody. Returns its id. */
  raise(about: string): Promise<string>;
  /** What somebody has signed. Returns the submission's id. */
  sign(person: Person): Promise<string>;
  /** A questionnaire of somebody whose consent did not stand. Returns the submission's id. */
  keepApart(person: Person): Promise<string>;
  /** An event that waits for its webhook. Returns its id. */
  queue(site: string | null): Promise<string>;
  /** A link, made as the holder of a token makes one. Returns its code. */
  link(token: string, more?: Record<string, unknown>): Promise<string>;
  /** Asks as the holder of a token. */
  as(token: string, path: string, init?: RequestInit): ReturnType<Office['ask']>;
}

/** Two studies with two sites each, and limits that let a test ask as often as it likes. */
export async function openStaffOffice(options: OfficeOptions = {}): Promise<StaffOffice> {
  const usual = { sites: SITES, assessments: ASSESSMENTS };
  const studies = [studyJson(usual), studyJson({ id: 'home', ...usual })];
  const limits = { wrongSecrets: 100_000, perCaller: 100_000 };
  const office = await openOffice({ studies, limits, ...options });
  const { store, keys, clock } = office;
  const now = () => new Date(clock.now);
  const as: StaffOffice['as'] = (token, path, init = {}) =>
    office.ask(path, { ...init, headers: { ...init.headers, Authorization: `Bearer ${token}` } });
  return {
    ...office,
    async hire(role, more = {}) {
      const usual = { study: 'ward', name: `The ${role}`, sites: [], series: [], days: 180 };
      const { token, row } = await addStaff({ store, keys, now }, { ...usual, role, ...more });
      return { token, id: row.id };
    },
    enrol: (site, study = 'ward') => enrol(store, study, site, clock.now),
    async raise(about) {
      const id = v7();
      const open = { resolvedAt: null, resolvedBy: null, note: null };
      const flag = {
        study: 'ward',
        id,
        kind: 'repeat-screening',
        mode: 'test',
        subjects: [about],
        raisedAt: clock.now,
      } as const;
      await store.transaction((tx) => tx.addFlag({ ...flag, ...open }));
      return id;
    },
    async sign({ id: participant }) {
      const [id, submission] = [v7(), v7()];
      const { current } = office.recordKeys;
      const head = { ...exampleHead(current.id), participant, submission };
      const record = await signRecord(head, exampleStatement(), current.signText, digestOf);
      const envelope = {
        study: 'ward',
        id,
        submission,
        participant,
        seq: 1,
        mode: 'test',
        studyVersion: '1.0.0',
      } as const;
      const signed = { outcome: 'signed', version: '1.0', language: 'en', documentDigest: 'd', scope: null } as const;
      const kept = { erase: null, deviations: [], receivedAt: clock.now, body: '{}', bodySha256: 'b' };
      await store.transaction(async (tx) => {
        await tx.addDecision({ ...envelope, ...signed, ...kept });
        await tx.addRecord({ study: 'ward', submission, participant, keyId: current.id, record });
      });
      return submission;
    },
    async keepApart({ id: participant }) {
      const [id, submission] = [v7(), v7()];
      const given = { study: 'ward', mode: 'test', studyVersion: '1.0.0', receivedAt: clock.now, participant } as const;
      const row = { ...given, id, submission, assessment: 'baseline', seq: 1, judgedBy: '1.0.0' };
      await store.transaction(async (tx) => {
        await tx.addSubmission({ ...given, id: submission, kind: 'questionnaire', body: '{}', bodySha256: 'b' });
        await tx.addQuestionnaire({ ...row, apart: 'no-consent', counted: null, deviations: ['no-consent'] });
      });
      return submission;
    },
    async queue(site) {
      const id = v7();
      const waiting = { attempts: 0, lastStatus: null, lastFailure: null, deliveredAt: null, gaveUpAt: null };
      const event = {
        study: 'ward',
        id,
        type: 'enrolled',
        mode: 'test',
        site,
        body: '{}',
        createdAt: clock.now,
        dueAt: clock.now,
      } as const;
      await store.transaction((tx) => tx.addEvent({ ...event, ...waiting }));
      return id;
    },
    async link(token, more = {}) {
      const body = JSON.stringify({ channel: 'poster', language: 'en', ...more });
      const made = await as(token, '/studies/ward/links', {
        method: 'POST',
        body,
        headers: { 'Content-Type': 'application/json' },
      });
      return JSON.parse(made.body).code;
    },
    as,
  };
}

async function enrol(store: Store, study: string, site: string | null, at: string): Promise<Person> {
  const id = v7();
  const token = newToken();
  const writeKey = await writeKeyOf(token);
  const devices = await Promise.all(
    (
      [
        ['token', token],
        ['write-key', writeKey],
      ] as const
    ).map(async ([kind, secret]) => {
      const hash = await hashSecret(secret);
      const times = { createdAt: at, usedAt: at, replacedAt: null, endsAt: null };
      return { study, hash, hashPrefix: hash.slice(0, 16), kind, participant: id, ...times };
    }),
  );
  await store.transaction(async (tx) => {
    await tx.addParticipant({ study, id, mode: 'test', site, enrolledAt: at, screeningIdHash: null, contact: null });
    for (const device of devices) await tx.addCredential(device);
  });
  return { id, token, writeKey };
}
