import type { Answers } from '../study/answers.ts';
import type { FormDefinition } from '../study/form-definition.ts';
import { elementsOf, isQuestion } from '../study/form-walk.ts';
import type { Form } from './form.ts';
import { isAnswerName } from './form-base.ts';
import { FormError } from './form-error.ts';
import { logicIn } from './logic.ts';
import { openPlainForm } from './plain-form.ts';
import { previewOf } from './preview.ts';
import { commentKey } from './questions.ts';

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

/** The engine with logic. */
type Engine = Pick<typeof import('./survey-form.ts'), 'openSurveyForm'>;

const fetchEngine = (): Promise<Engine> => import('./survey-form.ts');

/**
 * Opens a form with the engine that its definition needs. The engine with logic is fetched here, when, and only when, it
 * is needed.
 *
 * @throws FormError `bad-expression`, naming the place; `engine-failed` for a definition that the engine refuses, or
 *   where it cannot be fetched
 */
export async function openForm(
  definition: FormDefinition,
  options: OpenFormOptions,
  load = fetchEngine,
): Promise<Form> {
  const known = withoutStrays(definition, options);
  if (logicIn(definition) === undefined) return openPlainForm(definition, known);
  const { openSurveyForm } = await arrived(load());
  return openSurveyForm(definition, known);
}

async function arrived(engine: Promise<Engine>): Promise<Engine> {
  try {
    return await engine;
  } catch (cause) {
    throw new FormError('engine-failed', 'The part of the kit that forms with logic need cannot be fetched.', '', {
      cause,
    });
  }
}

/** A form that can be answered at once, and the same with its logic, where it has some. */
export interface FormAtOnce {
  readonly form: Form;
  /**
   * Where `form` is only what can be asked before the engine is there: takes the answers given meanwhile over into the
   * whole form, again as often as it is called. Rejects as `openForm`.
   */
  readonly whole?: Promise<(answers: Answers) => Form>;
}

/**
 * As `openForm`, without waiting for an engine: the first page's questions without conditions can be answered while it
 * is fetched. Where there are none, or later pages were answered before, it is waited for all the same.
 */
export async function openFormAtOnce(
  definition: FormDefinition,
  options: OpenFormOptions,
  load = fetchEngine,
): Promise<FormAtOnce> {
  const known = withoutStrays(definition, options);
  if (logicIn(definition) === undefined) return { form: openPlainForm(definition, known) };
  const engine = arrived(load());
  const preview = previewOf(definition);
  const further = preview === undefined || strayAnswers(preview, known.answers ?? {}).length > 0;
  if (further) return { form: (await engine).openSurveyForm(definition, known) };
  const form = openPlainForm(preview, known);
  const whole = engine.then(({ openSurveyForm }) => {
    const opened = openSurveyForm(definition, known);
    return (answers: Answers) => {
      // One by one, as a participant would: what was set, changed and taken back meanwhile.
      for (const name of [...form.shown].flatMap((question) => [question, commentKey(question)])) {
        if (opened.answers[name] !== answers[name]) opened.answer(name, answers[name]);
      }
      return opened;
    };
  });
  return { form, whole };
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
