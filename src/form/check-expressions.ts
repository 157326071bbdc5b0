import { isChoiceQuestion, specialChoices } from '../study/choice-values.ts';
import type { ElementDefinition, FormDefinition, QuestionDefinition } from '../study/form-definition.ts';
import { choiceValue, elementsOf, isQuestion, pagesOf } from '../study/form-walk.ts';
import { pathText } from '../study/path.ts';
import { show, useOneOf } from '../study/wording.ts';
import { isCalculatedDefault } from './defaults.ts';
import { FormError } from './form-error.ts';
import { LOGIC } from './logic.ts';
import { commentKey } from './questions.ts';

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
 * Every expression of a definition must be one, ask about what the form asks, and call what the engine knows: a broken
 * condition would otherwise be skipped in silence, and its question shown to everyone.
 *
 * @throws FormError `bad-expression`, naming the first place
 */
export function checkExpressions(definition: FormDefinition, language: ExpressionLanguage): void {
  const known = new Names(definition);
  for (const { expression, path } of expressionsIn(definition, [])) {
    const fault = faultOf(expression, path, known, language);
    if (fault !== undefined) throw new FormError('bad-expression', `${pathText(path)}: ${fault}`, pathText(path));
  }
}

function faultOf(
  expression: string,
  path: readonly PropertyKey[],
  known: Names,
  language: ExpressionLanguage,
): string | undefined {
  const parsed = language.parse(expression);
  if (!parsed.canRun()) {
    return `is ${show(expression)}, which is no expression. Write it like {role} = 'md' and {age} >= 18.`;
  }
  const functions = language.functions.map((name) => name.toLowerCase());
  const unknown = calledIn(expression).find((name) => !functions.includes(name.toLowerCase()));
  if (unknown !== undefined) {
    return `calls ${unknown}(), which the kit does not have. ${useOneOf(unknown, language.functions)}`;
  }
  for (const name of [...parsed.getVariables(), ...namedIn(expression)]) {
    if (isItem(name, path)) continue;
    const fault = known.faultOf(name);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

/** In the conditions of choices, the choice in question. */
function isItem(variable: string, path: readonly PropertyKey[]): boolean {
  return /^item$/i.test(variable) && path.some((key) => /^choices/.test(String(key)));
}

/** What the expressions of one form can ask about. SurveyJS does not mind capitals. */
class Names {
  readonly #written: readonly string[];
  readonly #known: ReadonlySet<string>;
  /** Questions that nobody is ever shown, and whose answer nothing but a default could be. */
  readonly #neverShown: ReadonlySet<string>;

  constructor(definition: FormDefinition) {
    const questions = [...elementsOf(definition)].map(({ element }) => element).filter(isQuestion);
    const calculated = (definition.calculatedValues ?? []).map(({ name }) => name);
    this.#written = [...questions.map(({ name }) => name), ...calculated];
    const parts = questions.flatMap((question) => [question.name, ...partsOf(question)]);
    this.#known = new Set([...parts, ...calculated, 'locale'].map((name) => name.toLowerCase()));
    this.#neverShown = new Set(neverShown(definition));
  }

  faultOf(variable: string): string | undefined {
    // `{roles[0]}` is one of several choices; `{#role}` and `{$role}` are ways to say `{role}`.
    const name = variable
      .replace(/^[#$]/, '')
      .replace(/\[\d+\]$/, '')
      .toLowerCase();
    if (this.#neverShown.has(name)) {
      return `asks about {${variable}}, which is never shown, so that nobody receives its answer. Use "calculatedValues", or a question of the type "expression".`;
    }
    if (this.#known.has(name)) return undefined;
    return `asks about {${variable}}, which the form does not have. ${useOneOf(variable.trim(), this.#written)}`;
  }
}

/** A row of a matrix, how many choices were made, and the text beside `other`. */
function partsOf(question: QuestionDefinition): readonly string[] {
  if (question.type === 'matrix') return question.rows.map((row) => `${question.name}.${choiceValue(row)}`);
  const other = isChoiceQuestion(question) && specialChoices(question).includes('other');
  return [
    ...(question.type === 'checkbox' ? [`${question.name}.length`] : []),
    ...(other ? [commentKey(question.name)] : []),
  ];
}

/** What is calculated is so wherever the form is opened, hidden or not. */
function neverShown(definition: FormDefinition): readonly string[] {
  const inside = (elements: readonly ElementDefinition[], hidden: boolean): readonly string[] =>
    elements.flatMap((element) => {
      const here = hidden || isHidden(element);
      if (element.type === 'panel') return inside(element.elements, here);
      const calculated = element.type === 'expression' || isCalculatedDefault(element);
      return here && !calculated ? [element.name.toLowerCase()] : [];
    });
  return pagesOf(definition).flatMap((page) => inside(page.elements, isHidden(page)));
}

function isHidden({ visible, visibleIf }: { visible?: boolean | undefined; visibleIf?: string | undefined }): boolean {
  return visible === false && visibleIf === undefined;
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

/** Questions that functions are told by name. */
function namedIn(expression: string): readonly string[] {
  const calls = expression.matchAll(/\b(?:displayValue|getComment)\s*\(\s*(['"])(.*?)\1/gi);
  return [...calls].map(([, , name = '']) => name);
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
