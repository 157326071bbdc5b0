/** Sittings at the example's baseline (or what is asked instead), with the library's own instruments and the site's. */
import { Sitting, type SittingOptions } from '../../components/burnout-questionnaire/sitting.ts';
import type { Asked } from '../../components/burnout-questionnaire/which-questionnaire.ts';
import { loadInstrument } from '../../src/instruments/library.ts';
import { parseInstrument } from '../../src/instruments/parse-instrument.ts';
import type { Instrument } from '../../src/instruments/schema.ts';
import type { InstrumentEntry } from '../../src/study/assessments-part.ts';
import type { QuestionnaireStudy } from '../../src/study/read-questionnaires.ts';
import type { SittingDraft } from '../../src/submission/draft.ts';
import { sampleInstrument } from '../instruments/sample-instrument.ts';
import { questionnaireStudy } from './questionnaire-study.ts';

const study = await questionnaireStudy();
const calm = parseInstrument(JSON.stringify(sampleInstrument()), 'calm.json');

/** The library's, or the one that the example's site brings. */
export const bring = async ({ id }: InstrumentEntry): Promise<Instrument> =>
  id === calm.id ? calm : loadInstrument(id);

/** The assessment of a study, as it is asked. */
export function askedOf({ assessments = [] }: QuestionnaireStudy, id: string): Asked {
  const assessment = assessments.find((one) => one.id === id);
  if (assessment === undefined) throw new Error(`The study has no assessment "${id}".`);
  return { kind: 'assessment', assessment, mine: undefined };
}

export const sittingOptions = (more: Partial<SittingOptions> = {}): SittingOptions => ({
  study,
  asked: askedOf(more.study ?? study, 'baseline'),
  ...{ language: 'en', source: undefined, mode: 'live', load: bring },
  ...{ now: () => new Date('2026-03-09T09:00:00.000Z'), newId: () => '0195d3a0-0000-7000-8000-000000000001' },
  ...more,
});

export async function openSitting(more: Partial<SittingOptions> = {}, draft?: SittingDraft): Promise<Sitting> {
  return (await Sitting.open(sittingOptions(more), draft)).sitting;
}

/** As a tab or a receiver gives it back. */
export const kept = (draft: SittingDraft): SittingDraft => JSON.parse(JSON.stringify(draft));
