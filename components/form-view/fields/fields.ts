import { type CSSResult, html, type TemplateResult } from 'lit';
import type { Question } from '../../../src/form/form.ts';
import type { Field, FieldContext } from '../field.ts';

/** What a module of this folder gives: how its questions are drawn, and how that looks. */
interface FieldModule {
  readonly draw: Field<never>;
  readonly styles: readonly CSSResult[];
}

export const modules = {
  single: () => import('./single-choice-field.ts'),
  multiple: () => import('./multiple-choice-field.ts'),
  text: () => import('./text-field.ts'),
  select: () => import('./select-field.ts'),
  combobox: () => import('./combobox-field.ts'),
  matrix: () => import('./matrix-field.ts'),
} satisfies Record<string, () => Promise<FieldModule>>;

export type Kind = keyof typeof modules;

/** A dropdown with more choices than this is searched; a shorter one is the browser's own, which every phone knows. */
export const LONGEST_SELECT = 12;

/** The module that draws a question, and the one that its "other" needs; a calculated value needs none. */
function kindsOf(question: Question): readonly Kind[] {
  switch (question.type) {
    case 'radiogroup':
    case 'boolean':
    case 'rating':
      return ['single', ...other(question)];
    case 'checkbox':
      return ['multiple', ...other(question)];
    case 'dropdown':
      return [question.choices.length > LONGEST_SELECT ? 'combobox' : 'select', ...other(question)];
    case 'text':
    case 'comment':
      return ['text'];
    case 'matrix':
      return ['matrix'];
    case 'expression':
      return [];
  }
}

function other({ choices }: Extract<Question, { choices: unknown }>): readonly Kind[] {
  return choices.some(({ special }) => special === 'other') ? ['text'] : [];
}

/** Which field draws which question. Each is fetched when a page has it, its styles with it. */
export class Fields {
  readonly #adopt: (styles: readonly CSSResult[]) => void;
  readonly #at = new Map<Kind, FieldModule>();

  /** @param adopt adds the styles of a field that has arrived */
  constructor(adopt: (styles: readonly CSSResult[]) => void) {
    this.#adopt = adopt;
  }

  /** Fetches what these questions need, if it is not there yet. */
  async prepare(questions: readonly Question[]): Promise<void> {
    const needed = new Set(questions.flatMap(kindsOf));
    await Promise.all(
      [...needed].map(async (kind) => {
        const module: FieldModule = await modules[kind]();
        if (this.#at.has(kind)) return;
        this.#at.set(kind, module);
        this.#adopt(module.styles);
      }),
    );
  }

  draw(context: FieldContext): TemplateResult {
    const { question } = context;
    if (question.type === 'expression') {
      return html`<div class="question"><p class="title">${question.title}</p><p class="calculated">${question.text}</p></div>`;
    }
    const [kind] = kindsOf(question);
    // Logic may have lengthened or shortened a dropdown since its field was fetched: the other field can draw it as well.
    const stead = question.type === 'dropdown' ? (this.#at.get('combobox') ?? this.#at.get('select')) : undefined;
    const module = (kind && this.#at.get(kind)) ?? stead;
    // `kindsOf` gives each question to the module that draws its type.
    return module?.draw(context as FieldContext<never>) ?? html``;
  }
}
