import type { Answers } from '../study/answers.ts';
import type { FormDefinition } from '../study/form-definition.ts';
import { textIn } from '../study/text.ts';
import { defaultsOf } from './defaults.ts';
import { FormBase } from './form-base.ts';
import { plainLens } from './lens.ts';

/** A form without logic: what is written is what is asked. Small and synchronous. */
export function openPlainForm(
  definition: FormDefinition,
  options: { language: string; languages: readonly string[]; answers?: Answers },
): FormBase {
  const { language, languages, answers } = options;
  const lens = plainLens((text) => textIn(text, language, languages));
  return new PlainForm(definition, language, lens, answers ?? defaultsOf(definition));
}

/** No answer changes what is asked, so an answer to a long form costs no more than one to a short one. */
class PlainForm extends FormBase {
  protected override redescribe(): void {}
}
