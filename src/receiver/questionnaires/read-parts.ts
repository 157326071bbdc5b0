import { checkAnswers } from '../../instruments/check-answers.ts';
import type { FormPart, InstrumentPart, QuestionnaireSubmission } from '../../submission/questionnaire-submission.ts';
import type { Deviation } from '../deviations.ts';
import { readAnswers, readAsFarAsFits } from '../read-answers.ts';
import type { Fault } from '../refusal.ts';
import type { Asked } from './asked.ts';
import type { Shelf } from './shelf.ts';

/** What a sitting's parts say when they are read by the instruments and forms that asked. */
export interface PartsReading {
  /** Parts, items and values that there are not. What carries any is malformed. */
  readonly faults: readonly Fault[];
  /** Each once. */
  readonly deviations: readonly Deviation[];
}

export interface PartsReader {
  readonly asked: Asked;
  readonly shelf: Shelf;
  readonly languages: readonly string[];
  /** Whether the version is known that asked; else forms are read as far as they fit. */
  readonly isKnown: boolean;
}

export async function readParts(
  { parts, locale }: Pick<QuestionnaireSubmission, 'parts' | 'locale'>,
  reader: PartsReader,
): Promise<PartsReading> {
  const names = parts.map(nameOf);
  const readings = await Promise.all(
    parts.map((part, index): PartsReading | Promise<PartsReading> => {
      const place = `parts[${index}]`;
      if (names.indexOf(nameOf(part)) < index) return faulty(place, 'repeated');
      return 'instrument' in part ? readInstrument(part, place, reader) : readForm(part, place, { ...reader, locale });
    }),
  );
  const { assessment, instruments, forms } = reader.asked;
  const wanted = assessment === undefined ? [] : [...instruments.keys(), ...forms.keys()];
  const deviations = [
    ...readings.flatMap((reading) => reading.deviations),
    ...(wanted.every((name) => names.includes(name)) ? [] : ['incomplete' as const]),
  ];
  return { faults: readings.flatMap(({ faults }) => faults), deviations: [...new Set(deviations)] };
}

/** The lint lets no form have the name of an instrument that is asked with it. */
const nameOf = (part: InstrumentPart | FormPart): string => ('instrument' in part ? part.instrument : part.form);

const faulty = (path: string, code: string): PartsReading => ({ faults: [{ path, code }], deviations: [] });

function readInstrument(part: InstrumentPart, place: string, { asked, shelf }: PartsReader): PartsReading {
  const { instrument, version, answers } = part;
  if (!asked.instruments.has(instrument)) return faulty(`${place}.instrument`, 'unknown-instrument');
  const rules = shelf.rules(instrument, version);
  if (rules === undefined) return faulty(`${place}.version`, 'unknown-version');
  const problems = checkAnswers(rules, answers);
  const isWhole = rules.items.every(({ id }) => Object.hasOwn(answers, id));
  return {
    faults: problems.map(({ item, code }) => ({ path: `${place}.answers.${item}`, code })),
    deviations: [
      ...(version === shelf.current(instrument) ? [] : ['instrument-version' as const]),
      ...(asked.assessment?.skipping === false && !isWhole ? ['incomplete' as const] : []),
    ],
  };
}

async function readForm(
  { form, answers }: FormPart,
  place: string,
  { asked, languages, locale, isKnown }: PartsReader & { readonly locale: string },
): Promise<PartsReading> {
  const definition = asked.forms.get(form);
  if (definition === undefined) return faulty(`${place}.form`, 'unknown-form');
  const read = isKnown ? readAnswers : readAsFarAsFits;
  const { faults, deviations } = await read(definition, answers, { locale, languages });
  // Of a version that is not known, what does not fit is kept as it came, and judged by nothing.
  const named = isKnown ? faults.map((fault) => ({ ...fault, path: `${place}.${fault.path}` })) : [];
  return { faults: named, deviations };
}
