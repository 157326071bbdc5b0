import { html, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { FieldContext } from '../field.ts';

/** The text that an `other` choice takes, once it is chosen. */
export function otherText(context: FieldContext, placeholder: string | undefined): TemplateResult {
  const { id, comment, say } = context;
  return html`
    <div class="other">
      <label class="quiet" for="${id}-other">${placeholder ?? say('other-label')}</label>
      <input
        id="${id}-other"
        class="input"
        type="text"
        autocomplete="off"
        .value=${live(typeof comment === 'string' ? comment : '')}
        @input=${(event: Event) => context.answerComment((event.currentTarget as HTMLInputElement).value)}
      />
    </div>`;
}

/** The id of a group's `index`-th control: the first has the question's own, so that links lead to it. */
export function controlId(id: string, index: number): string {
  return index === 0 ? id : `${id}-${index}`;
}
