import type {
  ChoiceDefinition,
  ElementDefinition,
  FormDefinition,
  PageDefinition,
  QuestionDefinition,
} from './form-definition.ts';

/** One element of a form with its place in the definition, panels included. */
export interface Placed {
  readonly element: ElementDefinition;
  readonly path: readonly PropertyKey[];
}

/** The pages of a form; elements without pages are one page. */
export function pagesOf(definition: FormDefinition): readonly PageDefinition[] {
  return 'pages' in definition ? definition.pages : [{ elements: definition.elements }];
}

/** A page without a name is called by its place: `page1` is the first. */
export function pageName(page: PageDefinition, index: number): string {
  return page.name ?? `page${index + 1}`;
}

export function* elementsOf(definition: FormDefinition): Generator<Placed> {
  if (!('pages' in definition)) {
    yield* inside(definition.elements, ['elements']);
    return;
  }
  for (const [index, page] of definition.pages.entries()) yield* inside(page.elements, ['pages', index, 'elements']);
}

function* inside(elements: readonly ElementDefinition[], path: readonly PropertyKey[]): Generator<Placed> {
  for (const [index, element] of elements.entries()) {
    yield { element, path: [...path, index] };
    if (element.type === 'panel') yield* inside(element.elements, [...path, index, 'elements']);
  }
}

export function isQuestion(element: ElementDefinition): element is QuestionDefinition {
  return element.type !== 'html' && element.type !== 'panel';
}

/** The value of a choice, column or row, however it was written. */
export function choiceValue(choice: ChoiceDefinition): string | number | boolean {
  return typeof choice === 'object' ? choice.value : choice;
}
