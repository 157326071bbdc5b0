/** What somebody answers in the assessments of the two trials: each item's lowest value, and a way through each form. */
import { loadInstrument } from '../../src/instruments/library.ts';
import { parseInstrument } from '../../src/instruments/parse-instrument.ts';
import type { Instrument } from '../../src/instruments/schema.ts';
import type { QuestionnaireSubmission } from '../../src/submission/questionnaire-submission.ts';
import { valuesOf } from '../instruments/instrument-arbitrary.ts';
import { answered, cesFile, formPart } from './questionnaire-office.ts';

export type Trial = 'keck' | 'mgh';

const TRIALS = {
  keck: {
    instruments: ['cbi', 'single_item_burnout', 'brs', 'phq8', 'gad7', 'sus'],
    forms: { 'work-and-absence': { job: 'same', 'sick-days': 3, 'sick-stress': 'yes', 'sick-stress-days': 2 } },
  },
  mgh: {
    instruments: ['ces', 'cbi', 'single_item_burnout', 'brs', 'phq8', 'gad7'],
    forms: {
      'work-and-absence': { job: 'other-home', 'left-because': ['pay', 'life'], 'sick-days': 0 },
      'health-behaviors': { 'sleep-hours': 6.5, tobacco: 'some-days', 'tobacco-change': 'less' },
      'home-safety': { 'feels-safe': 4 },
    },
  },
} as const;

const ces = parseInstrument(cesFile().text, cesFile().file);

/** The instruments that a trial asks, each time. */
export function instrumentsOf(trial: Trial): Promise<readonly Instrument[]> {
  return Promise.all(TRIALS[trial].instruments.map((id) => (id === 'ces' ? ces : loadInstrument(id))));
}

export const lowest = (one: Instrument): Record<string, number> =>
  Object.fromEntries(one.items.map((item) => [item.id, valuesOf(one, item)[0] ?? 0]));

/** Every part of an assessment of the trial: all of them ask the same. */
export async function partsOf(trial: Trial, language = 'en'): Promise<QuestionnaireSubmission['parts']> {
  return [
    ...(await instrumentsOf(trial)).map((one) => ({
      ...answered(one.id, lowest(one), one.version),
      itemsLocale: one.languages.includes(language) ? language : 'en',
    })),
    ...Object.entries(TRIALS[trial].forms).map(([form, answers]) => formPart(form, answers)),
  ];
}
