import type { FormDefinition } from '../study/form-definition.ts';
import { elementsOf, isQuestion } from '../study/form-walk.ts';
import { pathText } from '../study/path.ts';
import { FormError } from './form-error.ts';
import { LOGIC } from './logic.ts';

/** What an engine can say of an expression. */
export interface ParsedExpression {
  canRun(): boolean;
  /** The names in braces. */
  getVariables(): readonly string[];
}

export interface ExpressionLanguage {
  parse(expression: string): ParsedExpression;
  readonly functions: readonly string[];
}

/**
 * Every expression of a definition must be one, ask about what the form has, and call what the engine knows: a broken
 * condition would otherwise be skipped in silence, and its question shown to everyone.
 *
 * @throws FormError `bad-expression`, naming the first place
 */
export function checkExpressions(definition: FormDefinition, language: ExpressionLanguage): void {
  const questions = [...elementsOf(definition)].map(({ element }) => element).filter(isQuestion);
  const calculated = definition.calculatedValues ?? [];
  const names = new Set([...questions, ...calculated].map(({ name }) => name.toLowerCase()));
  for (const { expression, path } of expressionsIn(definition, [])) {
    const fault = faultOf(expression, names, language);
    if (fault !== undefined) throw new FormError('bad-expression', `${pathText(path)}: ${fault}`, pathText(path));
  }
}

function faultOf(expression: string, names: ReadonlySet<string>, language: ExpressionLanguage): string | undefined {
  const parsed = language.parse(expression);
  if (!parsed.canRun()) {
    return `is not an expression: ${expression} Write it like {role} = 'md' and {age} >= 18.`;
  }
  const stranger = parsed.getVariables().find((name) => !isKnown(name.toLowerCase(), names));
  if (stranger !== undefined) {
    return `asks about {${stranger}}, which the form does not have. It has ${[...names].join(', ')}.`;
  }
  const unknown = calledIn(expression).find((name) => !language.functions.includes(name.toLowerCase()));
  return unknown === undefined
    ? undefined
    : `calls ${unknown}(), which the kit does not have. It has ${language.functions.join(', ')}.`;
}

/** Names that need no question: a choice's own value in its conditions, and the question's in its own. */
const BUILT_IN = new Set(['item', 'choice', 'self', 'locale']);

/** `{role}`, a part of it (`{score.p1}`, `{roles[0]}`), or the text beside its `other` (`{role-comment}`). */
function isKnown(variable: string, names: ReadonlySet<string>): boolean {
  const name = variable.replace(/^[#$]/, '');
  const [part = ''] = name.split(/[.[]/, 1);
  return [name, part, name.replace(/-comment$/, '')].some((one) => names.has(one) || BUILT_IN.has(one));
}

const OPERATORS = new Set([
  'and',
  'or',
  'not',
  'contains',
  'notcontains',
  'anyof',
  'allof',
  'noneof',
  'empty',
  'notempty',
]);

function calledIn(expression: string): readonly string[] {
  const bare = expression.replace(/'[^']*'|"[^"]*"|\{[^}]*\}/g, '');
  return [...bare.matchAll(/([a-z_]\w*)\s*\(/gi)].flatMap(([, name = '']) =>
    OPERATORS.has(name.toLowerCase()) ? [] : [name],
  );
}

function* expressionsIn(
  value: unknown,
  path: readonly PropertyKey[],
): Generator<{ expression: string; path: readonly PropertyKey[] }> {
  if (typeof value !== 'object' || value === null) return;
  const entries: [PropertyKey, unknown][] = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  for (const [key, part] of entries) {
    const here = [...path, key];
    if (typeof part === 'string' && typeof key === 'string' && LOGIC.has(key)) yield { expression: part, path: here };
    else if (key !== 'defaultValue') yield* expressionsIn(part, here);
  }
}
