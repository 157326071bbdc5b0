import type { ConsentVersion } from './consent-part.ts';
import { type Finding, repeated } from './finding.ts';
import { useOneOf } from './wording.ts';

/** Comprehension checks and optional choices: ids that are unique, references that lead somewhere. */

type Path = readonly PropertyKey[];

export function* lintConsentQuestions(version: ConsentVersion, path: Path): Generator<Finding> {
  const { checks = [], choices = [], sections } = version;
  const ids = sections.map(({ id, kind }) => id ?? kind);
  yield* repeated(checks, [...path, 'checks'], ({ id }) => id, 'id');
  yield* repeated(choices, [...path, 'choices'], ({ id }) => id, 'id');
  for (const [index, check] of checks.entries()) {
    const here = [...path, 'checks', index];
    yield* lintSectionName(check.section, ids, here);
    yield* repeated(check.options, [...here, 'options'], ({ value }) => value, 'value');
    const values = check.options.map(({ value }) => value);
    if (!values.includes(check.answer)) {
      const fix = useOneOf(check.answer, values);
      yield { path: [...here, 'answer'], message: `is ${JSON.stringify(check.answer)}, which is no option.`, fix };
    }
  }
  for (const [index, choice] of choices.entries()) {
    const here = [...path, 'choices', index];
    if (choice.section !== undefined) yield* lintSectionName(choice.section, ids, here);
    yield* repeated(choice.options, [...here, 'options'], ({ value }) => value, 'value');
  }
}

function* lintSectionName(name: string, ids: readonly string[], path: Path): Generator<Finding> {
  if (ids.includes(name)) return;
  const message = `is ${JSON.stringify(name)}, which is no section of this document.`;
  yield { path: [...path, 'section'], message, fix: useOneOf(name, ids) };
}
