/** A small trial, run through the receiver's own routes: people who go different ways, and a clock that is moved on for them. */
import assert from 'node:assert/strict';
import type { Answers } from '../../src/study/answers.ts';
import { exampleWithConsent } from './consent.ts';
import { documentIn, STUDY, signs, taken, unsigned, withdrawal } from './consent-office.ts';
import { me, newDevice, passDays } from './participants.ts';
import {
  BASELINE,
  calmFile,
  exampleWithQuestionnaires,
  formPart,
  handedIn,
  type Joined,
  type QuestionnaireOffice,
  questionnaireOfficeFor,
  sentNow,
  WEEK_12,
} from './questionnaire-office.ts';
import { contact, type OfficeOptions, screening } from './receiver.ts';
import { type Changes, type Json, withChanges } from './studies.ts';

/** The example study with everything: screening, consent, assessments with a question in free text, arms, allocation. */
export function trialStudy(changes: Changes = {}): { [key: string]: Json } {
  const study = exampleWithQuestionnaires({ screening: exampleWithConsent().screening ?? null });
  const words: Json = { type: 'comment', name: 'words', title: { en: 'In your words', es: 'En sus palabras' } };
  const shifts: Json = {
    ...{ type: 'checkbox', name: 'shifts', title: { en: 'Shifts', es: 'Turnos' }, showOtherItem: true },
    choices: [
      { value: 'day', text: { en: 'Day', es: 'Día' } },
      { value: 'night', text: { en: 'Night', es: 'Noche' } },
    ],
  };
  const [baseline] = study.assessments as { forms: { work: { elements: Json[] } } }[];
  baseline?.forms.work.elements.push(words, shifts);
  return withChanges(study, changes);
}

export function openTrial(changes: Changes = {}, options: OfficeOptions = {}): Promise<QuestionnaireOffice> {
  return questionnaireOfficeFor(trialStudy(changes), { items: { [STUDY]: [calmFile()] }, ...options });
}

/** How far somebody comes. */
export type Way =
  | 'ineligible'
  | 'incomplete'
  | 'eligible'
  | 'undecided'
  | 'declines'
  | 'withdraws-before'
  | 'waits'
  | 'baseline'
  | 'withdraws-after'
  | 'stops'
  | 'week-12';

export const ELIGIBLE: Answers = { role: 'nurse', adult: true, since: '2020-01-01', home: 'north' };
const SCREENED: Readonly<Partial<Record<Way, Answers>>> = {
  ineligible: { ...ELIGIBLE, adult: false },
  incomplete: { role: 'nurse', since: '2020-01-01' },
};

export interface Person extends Joined {
  readonly way: Way;
}

/** Where somebody's answers are to differ from the example's. */
export interface Manner {
  readonly source?: string;
  readonly screened?: Answers;
  /** Of the baseline's form. */
  readonly work?: Answers;
}

const NOT_BEFORE_BASELINE: ReadonlySet<Way> = new Set(['undecided', 'declines', 'withdraws-before', 'waits']);

/** Up to the baseline, today. Undefined for who never enrols. */
export async function begin(office: QuestionnaireOffice, way: Way, manner: Manner = {}): Promise<Person | undefined> {
  const { version } = office;
  const { source, work = { 'sick-days': 2, home: 'north' } } = manner;
  const device = await newDevice();
  const times = { startedAt: office.clock.now, submittedAt: office.clock.now };
  const envelope = { study: STUDY, studyVersion: version, ...times, ...(source !== undefined && { source }) };
  const screened = screening({ ...envelope, answers: { ...(SCREENED[way] ?? ELIGIBLE), ...manner.screened } });
  assert.equal((await office.post(screened)).status, 201);
  if (way === 'ineligible' || way === 'incomplete' || way === 'eligible') return undefined;
  const reached = contact(screened, {
    ...envelope,
    answers: { email: `p${screened.id}@example.org` },
    ...device.hashes,
  });
  assert.equal((await office.post(reached)).receipt().next, 'enrolled');
  const person = { id: (await me(office, device, STUDY)).participant, device, way };
  if (way === 'undecided') return person;
  if (way === 'declines') {
    await taken(office, device, await unsigned(documentIn(office), 'declined', { studyVersion: version }));
    return person;
  }
  await signs(office, device, { studyVersion: version, ...times });
  if (way === 'withdraws-before') await taken(office, device, withdrawal('study', { studyVersion: version }));
  if (NOT_BEFORE_BASELINE.has(way)) return person;
  const parts = [...BASELINE.slice(0, -1), formPart('work', work)];
  await handedIn(office, person, sentNow(office, { studyVersion: version, parts }));
  return person;
}

/** What those who have begun do in the weeks after, with the clock moved to the end of the windows. */
export async function goOn(office: QuestionnaireOffice, people: readonly (Person | undefined)[]): Promise<void> {
  const { version: studyVersion } = office;
  passDays(office, 7);
  for (const person of people) {
    if (person?.way === 'withdraws-after') {
      await taken(office, person.device, withdrawal('study', { studyVersion, erase: true }));
    }
    if (person?.way === 'stops') await taken(office, person.device, withdrawal('intervention', { studyVersion }));
  }
  passDays(office, 7 * 11 + 2);
  for (const person of people) {
    if (person?.way !== 'week-12' && person?.way !== 'stops') continue;
    await handedIn(office, person, sentNow(office, { studyVersion, assessment: 'week-12', parts: [...WEEK_12] }));
  }
  passDays(office, 60);
}
