/** A receiver with people who have sessions, and staff who hold them: what each of them says, by the routes alone. */
import assert from 'node:assert/strict';
import { v7 } from 'uuid';
import { correctArm } from '../../src/receiver/allocation/corrections.ts';
import type { StaffRole } from '../../src/receiver/staff/role.ts';
import { addStaff, type NewStaff } from '../../src/receiver/staff/staff-tokens.ts';
import type { MySession, MySessions } from '../../src/submission/participation.ts';
import type { ParticipantEvent, SessionSubmission } from '../../src/submission/session-submission.ts';
import { as, me, postAs } from './participants.ts';
import {
  exampleWithQuestionnaires,
  handedIn,
  type Joined,
  openQuestionnaireOffice,
  type QuestionnaireOffice,
  sentNow,
} from './questionnaire-office.ts';
import type { Asked, OfficeOptions } from './receiver.ts';
import type { Changes, Json } from './studies.ts';

type Staff = 'facilitator' | 'coordinator';

export interface SessionOffice extends QuestionnaireOffice {
  readonly study: string;
  /** Sets the clock: a local day of the study at noon UTC, or a UTC time. */
  goTo(time: string): void;
  /** Posts what a participant says, by their token. */
  say(person: Joined, event: ParticipantEvent, changes?: Partial<SessionSubmission>): Promise<Asked>;
  /** The same; it must be taken. Returns the deviations. */
  said(person: Joined, event: ParticipantEvent, changes?: Partial<SessionSubmission>): Promise<readonly string[]>;
  told(person: Joined): Promise<MySessions>;
  /** One session as they are told it. */
  session(person: Joined, id: string): Promise<MySession>;
  hire(role: StaffRole, more?: Partial<NewStaff>): Promise<string>;
  /** Asks as staff, by a token. */
  staff(token: string, method: string, path: string, body?: unknown): Promise<Asked>;
  /** A facilitator says it of somebody; it must be recorded. */
  record(person: Pick<Joined, 'id'>, event: object): Promise<string>;
  /** A coordinator puts it up; it must be taken. Returns its id. */
  putUp(audience: string, target: string, posting: object): Promise<string>;
  /** Somebody who is allocated, and then, if that was another one, counted to this arm. */
  inArm(arm: string): Promise<Joined>;
}

export async function sessionOffice(office: QuestionnaireOffice): Promise<SessionOffice> {
  const study = office.source.id;
  const { store, keys, clock } = office;
  const now = () => new Date(clock.now);
  const hire = async (role: StaffRole, more: Partial<NewStaff> = {}): Promise<string> => {
    const usual = { study, name: `The ${role}`, sites: [], series: [], days: 3_000, role };
    return (await addStaff({ store, keys, now }, { ...usual, ...more })).token;
  };
  const tokens = { facilitator: await hire('facilitator'), coordinator: await hire('coordinator') };
  const staff = (token: string, method: string, path: string, body?: unknown) =>
    as(office, token, `/studies/${study}/${path}`, {
      method,
      ...(body !== undefined && { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }),
    });
  const by = async (role: Staff, path: string, body: unknown): Promise<string> => {
    const answer = await staff(tokens[role], 'POST', path, body);
    assert.equal(answer.status, 201, answer.body);
    return JSON.parse(answer.body).id;
  };
  const say: SessionOffice['say'] = (person, event, changes = {}) => {
    const submission: SessionSubmission = {
      ...{ id: v7(), kind: 'session', study, studyVersion: office.version, mode: 'test', locale: 'en' },
      ...{ timeZone: 'America/Los_Angeles', startedAt: clock.now, submittedAt: clock.now, kit: 'steady-kit/0.1.0' },
      ...{ event, ...changes },
    };
    return postAs(office, person.device.token, submission);
  };
  const told = async ({ device }: Joined): Promise<MySessions> =>
    (await me(office, device, study)).sessions ?? assert.fail('they have no sessions');
  return {
    ...office,
    ...{ study, say, told, hire, staff },
    goTo(time) {
      clock.now = time.length === 10 ? `${time}T20:00:00.000Z` : time;
    },
    async said(person, event, changes) {
      const answer = await say(person, event, changes);
      assert.equal(answer.status, 201, answer.body);
      return answer.receipt().deviations;
    },
    session: async (person, id) =>
      (await told(person)).plan.find((one) => one.id === id) ?? assert.fail(`they have no session ${id}`),
    record: ({ id }, event) => by('facilitator', `participants/${id}/session-events`, event),
    putUp: (audience, target, posting) => by('coordinator', `staff/sessions/${audience}/${target}`, posting),
    async inArm(arm) {
      const person = await office.join();
      await handedIn(office, person, sentNow(office));
      await correctedTo(office, study, person, arm);
      return person;
    },
  };
}

/** Chance puts people anywhere; a test wants them in one arm. */
export async function correctedTo(
  { store, keys, clock }: QuestionnaireOffice,
  study: string,
  { id }: Pick<Joined, 'id'>,
  arm: string,
): Promise<void> {
  const drawn = (await store.transaction((tx) => tx.allocation(study, id)))?.arm;
  if (drawn === arm) return;
  const office = { store, keys, now: () => new Date(clock.now) };
  await correctArm(office, { study, participant: id, arm, reason: 'A test of this arm.' });
}

const text = (en: string, es: string): Json => ({ en, es });

/** Two arms: groups whose recordings are offered, with worksheets, a drop-in beside; and calls with new times and a review. */
const ARMS: Json = [
  {
    ...{ id: 'groups-arm', title: text('Groups', 'Grupos') },
    series: [
      {
        ...{ id: 'groups', title: text('Group', 'Grupo'), count: 3, every: 'P2W', minutes: 50, format: 'group' },
        ...{ sequential: true, homework: { kind: 'worksheet' }, leader: text('A therapist', 'Una terapeuta') },
        missed: [{ outstanding: 1, offer: 'recording' }],
      },
      { id: 'drop-in', count: 1, until: 'P8W', format: 'group', optional: true },
    ],
  },
  {
    ...{ id: 'calls-arm', title: text('Calls', 'Llamadas') },
    series: [
      {
        ...{ id: 'calls', count: 4, every: 'P2W', format: 'individual', homework: { kind: 'notes' } },
        missed: [
          { outstanding: 1, offer: 'new-time' },
          { outstanding: 2, offer: 'reschedule' },
          { outstanding: 3, review: 'withdrawal', text: text('We will call you.', 'Le llamaremos.') },
        ],
        attendance: { clearedBy: ['attended'] },
      },
    ],
  },
];

/** The example's questionnaires, and arms with sessions, from 9 March 2026 in Los Angeles. */
export const openSessionOffice = async (changes: Changes = {}, options: OfficeOptions = {}): Promise<SessionOffice> =>
  sessionOffice(await openQuestionnaireOffice({ arms: structuredClone(ARMS), ...changes }, options));

export const exampleWithSessions = (changes: Changes = {}): { [key: string]: Json } =>
  exampleWithQuestionnaires({ arms: structuredClone(ARMS), ...changes });
