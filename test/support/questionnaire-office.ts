/** A receiver with a study that asks questionnaires, people who have signed, and what their browsers hand in. */
import assert from 'node:assert/strict';
import { v7 } from 'uuid';
import type { ItemFile } from '../../src/receiver/questionnaires/item-files.ts';
import type { QuestionnaireRow } from '../../src/receiver/store/questionnaires-store.ts';
import type { ScoreRow } from '../../src/receiver/store/scores-store.ts';
import type { Answers } from '../../src/study/answers.ts';
import type { MyAssessment } from '../../src/submission/participation.ts';
import type { QuestionnaireSubmission } from '../../src/submission/questionnaire-submission.ts';
import { sampleInstrument } from '../instruments/sample-instrument.ts';
import { exampleWithConsent } from './consent.ts';
import { type ConsentOffice, officeFor, STUDY, signs } from './consent-office.ts';
import { type Device, enrolled, me, postAs } from './participants.ts';
import { type Asked, NOW, type Office, type OfficeOptions } from './receiver.ts';
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

/** The instrument that the example's site brings. */
export const calmFile = (changes: object = {}): ItemFile => ({
  file: 'calm.instrument.json',
  text: JSON.stringify({ ...sampleInstrument(), ...changes }),
});

export interface QuestionnaireOffice extends ConsentOffice {
  readonly version: string;
  /** Somebody who takes part and has signed, in a language. */
  join(language?: string, site?: string): Promise<Joined>;
}

export interface Joined {
  readonly id: string;
  readonly device: Device;
}

export async function openQuestionnaireOffice(
  changes: Changes = {},
  options: OfficeOptions = {},
): Promise<QuestionnaireOffice> {
  return questionnaireOfficeFor(exampleWithQuestionnaires(changes), { items: { [STUDY]: [calmFile()] }, ...options });
}

/** The same for any study file with a consent; limits let a test ask as often as it likes. */
export async function questionnaireOfficeFor(
  json: { [key: string]: Json },
  options: OfficeOptions = {},
): Promise<QuestionnaireOffice> {
  const limits = { perAddress: 100_000, perSource: 100_000, perCaller: 100_000, wrongSecrets: 100_000 };
  const office = await officeFor(json, { limits, tokenIdleDays: 10_000, ...options });
  const { id: study, consent } = office.source;
  const version = String(json.version);
  const document = consent.versions[0]?.version ?? assert.fail('a consent without a version');
  return {
    ...office,
    version,
    async join(language = 'en', site) {
      const { device, id } = await enrolled(office, { study, ...(site !== undefined && { site }) });
      await signs(office, device, { version: document, language, studyVersion: version });
      return { device, id };
    },
  };
}

/** The same receiver with another study file, as after a restart. */
export function reopened(
  { store, keys, recordKeys }: Office,
  json: { [key: string]: Json },
  options: OfficeOptions = {},
): Promise<QuestionnaireOffice> {
  return questionnaireOfficeFor(json, {
    ...{ store, keys, recordKeys },
    items: { [STUDY]: [calmFile()] },
    ...options,
  });
}

type Part = QuestionnaireSubmission['parts'][number];

/** Answers to an instrument of the library, as it is now. */
export const answered = (instrument: string, answers: Record<string, number>, version = '1.0.0'): Part => ({
  ...{ instrument, version, itemsLocale: 'en', answers },
});

/** The same answer to each of so many items, which are named `q1` to the last. */
export function allOf(instrument: string, items: number, value: number, others: Record<string, number> = {}): Part {
  const same = Array.from({ length: items }, (_, index): [string, number] => [`q${index + 1}`, value]);
  return answered(instrument, { ...Object.fromEntries(same), ...others });
}

export const formPart = (form: string, answers: Answers): Part => ({ form, answers });

/** Everything that the example's baseline asks; nobody is in danger by it. */
export const BASELINE: readonly Part[] = [
  allOf('phq9', 9, 1, { q9: 0 }),
  answered('single_item_burnout', { q1: 2 }),
  answered('calm', { a: 2, b: 0, c: 1, d: 4 }, '1.2.0'),
  formPart('work', { 'sick-days': 2, home: 'north' }),
];

/** And what its later assessment asks. */
export const WEEK_12: readonly Part[] = [allOf('phq8', 8, 1), allOf('gad7', 7, 2), formPart('work', { home: 'south' })];

type Changed = { [Key in keyof QuestionnaireSubmission]?: QuestionnaireSubmission[Key] | undefined };

/** The example's baseline, with some members changed; undefined leaves one out. */
export function questionnaire(changes: Changed = {}): QuestionnaireSubmission {
  return JSON.parse(
    JSON.stringify({
      ...{ id: v7(), kind: 'questionnaire', study: STUDY, studyVersion: '1.2.0', mode: 'test', locale: 'en' },
      ...{ timeZone: 'America/Los_Angeles', startedAt: NOW, submittedAt: NOW, kit: 'steady-kit/0.1.0' },
      ...{ assessment: 'baseline', parts: BASELINE },
      ...changes,
    }),
  );
}

/** The same, sent now by the office's clock. */
export const sentNow = ({ clock }: Office, changes: Changed = {}): QuestionnaireSubmission =>
  questionnaire({ startedAt: clock.now, submittedAt: clock.now, ...changes });

/** Posts by the participant's write key, and takes it for granted that it is taken. */
export async function handedIn(
  office: Office,
  { device }: Pick<Joined, 'device'>,
  submission: QuestionnaireSubmission,
): Promise<Asked> {
  const answer = await postAs(office, device.writeKey, submission);
  assert.equal(answer.status, 201, answer.body);
  return answer;
}

/** What is kept of a submission beside its bytes. */
export async function keptOf(
  { store }: Office,
  { id, study }: Pick<QuestionnaireSubmission, 'id' | 'study'>,
): Promise<{ readonly row: QuestionnaireRow | undefined; readonly scores: readonly ScoreRow[] }> {
  return store.transaction(async (tx) => ({
    row: await tx.questionnaire(study, id),
    scores: await tx.scores(study, id),
  }));
}

/** Scores by instrument and subscale. */
export const byScale = (scores: readonly Pick<ScoreRow, 'instrument' | 'subscale' | 'score'>[]) =>
  Object.fromEntries(scores.map(({ instrument, subscale, score }) => [`${instrument} ${subscale}`, score]));

/** As `baseline open 2026-03-09 2026-04-06`, with the due day between where it is another. */
export async function myAssessments(
  office: Office,
  { device }: Pick<Joined, 'device'>,
  study = STUDY,
): Promise<string[]> {
  const { assessments = [] } = await me(office, device, study);
  return assessments.map(said);
}

function said({ id, state, opens, due, closes, doneAt }: MyAssessment): string {
  return [id, state, opens, ...(due === opens ? [] : [due]), closes, doneAt]
    .filter((one) => one !== undefined)
    .join(' ');
}

/** The steps, as `questionnaire due`, and which is next. */
export async function mySteps(office: Office, { device }: Pick<Joined, 'device'>, study = STUDY): Promise<string> {
  const { steps, next } = await me(office, device, study);
  return [...steps.map(({ id, state }) => `${id} ${state}`), `next ${next}`].join(', ');
}

/** An instrument of 23 items from 0 to 5, as the registry describes the Current Experiences Scale. The words are made up. */
export function cesFile(): ItemFile {
  const items = Array.from({ length: 23 }, (_, index) => ({
    ...{ id: `q${index + 1}`, options: 'agreement' },
    text: { en: `Statement ${index + 1}`, es: `Afirmación ${index + 1}` },
  }));
  const options = Array.from({ length: 6 }, (_, value) => ({
    value,
    text: { en: `Degree ${value}`, es: `Grado ${value}` },
  }));
  const total = { id: 'total', items: items.map(({ id }) => id), method: 'sum', range: { min: 0, max: 115 } };
  const instrument = {
    ...{ id: 'ces', version: '1.0.0', ship: 'site', languages: ['en', 'es'] },
    title: { en: 'Current experiences', es: 'Experiencias actuales' },
    citation: 'A scale made up for tests, of the form of Park 2021, doi:10.1177/21649561211000306.',
    licence: { terms: 'Ours.' },
    optionSets: { agreement: options },
    ...{ items, subscales: [{ ...total, higher: 'better', minAnswered: 23 }] },
    missing: { rule: 'Every item is needed.', basis: 'published' },
  };
  return { file: 'ces.instrument.json', text: JSON.stringify(instrument) };
}
