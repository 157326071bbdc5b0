import { isChoiceQuestion } from './choice-values.ts';
import { type Finding, repeated } from './finding.ts';
import type { FormDefinition } from './form-definition.ts';
import { elementsOf, isQuestion, type Placed, pageName, pagesOf } from './form-walk.ts';
import { lintQuestion } from './lint-question.ts';
import type { Study } from './schema.ts';

/** A form on its own: what it calls its pages and questions, and each question. */
export function* lintForm(
  form: FormDefinition,
  path: readonly PropertyKey[],
  study: Pick<Study, 'languages' | 'sites'>,
): Generator<Finding> {
  yield* repeated(pagesOf(form), [...path, 'pages'], pageName, 'name');
  const names = new Set<string>();
  const texts = new Set(
    [...elementsOf(form)].flatMap(({ element }) =>
      isQuestion(element) && isChoiceQuestion(element) ? [`${element.name}-Comment`] : [],
    ),
  );
  for (const placed of elementsOf(form)) {
    const here = [...path, ...placed.path];
    yield* lintName(placed, [...here, 'name'], names, texts);
    if (isQuestion(placed.element)) yield* lintQuestion(placed.element, here, study);
  }
}

function* lintName(
  { element: { name } }: Placed,
  path: readonly PropertyKey[],
  names: Set<string>,
  texts: ReadonlySet<string>,
): Generator<Finding> {
  if (names.has(name)) {
    yield {
      path,
      message: `is "${name}", which another element of this form has already.`,
      fix: 'Give each element a name of its own: answers are kept by name.',
    };
  }
  names.add(name);
  // Every object has a property of that name, so an answer could not be told from it.
  if (name in {}) yield { path, message: `is "${name}", which is reserved.`, fix: 'Choose another name.' };
  if (texts.has(name)) {
    yield {
      path,
      message: `is "${name}", where the text beside "other" is kept.`,
      fix: 'Choose a name that does not end in "-Comment".',
    };
  }
}
