import { type Changes, exampleStudy, type Json, withChanges } from './studies.ts';

/** The example study with assessments and arms: small, with every property that they can have. */

const text = (en: string, es: string): Json => ({ en, es });

const ASSESSMENTS: Json = [
  {
    ...{ id: 'baseline', title: text('First', 'Primero'), anchor: 'consent', offset: 'P0D' },
    window: { before: 'P0D', after: 'P2W' },
    instruments: ['phq8', { id: 'olbi', items: 'site', kitRules: true, introduction: text('*Now*', '*Ahora*') }],
    forms: {
      work: {
        elements: [
          { type: 'text', name: 'sick-days', inputType: 'number', title: text('Sick days', 'Días de enfermedad') },
          { type: 'dropdown', name: 'home', title: text('Your home', 'Su hogar'), choicesFrom: 'sites' },
        ],
      },
    },
    ...{ minutes: 15, skipping: false, feedback: 'scores', access: 'participant', isolation: 'required' },
    ...{ safety: { respondsWithin: 'PT4H' }, basis: 'Ours.' },
  },
  {
    ...{ id: 'week-12', title: text('Later', 'Después'), anchor: 'allocation', offset: 'P12W' },
    window: { before: 'P1W', after: 'P4W' },
    instruments: ['phq8'],
    forms: { work: { sameAs: 'baseline' } },
  },
  {
    ...{ id: 'month-6', title: text('Last', 'Último'), anchor: 'week-12', from: 'due', offset: 'P6M' },
    window: { before: 'P2W', after: 'P6W' },
    instruments: ['phq8'],
  },
];

const ARMS: Json = [
  {
    ...{ id: 'groups', title: text('Groups', 'Grupos'), anchor: 'allocation', basis: 'Ours.' },
    series: [
      {
        ...{ id: 'talks', title: text('Talk', 'Charla'), count: 6, every: 'P2W', minutes: 30, format: 'group' },
        ...{ leader: text('a therapist', 'un terapeuta'), sequential: true, offset: 'P0D', until: 'P14W' },
        window: { before: 'P0D', after: 'P13D' },
        homework: { kind: 'worksheet', text: text('Write.', 'Escriba.'), after: [1, 2] },
        missed: [
          { outstanding: 1, offer: 'recording', sessions: 'all', text: text('See it.', 'Véala.') },
          { outstanding: 3, review: 'withdrawal', text: text('We will call.', 'Le llamaremos.') },
        ],
        attendance: {
          ...{ misses: 'cumulative', clearedBy: ['attended'], movedInTime: 'not-a-miss', excused: 'miss' },
          ...{ recordingSeen: 'confirmed', unseen: 'warn' },
        },
        basis: 'Ours.',
      },
      { id: 'meeting', every: 'P1W', until: 'P18M', format: 'group-virtual' },
      { id: 'extra', count: 1, format: 'individual', optional: true },
    ],
  },
  { id: 'usual', title: text('As usual', 'Como siempre'), series: [] },
];

const ALLOCATION: Json = { unit: 'participant', after: 'baseline', ratio: { groups: 1, usual: 1 }, blocks: [2, 4] };

/** As a study team writes it. A new object each time. */
export function exampleWithSchedule(changes: Changes = {}): { [key: string]: Json } {
  const study = exampleStudy();
  study.timeZone = 'America/New_York';
  study.assessments = structuredClone(ASSESSMENTS);
  study.arms = structuredClone(ARMS);
  study.allocation = structuredClone(ALLOCATION);
  return withChanges(study, changes);
}
