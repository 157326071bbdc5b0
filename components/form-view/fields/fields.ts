import { type CSSResult, html, type TemplateResult } from 'lit';
import type { Question } from '../../../src/form/form.ts';
import type { FieldContext } from '../field.ts';
import type { matrixField } from './matrix-field.ts';
import type { multipleChoiceField } from './multiple-choice-field.ts';
import type { selectField } from './select-field.ts';
import type { singleChoiceField } from './single-choice-field.ts';
import type { commentField, textField } from './text-field.ts';

type Styles = readonly CSSResult[];

/** What a module of fields gives: the fields it draws, by name, and how they look. */
interface FieldModules {
  readonly single: { readonly singleChoiceField: typeof singleChoiceField; readonly styles: Styles };
  readonly multiple: { readonly multipleChoiceField: typeof multipleChoiceField; readonly styles: Styles };
  readonly text: {
    readonly textField: typeof textField;
    readonly commentField: typeof commentField;
    readonly styles: Styles;
  };
  readonly select: { readonly selectField: typeof selectField; readonly styles: Styles };
  readonly matrix: { readonly matrixField: typeof matrixField; readonly styles: Styles };
}

const load: { readonly [Kind in keyof FieldModules]: () => Promise<FieldModules[Kind]> } = {
  single: () => import('./single-choice-field.ts'),
  multiple: () => import('./multiple-choice-field.ts'),
  text: () => import('./text-field.ts'),
  select: () => import('./select-field.ts'),
  matrix: () => import('./matrix-field.ts'),
};

const kinds: { readonly [Type in Question['type']]?: keyof FieldModules } = {
  radiogroup: 'single',
  boolean: 'single',
  rating: 'single',
  checkbox: 'multiple',
  text: 'text',
  comment: 'text',
  dropdown: 'select',
  matrix: 'matrix',
};

/** Which field draws which question. Each is fetched when a page has it, its styles with it. */
export class Fields {
  readonly #adopt: (styles: Styles) => void;
  readonly #at: { -readonly [Kind in keyof FieldModules]?: FieldModules[Kind] } = {};

  /** @param adopt adds the styles of a field that has arrived */
  constructor(adopt: (styles: Styles) => void) {
    this.#adopt = adopt;
  }

  /** Fetches what these questions need, if it is not there yet. */
  async prepare(questions: readonly Question[]): Promise<void> {
    const needed = new Set(questions.flatMap(({ type }) => kinds[type] ?? []));
    // The line of text beside an "other".
    if (questions.some((one) => 'choices' in one && one.choices.some(({ special }) => special === 'other')))
      needed.add('text');
    await Promise.all([...needed].map((kind) => this.#fetch(kind)));
  }

  draw(context: FieldContext): TemplateResult {
    const { question } = context;
    switch (question.type) {
      case 'radiogroup':
      case 'boolean':
      case 'rating':
        return this.#at.single?.singleChoiceField({ ...context, question }) ?? html``;
      case 'checkbox':
        return this.#at.multiple?.multipleChoiceField({ ...context, question }) ?? html``;
      case 'text':
        return this.#at.text?.textField({ ...context, question }) ?? html``;
      case 'comment':
        return this.#at.text?.commentField({ ...context, question }) ?? html``;
      case 'dropdown':
        return this.#at.select?.selectField({ ...context, question }) ?? html``;
      case 'matrix':
        return this.#at.matrix?.matrixField({ ...context, question }) ?? html``;
      case 'expression':
        return html`<div class="question"><p class="title">${question.title}</p><p class="calculated">${question.text}</p></div>`;
    }
  }

  async #fetch<Kind extends keyof FieldModules>(kind: Kind): Promise<void> {
    if (this.#at[kind] !== undefined) return;
    const module = await load[kind]();
    if (this.#at[kind] !== undefined) return;
    this.#at[kind] = module;
    this.#adopt(module.styles);
  }
}
