import type { ElementDefinition, FormDefinition, PageDefinition } from '../study/form-definition.ts';
import { pageName, pagesOf } from '../study/form-walk.ts';
import { isPlain } from './logic.ts';

/**
 * What of a form with logic can be asked before its engine is there: the first page's questions without conditions. The
 * other pages stand behind it only so that progress can be told; nobody gets there without the engine.
 *
 * @returns undefined where the first page has nothing that can be asked without logic
 */
export function previewOf(definition: FormDefinition): FormDefinition | undefined {
  const [first, ...others] = pagesOf(definition).map((page, index) => ({ ...page, name: pageName(page, index) }));
  if (first === undefined || !certain(first)) return undefined;
  const elements = plainElements(first.elements, definition);
  if (elements.length === 0) return undefined;
  const rest = others
    .filter(certain)
    .map(({ name, elements: all }) => ({ name, elements: plainElements(all, definition) }));
  const { title, description } = definition;
  return {
    ...plainTexts({ title, description }, definition),
    pages: [{ ...plainHead(first, definition), elements }, ...rest],
  };
}

/** Whether the page is shown, and open to answers, whatever is answered. */
function certain(page: PageDefinition): boolean {
  return page.visible !== false && page.visibleIf === undefined && page.enableIf === undefined;
}

function plainHead({ title, description, elements: _, ...page }: PageDefinition, definition: FormDefinition) {
  return { ...page, ...plainTexts({ title, description }, definition) };
}

/** Those that pipe no answer. */
function plainTexts(
  { title, description }: Pick<PageDefinition, 'title' | 'description'>,
  definition: FormDefinition,
): Pick<PageDefinition, 'title' | 'description'> {
  return {
    ...(title !== undefined && isPlain({ title }, definition) && { title }),
    ...(description !== undefined && isPlain({ description }, definition) && { description }),
  };
}

function plainElements(elements: readonly ElementDefinition[], definition: FormDefinition): ElementDefinition[] {
  return elements.filter((element) => isPlain(element, definition));
}
