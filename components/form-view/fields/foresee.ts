import type { ElementDefinition, FormDefinition } from '../../../src/study/form-definition.ts';
import { elementsOf } from '../../../src/study/form-walk.ts';
import { type Kind, LONGEST_SELECT, modules } from './fields.ts';

const kinds: Readonly<Record<ElementDefinition['type'], readonly Kind[]>> = {
  radiogroup: ['single'],
  boolean: ['single'],
  rating: ['single'],
  checkbox: ['multiple'],
  dropdown: ['select'],
  text: ['text'],
  comment: ['text'],
  matrix: ['matrix'],
  expression: [],
  html: [],
  panel: [],
};

/**
 * Fetches the fields of every question that these forms have, those that logic may bring on later included: whoever has
 * begun can go on to the end without a network. A page asks for them again, and finds them here.
 */
export async function foresee(...forms: readonly FormDefinition[]): Promise<void> {
  const elements = forms.flatMap((form) => [...elementsOf(form)].map(({ element }) => element));
  // To write beside "other", and to reach a person, takes text.
  const needed = new Set<Kind>([
    'text',
    ...elements.flatMap((element) => (isSearched(element) ? [] : kinds[element.type])),
  ]);
  if (elements.some(isSearched)) needed.add('combobox');
  await Promise.all([...needed].map((kind) => modules[kind]()));
}

function isSearched(element: ElementDefinition): boolean {
  return element.type === 'dropdown' && (element.choices?.length ?? 0) > LONGEST_SELECT;
}
