import type { FormDefinition } from '../study/form-definition.ts';
import { elementsOf, isQuestion } from '../study/form-walk.ts';
import { pathText } from '../study/path.ts';
import { isText } from '../study/text.ts';

/** Properties that hold an expression: their presence is what makes a form one with logic. */
export const LOGIC: ReadonlySet<string> = new Set([
  'visibleIf',
  'enableIf',
  'requiredIf',
  'setValueIf',
  'setValueExpression',
  'resetValueIf',
  'defaultValueExpression',
  'choicesVisibleIf',
  'choicesEnableIf',
  'minValueExpression',
  'maxValueExpression',
  'expression',
  'calculatedValues',
]);

/** The first place where a definition needs an engine with logic, as a path; undefined where it needs none. */
export function logicIn(definition: FormDefinition): string | undefined {
  return search(definition, namesIn(definition), []);
}

/** Whether a part of a definition can be asked without an engine with logic. */
export function isPlain(part: object, definition: FormDefinition): boolean {
  return search(part, namesIn(definition), []) === undefined;
}

function namesIn(definition: FormDefinition): ReadonlySet<string> {
  const questions = [...elementsOf(definition)].map(({ element }) => element).filter(isQuestion);
  return new Set(questions.map(({ name }) => name.toLowerCase()));
}

function search(value: unknown, names: ReadonlySet<string>, path: readonly PropertyKey[]): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if (isText(value)) return pipes(Object.values(value), names) ? pathText(path) : undefined;
  const entries: [PropertyKey, unknown][] = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  for (const [key, part] of entries) {
    const here = [...path, key];
    if (key === 'defaultValue') continue;
    if (typeof key === 'string' && LOGIC.has(key) && part !== undefined) return pathText(here);
    const found = search(part, names, here);
    if (found !== undefined) return found;
  }
  return undefined;
}

/**
 * Piping: a text that names a question in braces, or one of its parts (`{home.name}`), or the text beside its `other`.
 * SurveyJS does not mind capitals, and leaves what it does not know as it stands.
 */
function pipes(texts: readonly string[], names: ReadonlySet<string>): boolean {
  return texts.some((text) =>
    [...text.matchAll(/\{\s*([^{}]+?)\s*\}/g)].some(([, inside = '']) => {
      const whole = inside.toLowerCase();
      const [part = ''] = whole.split(/[.[]/, 1);
      return [whole, part, whole.replace(/-comment$/, '')].some((name) => names.has(name));
    }),
  );
}
