import { type FormAtOnce, openForm, openFormAtOnce } from '../../src/form/open-form.ts';
import type { Answers } from '../../src/study/answers.ts';
import type { FormDefinition } from '../../src/study/form-definition.ts';
import { elementsOf, isQuestion } from '../../src/study/form-walk.ts';
import { formOf } from '../../src/study/study-forms.ts';
import { foresee } from '../form-view/fields/foresee.ts';
import type { SittingOptions } from './sitting.ts';

/** The study's own forms of an assessment: their engines are fetched after the first page. */

type Of = Pick<SittingOptions, 'asked' | 'study'>;

/** As far as it can be answered at once, and whole. @param answers none where nobody has been there: then defaults count */
export async function openStudyForm(
  options: Of,
  name: string,
  language: string,
  answers: Answers | undefined,
): Promise<FormAtOnce> {
  const { languages } = options.study;
  return openFormAtOnce(await definitionOf(options, name), { language, languages, ...(answers && { answers }) });
}

/** What is handed in: hidden questions do not count, calculated values do, and the form's engine knows both. */
export async function formData(options: Of, name: string, language: string, answers: Answers): Promise<Answers> {
  const { languages } = options.study;
  return (await openForm(await definitionOf(options, name), { language, languages, answers })).data();
}

/** Fetches what these forms are drawn and checked with. Resolves to how many questions each has. */
export async function foreseeForms(options: Of): Promise<ReadonlyMap<string, number>> {
  const { asked } = options;
  if (asked.kind === 'instrument') return new Map();
  const names = Object.keys(asked.assessment.forms ?? {});
  const definitions = await Promise.all(names.map((name) => definitionOf(options, name)));
  await foresee(...definitions);
  await Promise.all(definitions.map((form) => openForm(form, { language: '', languages: options.study.languages })));
  return new Map(
    definitions.map((form, index) => [
      names[index] ?? '',
      [...elementsOf(form)].filter(({ element }) => isQuestion(element)).length,
    ]),
  );
}

async function definitionOf({ asked, study }: Of, name: string): Promise<FormDefinition> {
  const id = asked.kind === 'assessment' ? asked.assessment.id : '';
  const definition = formOf(await study.whole(), id, name);
  if (definition === undefined) throw new Error(`The assessment "${id}" has no form "${name}".`);
  return definition;
}
