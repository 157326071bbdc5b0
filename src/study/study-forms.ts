import type { Assessment } from './assessments-part.ts';
import type { FormDefinition } from './form-definition.ts';
import type { Study } from './schema.ts';

/** Every form of a study, wherever it stands: for whoever opens, lints or fills them all. */

export interface PlacedForm {
  readonly form: FormDefinition;
  readonly path: readonly PropertyKey[];
}

/** Each form once, where it is written. */
export function formsIn({
  screening,
  assessments = [],
}: Pick<Study, 'screening' | 'assessments'>): readonly PlacedForm[] {
  const screened = screening && [
    { form: screening.form, path: ['screening', 'form'] },
    { form: screening.contact, path: ['screening', 'contact'] },
  ];
  const assessed = assessments.flatMap(({ forms = {} }, index) =>
    Object.entries(forms).flatMap(([name, form]) =>
      'sameAs' in form ? [] : [{ form, path: ['assessments', index, 'forms', name] }],
    ),
  );
  return [...(screened ?? []), ...assessed];
}

/** A form of an assessment, also where another one's is meant; undefined where it has none of that name. */
export function formOf(assessments: readonly Assessment[], id: string, name: string): FormDefinition | undefined {
  const index = assessments.findIndex((one) => one.id === id);
  const forms = assessments[index]?.forms ?? {};
  const entry = Object.hasOwn(forms, name) ? forms[name] : undefined;
  if (entry === undefined || !('sameAs' in entry)) return entry;
  return formOf(assessments.slice(0, index), entry.sameAs, name);
}
