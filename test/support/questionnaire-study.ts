/** The example study with questionnaires: as a team writes it, as the element reads it, and what an endpoint says of somebody in it. */
import { type QuestionnaireStudy, readQuestionnaireStudy } from '../../src/study/read-questionnaires.ts';
import type { Me } from '../../src/submission/participation.ts';
import { exampleWithConsent } from './consent.ts';
import { type Changes, type Json, withChanges } from './studies.ts';

const text = (en: string, es: string): Json => ({ en, es });

const ASSESSMENTS: Json = [
  {
    ...{ id: 'baseline', title: text('First', 'Primero'), anchor: 'consent', offset: 'P0D' },
    window: { before: 'P0D', after: 'P4W' },
    instruments: ['phq9', 'single_item_burnout', { id: 'calm', items: 'site' }],
    forms: {
      work: {
        elements: [
          { type: 'text', name: 'sick-days', inputType: 'number', min: 0, title: text('Sick days', 'Días') },
          {
            type: 'dropdown',
            name: 'home',
            title: text('Your home', 'Su hogar'),
            choicesFrom: 'sites',
            isRequired: true,
          },
        ],
      },
    },
    ...{ feedback: 'scores-and-bands', safety: { respondsWithin: 'PT4H' } },
  },
  {
    ...{ id: 'week-12', title: text('Later', 'Después'), anchor: 'allocation', offset: 'P12W' },
    window: { before: 'P1W', after: 'P4W' },
    ...{ instruments: ['phq8', { id: 'gad7', kitRules: true }], forms: { work: { sameAs: 'baseline' } } },
    ...{ skipping: false, feedback: 'scores' },
  },
  {
    ...{ id: 'month-6', title: text('Last', 'Último'), anchor: 'week-12', offset: 'P6M' },
    ...{ window: { before: 'P2W', after: 'P6W' }, instruments: ['phq8'] },
  },
  {
    ...{ id: 'pulse', title: text('Pulse', 'Pulso'), anchor: 'consent', offset: 'P1Y' },
    ...{ window: { before: 'P1W', after: 'P1W' }, instruments: ['brs'], access: 'open' },
  },
];

const CONTACTS: readonly Json[] = [
  ...['research', 'rights', 'injury', 'safety'].map((role) => ({ role, name: `The ${role} team`, phone: '555-0100' })),
];

const ARMS: Json = [
  { id: 'groups-arm', title: text('Groups', 'Grupos'), series: [] },
  { id: 'calls-arm', title: text('Calls', 'Llamadas'), series: [] },
];

const ALLOCATION: Json = {
  ...{ unit: 'participant', after: 'baseline', blocks: [2, 4] },
  ratio: { 'groups-arm': 1, 'calls-arm': 1 },
};

/**
 * Without a screening; with a consent to sign, days in Los Angeles, assessments, two arms, and a draw after the baseline. A
 * new object each time.
 */
export function exampleWithQuestionnaires(changes: Changes = {}): { [key: string]: Json } {
  const study = exampleWithConsent();
  delete study.screening;
  study.timeZone = 'America/Los_Angeles';
  study.contacts = [...CONTACTS];
  study.assessments = structuredClone(ASSESSMENTS);
  study.arms = structuredClone(ARMS);
  study.allocation = structuredClone(ALLOCATION);
  return withChanges(study, changes);
}

export function questionnaireStudy(changes: Changes = {}): Promise<QuestionnaireStudy> {
  return readQuestionnaireStudy(JSON.stringify(exampleWithQuestionnaires(changes)), 'study.json');
}

/** Somebody who takes part; nothing is known of their consent or assessments unless it is said. */
export const known = (changes: Partial<Me> = {}): Me => ({
  participant: '0195d3a0-0000-7000-8000-00000000000a',
  enrolledAt: '2026-03-09T09:00:00.000Z',
  mode: 'live',
  recruitment: 'open',
  steps: [],
  next: null,
  ...changes,
});

const consent: NonNullable<Me['consent']> = {
  ...{ state: 'none', intervention: 'open', authorization: 'open', records: [] },
};

/** Has not decided yet, and is asked to. */
export const undecided: Me['consent'] = { ...consent, asked: { version: '1.0', reason: 'first', obstacles: {} } };
export const signed: Me['consent'] = { ...consent, state: 'signed', version: '1.0' };
export const declined: Me['consent'] = { ...consent, state: 'declined' };
