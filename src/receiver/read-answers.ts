import type { Problem, ProblemCode } from '../form/form.ts';
import { openForm, strayAnswers } from '../form/open-form.ts';
import type { Answers } from '../study/answers.ts';
import type { FormDefinition } from '../study/form-definition.ts';
import { chooseLanguage } from '../study/text.ts';
import type { Fault } from './refusal.ts';

/** What answers say when they are read by the form that asked for them. */
export interface Reading {
  readonly data: Answers;
  /** The questions that these answers show. */
  readonly shown: ReadonlySet<string>;
  /** Names and values that the form does not have. What carries any is malformed. */
  readonly faults: readonly Fault[];
  /** What is missing or out of the ordinary and still says what it says. */
  readonly deviations: readonly ('incomplete' | 'rule')[];
}

const MISSING: ReadonlySet<ProblemCode> = new Set(['required', 'row-required', 'other-required']);

/**
 * What an answer can break without being malformed: rules that may look at the day. It was right when it was given, and
 * it may have waited for weeks.
 */
const RULES: ReadonlySet<ProblemCode> = new Set(['rule', 'too-early', 'too-late']);

/** @param locale the language it was asked in */
export async function readAnswers(
  definition: FormDefinition,
  answers: Answers,
  { locale, languages }: { locale: string; languages: readonly string[] },
): Promise<Reading> {
  const form = await openForm(definition, { language: chooseLanguage(locale, languages), languages, answers });
  const strays = strayAnswers(definition, answers).map((name) => fault({ question: name, code: 'unknown-question' }));
  const problems = await form.problems();
  const odd = (codes: ReadonlySet<ProblemCode>) => problems.some(({ code }) => codes.has(code));
  return {
    data: form.data(),
    shown: form.shown,
    faults: [...strays, ...problems.filter(({ code }) => !MISSING.has(code) && !RULES.has(code)).map(fault)],
    deviations: [...(odd(MISSING) ? ['incomplete' as const] : []), ...(odd(RULES) ? ['rule' as const] : [])],
  };
}

/** As `readAnswers`, by a form that did not ask: what does not fit it is left aside, until the rest does. */
export async function readAsFarAsFits(
  definition: FormDefinition,
  answers: Answers,
  language: { locale: string; languages: readonly string[] },
): Promise<Reading> {
  const reading = await readAnswers(definition, answers, language);
  const misfits = new Set(reading.faults.map(({ path }) => path));
  const rest = Object.entries(answers).filter(([name]) => !misfits.has(pathOf(name)));
  // Leaving one out can bring another question on, so what is left is read again, until nothing more falls out.
  if (rest.length === Object.keys(answers).length) return reading;
  return readAsFarAsFits(definition, Object.fromEntries(rest), language);
}

function fault({ question, row, code }: Pick<Problem, 'question' | 'row'> & { code: string }): Fault {
  return { path: pathOf(question), code, ...(row !== undefined && { row }) };
}

function pathOf(question: string): string {
  return `answers.${question}`;
}
