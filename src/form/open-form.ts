import type { Answers } from '../study/answers.ts';
import type { FormDefinition } from '../study/form-definition.ts';
import { elementsOf, isQuestion } from '../study/form-walk.ts';
import type { Form } from './form.ts';
import { isAnswerName } from './form-base.ts';
import { logicIn } from './logic.ts';
import { openPlainForm } from './plain-form.ts';

export interface OpenFormOptions {
  /** The language to ask in. */
  readonly language: string;
  /** The study's languages, first one first: what a missing text falls back to. */
  readonly languages: readonly string[];
  /**
   * What was answered before, whole: defaults are for a form that is opened without, since one that is missing here was
   * taken back. Answers to questions that the form does not have are left out: see `strayAnswers`.
   */
  readonly answers?: Answers;
}

/**
 * Opens a form with the engine that its definition needs. The engine with logic is fetched here, when, and only when, it
 * is needed.
 *
 * @throws FormError `bad-expression` or `engine-failed`, naming the place
 */
export async function openForm(definition: FormDefinition, options: OpenFormOptions): Promise<Form> {
  const known = withoutStrays(definition, options);
  if (logicIn(definition) === undefined) return openPlainForm(definition, known);
  const { openSurveyForm } = await import('./survey-form.ts');
  return openSurveyForm(definition, known);
}

function withoutStrays(definition: FormDefinition, options: OpenFormOptions): OpenFormOptions {
  if (options.answers === undefined) return options;
  const stray = new Set(strayAnswers(definition, options.answers));
  return {
    ...options,
    answers: Object.fromEntries(Object.entries(options.answers).filter(([name]) => !stray.has(name))),
  };
}

/** The names in `answers` that no question of the form has, and no calculated value. */
export function strayAnswers(definition: FormDefinition, answers: Answers): readonly string[] {
  const questions = [...elementsOf(definition)].map(({ element }) => element).filter(isQuestion);
  const byName = new Map(questions.map((question) => [question.name, question]));
  const calculated = new Set(definition.calculatedValues?.map(({ name }) => name));
  return Object.keys(answers).filter((name) => !isAnswerName(byName, name) && !calculated.has(name));
}
