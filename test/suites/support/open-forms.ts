import type { Form } from '../../../src/form/form.ts';
import type { OpenFormOptions } from '../../../src/form/open-form.ts';
import type { Answers } from '../../../src/study/answers.ts';
import type { FormDefinition } from '../../../src/study/form-definition.ts';
import { defineForm } from './define-form.ts';

/** Opens a form with the engine under test. */
export type OpenForm = (definition: FormDefinition, options: OpenFormOptions) => Form | Promise<Form>;

/** As it stands in a study file. */
export type Element = Readonly<Record<string, unknown>> & { readonly type: string; readonly name: string };

export const LANGUAGES = ['en', 'es'];

export const both = (en: string, es: string) => ({ en, es });

/** Opens forms as they stand in a study file: a whole one, or the elements of one page. */
export function openers(open: OpenForm) {
  const openJson = async (json: object, options: Partial<OpenFormOptions> = {}) =>
    open(await defineForm(json), { language: 'en', languages: LANGUAGES, ...options });
  const ask = (elements: readonly Element[], answers?: Answers) =>
    openJson({ elements }, answers === undefined ? {} : { answers });
  return { openJson, ask };
}
