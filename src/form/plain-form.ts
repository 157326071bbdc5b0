import type { Answers, Value } from '../study/answers.ts';
import type { FormDefinition } from '../study/form-definition.ts';
import { elementsOf, isQuestion } from '../study/form-walk.ts';
import { textIn } from '../study/text.ts';
import { FormBase } from './form-base.ts';
import { plainLens } from './lens.ts';

/** A form without logic: what is written is what is asked. Small and synchronous. */
export function openPlainForm(
  definition: FormDefinition,
  options: { language: string; languages: readonly string[]; answers?: Answers },
): FormBase {
  const { language, languages, answers } = options;
  const lens = plainLens((text) => textIn(text, language, languages));
  return new FormBase(definition, language, lens, answers ?? defaultsOf(definition));
}

function defaultsOf(definition: FormDefinition): Answers {
  const questions = [...elementsOf(definition)].map(({ element }) => element).filter(isQuestion);
  return Object.fromEntries(
    questions.flatMap(({ name, defaultValue }) => (defaultValue === undefined ? [] : [[name, defaultValue as Value]])),
  );
}
