/** The example study with arms, and an allocation of participants or of sites. */
import { type Changes, exampleStudy, type Json, withChanges } from './studies.ts';

const ARMS: Json = [
  { id: 'groups', title: { en: 'Groups', es: 'Grupos' }, series: [] },
  { id: 'calls', title: { en: 'Calls', es: 'Llamadas' }, series: [] },
  { id: 'usual', title: { en: 'As usual', es: 'Como siempre' }, series: [] },
];

const ASSESSMENTS: Json = [
  {
    ...{ id: 'baseline', title: { en: 'First', es: 'Primero' }, anchor: 'consent', offset: 'P0D' },
    ...{ window: { before: 'P0D', after: 'P4W' }, instruments: ['phq8'] },
  },
  {
    ...{ id: 'month-3', title: { en: 'Later', es: 'Después' }, anchor: 'consent', offset: 'P3M' },
    ...{ window: { before: 'P0D', after: 'P4W' }, instruments: ['phq8'] },
  },
];

/** 1 : 1 : 2 within strata of role and age. */
const BY_PARTICIPANT: Json = {
  unit: 'participant',
  after: 'baseline',
  ratio: { groups: 1, calls: 1, usual: 2 },
  blocks: [4, 8],
  strata: [
    {
      source: 'screening.role',
      groups: [
        { id: 'nurses', anyOf: ['nurse'] },
        { id: 'others', anyOf: ['physician', 'other'] },
      ],
      absent: 'others',
    },
    {
      source: 'screening.age',
      bands: [
        { id: 'younger', atMost: 39 },
        { id: 'older', atLeast: 40 },
      ],
      absent: 'own-stratum',
    },
    'site',
  ],
  basis: 'Ours.',
};

const BY_SITE: Json = {
  unit: 'site',
  after: 'baseline',
  phases: [{ sites: 4, duration: 'P18M' }],
  ratio: { groups: 1, calls: 1, usual: 2 },
  strata: [
    'organisation',
    {
      source: 'size',
      bands: [
        { id: '1-8', atMost: 8 },
        { id: '9-16', atLeast: 9, atMost: 16 },
      ],
    },
  ],
};

const SITES: Json = [3, 8, 9, '9-16'].map((size, index) => ({
  ...{ id: `home-${index}`, title: `Home ${index}`, organisation: 'Example', size },
}));

const PARTS = { assessments: ASSESSMENTS, arms: ARMS };

/** A new object each time, with some places changed. */
export function studyByParticipant(changes: Changes = {}): { [key: string]: Json } {
  return withChanges(structuredClone({ ...exampleStudy(), ...PARTS, allocation: BY_PARTICIPANT }), changes);
}

export function studyBySite(changes: Changes = {}): { [key: string]: Json } {
  return withChanges(structuredClone({ ...exampleStudy(), ...PARTS, sites: SITES, allocation: BY_SITE }), changes);
}
