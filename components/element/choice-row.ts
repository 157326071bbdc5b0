import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';

export interface ChoiceRow {
  readonly words: string;
  readonly type: 'radio' | 'checkbox';
  readonly id: string;
  readonly name: string;
  readonly checked: boolean;
  readonly disabled?: boolean;
  /** What is wrong with the question it belongs to. */
  readonly invalid?: boolean;
  readonly describedBy?: string | undefined;
  readonly chosen: (checked: boolean) => void;
}

/** One choice as a whole row: the native control and its words in one label. */
export function choiceRow(row: ChoiceRow): TemplateResult {
  const { words, type, id, name, checked, disabled = false, invalid = false, describedBy, chosen } = row;
  return html`
    <label class="choice" part="choice">
      <input
        id=${id}
        type=${type}
        name=${name}
        .checked=${live(checked)}
        ?disabled=${disabled}
        aria-invalid=${invalid && type === 'checkbox' ? 'true' : nothing}
        aria-describedby=${describedBy ?? nothing}
        @change=${(event: Event) => chosen((event.currentTarget as HTMLInputElement).checked)}
      />
      <span class="words">${words}</span>
    </label>`;
}
