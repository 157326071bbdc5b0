import type { FormDefinition } from './form-definition.ts';
import { elementsOf } from './form-walk.ts';
import type { Screening, Site } from './schema.ts';
import { asText } from './text.ts';

/** Writes the study's sites into every question that takes its choices from them. Changes the parsed copy it is given. */
export function expandSites<Part extends { screening?: Screening | undefined; sites?: Site[] | undefined }>(
  study: Part,
): Part {
  const sites = study.sites ?? [];
  for (const form of study.screening ? [study.screening.form, study.screening.contact] : []) fill(form, sites);
  return study;
}

function fill(form: FormDefinition, sites: readonly Site[]): void {
  for (const { element } of elementsOf(form)) {
    if (!('choicesFrom' in element) || element.choicesFrom !== 'sites') continue;
    element.choices = sites.map((site) => ({ value: site.id, text: asText(site.title) }));
    delete element.choicesFrom;
  }
}
