import { html, type TemplateResult } from 'lit';
import type { Question } from '../../../src/form/form.ts';
import { type FieldContext, help, title } from '../field.ts';
import type { matrixField } from './matrix-field.ts';
import { multipleChoiceField } from './multiple-choice-field.ts';
import type { selectField } from './select-field.ts';
import { singleChoiceField } from './single-choice-field.ts';
import { commentField, textField } from './text-field.ts';

/**
 * Which field draws which question. The common ones are at hand; the others are fetched when a form has them, before
 * its first page is drawn.
 */
export class Fields {
  #matrix: typeof matrixField | undefined;
  #select: typeof selectField | undefined;

  /** Fetches what these questions need beyond the common fields. */
  async prepare(questions: readonly Question[]): Promise<void> {
    const types = new Set(questions.map(({ type }) => type));
    const [matrix, select] = await Promise.all([
      types.has('matrix') ? import('./matrix-field.ts') : undefined,
      types.has('dropdown') ? import('./select-field.ts') : undefined,
    ]);
    this.#matrix ??= matrix?.matrixField;
    this.#select ??= select?.selectField;
  }

  draw(context: FieldContext): TemplateResult {
    const { question } = context;
    switch (question.type) {
      case 'radiogroup':
      case 'boolean':
      case 'rating':
        return singleChoiceField({ ...context, question });
      case 'checkbox':
        return multipleChoiceField({ ...context, question });
      case 'text':
        return textField({ ...context, question });
      case 'comment':
        return commentField({ ...context, question });
      case 'dropdown':
        return this.#select?.({ ...context, question }) ?? html``;
      case 'matrix':
        return this.#matrix?.({ ...context, question }) ?? html``;
      case 'expression':
        return html`<div class="question">${title(context)} ${help(context)}<p class="calculated">${question.text}</p></div>`;
    }
  }
}
