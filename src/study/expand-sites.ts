import type { FormDefinition } from './form-definition.ts';
import { elementsOf } from './form-walk.ts';
import type { Site } from './schema.ts';
import { asText } from './text.ts';

/** Writes the study's sites into every question that takes its choices from them. Changes the parsed forms it is given. */
export function expandSites(forms: readonly FormDefinition[], sites: readonly Site[] = []): void {
  for (const { element } of forms.flatMap((form) => [...elementsOf(form)])) {
    if (!('choicesFrom' in element) || element.choicesFrom !== 'sites') continue;
    element.choices = sites.map((site) => ({ value: site.id, text: asText(site.title) }));
    delete element.choicesFrom;
  }
}
