import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { Choice } from '../../../src/form/form.ts';
import { choiceText, type FieldContext } from '../field.ts';

/** One choice as a whole row: the native control and its words in one label. */
export function choiceRow(options: {
  readonly choice: Choice;
  readonly type: 'radio' | 'checkbox';
  readonly id: string;
  readonly name: string;
  readonly checked: boolean;
  readonly disabled: boolean;
  readonly invalid: boolean;
  readonly say: FieldContext['say'];
  readonly chosen: (checked: boolean) => void;
}): TemplateResult {
  const { choice, type, id, name, checked, disabled, invalid, say, chosen } = options;
  return html`
    <label class="choice" part="choice">
      <input
        id=${id}
        type=${type}
        name=${name}
        .checked=${live(checked)}
        ?disabled=${disabled || !choice.enabled}
        aria-invalid=${invalid && type === 'checkbox' ? 'true' : nothing}
        @change=${(event: Event) => chosen((event.currentTarget as HTMLInputElement).checked)}
      />
      <span class="words">${choiceText(choice, say)}</span>
    </label>`;
}

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
