/** A receiver over a study that allocates, people in it, and the assessment after which they are allocated. */
import assert from 'node:assert/strict';
import type { AllocationOutcome, Baseline } from '../../src/receiver/allocation/allocate-participant.ts';
import { type AllocationFinding, verifyAllocation } from '../../src/receiver/allocation/verify-allocation.ts';
import type { KnownStudy } from '../../src/receiver/served-study.ts';
import type { Answers } from '../../src/study/answers.ts';
import { handIn, knownStudy } from './allocation/hand-in.ts';
import { type Device, me, newDevice } from './participants.ts';
import { contact, ELIGIBLE, type Office, type OfficeOptions, openOffice, screening, studyJson } from './receiver.ts';

type Json = Record<string, unknown>;

export const ARMS = [
  { id: 'groups-arm', title: 'Groups', series: [] },
  { id: 'calls-arm', title: 'Calls', series: [] },
];

export const ASSESSMENTS = [
  {
    ...{ id: 'baseline', title: 'First', anchor: 'consent', offset: 'P0D' },
    ...{ window: { before: 'P0D', after: 'P4W' }, instruments: ['phq8'] },
  },
];

/** 1 : 1 by role, in blocks of 2 and 4. */
export const BY_PARTICIPANT = {
  unit: 'participant',
  after: 'baseline',
  ratio: { 'groups-arm': 1, 'calls-arm': 1 },
  blocks: [2, 4],
  strata: ['screening.role'],
};

/** Two phases of four homes, by organisation and size. */
export const BY_SITE = {
  unit: 'site',
  after: 'baseline',
  phases: [
    { sites: 4, duration: 'P18M' },
    { sites: 4, duration: 'P18M' },
  ],
  ratio: { 'groups-arm': 1, 'calls-arm': 1 },
  strata: [
    'organisation',
    {
      source: 'size',
      bands: [
        { id: 'small', atMost: 4 },
        { id: 'large', atLeast: 5 },
      ],
    },
  ],
};

export const HOMES = Array.from({ length: 8 }, (_, at) => ({
  ...{ id: `home-${at}`, title: `Home ${at}` },
  ...{ organisation: at % 2 === 0 ? 'Oak' : 'Elm', size: at < 4 ? 3 : 7 },
}));

export function studyByParticipant(changes: Json = {}): Json {
  return studyJson({ assessments: ASSESSMENTS, arms: ARMS, allocation: BY_PARTICIPANT, ...changes });
}

export function studyBySite(changes: Json = {}): Json {
  return studyJson({ assessments: ASSESSMENTS, arms: ARMS, allocation: BY_SITE, sites: HOMES, ...changes });
}

export interface Joined {
  readonly id: string;
  readonly device: Device;
}

export interface AllocationOffice extends Office {
  readonly known: KnownStudy;
  /** Somebody who is screened, eligible, and enrolled. */
  join(answers?: Answers): Promise<Joined>;
  /** Hands in an assessment of theirs, as a receiver would that takes it in. */
  baseline(id: string, changes?: Partial<Baseline>): Promise<AllocationOutcome>;
  /** The arm in the table, as it was drawn. */
  drawn(id: string): Promise<string | undefined>;
  findings(): Promise<readonly AllocationFinding[]>;
}

export async function openAllocationOffice(
  study: Json = studyByParticipant(),
  options: OfficeOptions = {},
): Promise<AllocationOffice> {
  const limits = { perAddress: 100_000, perSource: 100_000, perCaller: 100_000, wrongSecrets: 100_000 };
  const office = await openOffice({ studies: [study], limits, ...options });
  const { store, keys, clock } = office;
  const known = await knownStudy({ store, keys, now: clock.now }, study);
  return {
    ...office,
    known,
    join: (answers = ELIGIBLE) => join(office, answers),
    baseline: (id, changes = {}) => handIn({ store, keys, mode: 'test' }, known, id, { at: clock.now, ...changes }),
    async drawn(id) {
      return (await store.transaction((tx) => tx.allocation('ward', id)))?.arm;
    },
    findings: async () => (await verifyAllocation(office, 'ward')).findings,
  };
}

async function join(office: Office, answers: Answers): Promise<Joined> {
  const device = await newDevice();
  const screened = screening({ answers });
  assert.equal((await office.post(screened)).receipt().next, 'contact');
  assert.equal((await office.post(contact(screened, device.hashes))).receipt().next, 'enrolled');
  return { id: (await me(office, device)).participant, device };
}
