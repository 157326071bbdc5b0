import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { SingleChoice } from '../../../src/form/form.ts';
import { choseOther } from '../../../src/form/questions.ts';
import { describedBy, type FieldContext, help, problemText, title } from '../field.ts';
import { otherText } from './choice-rows.ts';
import { type Listed, markMatches, type Offer } from './filter-choices.ts';

/** What a long dropdown looks like, by the ARIA practices for an editable combobox. Templates alone. */

export interface ComboboxState {
  /** In the line of text. */
  readonly text: string;
  /** What the list is filtered by. */
  readonly filter: string;
  /** What the open list offers; undefined while it is closed. */
  readonly offer: Offer | undefined;
  /** How many of the results are drawn. */
  readonly drawn: number;
  /** Which of the options is active; -1: none. */
  readonly active: number;
  /** What a screen reader says of the list. */
  readonly spoken: string;
}

export interface ComboboxActions {
  readonly focused: () => void;
  readonly left: (event: FocusEvent) => void;
  readonly clicked: (event: Event) => void;
  readonly typed: (event: Event) => void;
  readonly pressed: (event: KeyboardEvent) => void;
  readonly cleared: () => void;
  readonly toggled: () => void;
  readonly picked: (event: Event) => void;
  readonly scrolled: (event: Event) => void;
}

export function comboboxView(
  context: FieldContext<SingleChoice>,
  { text, filter, offer, drawn, active, spoken }: ComboboxState,
  act: ComboboxActions,
): TemplateResult {
  const { question, value, id, problems, say } = context;
  const { readOnly } = question;
  const hint = question.description === undefined ? say('filter-help') || undefined : undefined;
  const expanded = offer ? 'true' : 'false';
  const optionId = (at: number) => `${id}-option-${at}`;
  const { options, results, found } = offer ?? { options: [], results: 0, found: 0 };
  const row = ({ choice, text: words }: Listed, at: number) => html`<div
    id=${optionId(at)}
    class=${at === active ? 'option active' : 'option'}
    role="option"
    data-at=${at}
    aria-selected=${choice.value === value ? 'true' : 'false'}
    aria-disabled=${choice.enabled ? nothing : 'true'}
    aria-setsize=${options.length - results + found}
    aria-posinset=${at < results ? at + 1 : at + 1 - results + found}
  ><span>${markMatches(words, at < results ? filter : '').map((part) =>
    part.matched ? html`<mark>${part.text}</mark>` : part.text,
  )}</span></div>`;
  const special = options.slice(results);
  const more = results < found ? say('filter-more', { shown: results, count: found }) : '';
  const remark = offer && found === 0 ? say('filter-none') : more;
  return html`
    <div class="question">
      <label id="${id}-label" for=${id}>${title(context)}</label>
      ${help(context, hint)} ${problemText(context)}
      <div class="combobox" @focusout=${act.left}>
        <input
          id=${id}
          class="input"
          role="combobox"
          autocomplete="off"
          autocapitalize="off"
          autocorrect="off"
          spellcheck="false"
          placeholder=${question.placeholder ?? say('choose')}
          ?readonly=${readOnly}
          aria-autocomplete="list"
          aria-expanded=${expanded}
          aria-controls="${id}-list"
          aria-activedescendant=${active < 0 ? nothing : optionId(active)}
          aria-required=${question.required ? 'true' : nothing}
          aria-invalid=${problems.length > 0 ? 'true' : nothing}
          aria-describedby=${describedBy(context, hint)}
          .value=${live(text)}
          @focus=${act.focused}
          @click=${act.clicked}
          @input=${act.typed}
          @keydown=${act.pressed}
        />
        <div class="tools" ?hidden=${readOnly} @mousedown=${keepFocus}>
          <button
            id="${id}-clear"
            type="button"
            ?hidden=${text === ''}
            aria-label=${say('clear')}
            aria-labelledby="${id}-clear ${id}-label"
            @click=${act.cleared}
          ><svg viewBox="0 0 20 20" aria-hidden="true"><path d="M5 5l10 10M15 5L5 15" /></svg></button>
          <button
            type="button"
            tabindex="-1"
            aria-labelledby="${id}-label"
            aria-expanded=${expanded}
            aria-controls="${id}-list"
            @click=${act.toggled}
          ><svg viewBox="0 0 20 20" aria-hidden="true"><path d="M4 7l6 6 6-6" /></svg></button>
        </div>
        <div class="popup" ?hidden=${!offer} @mousedown=${keepFocus}>
          <p class="remark" ?hidden=${remark === ''}>${remark}</p>
          <div id="${id}-list" class="list" role="listbox" aria-labelledby="${id}-label" @click=${act.picked} @scroll=${act.scrolled}>
            <div class="results" ?hidden=${results === 0}>${options.slice(0, Math.min(drawn, results)).map(row)}</div>
            <div class="special" ?hidden=${special.length === 0}>${special.map((one, at) => row(one, results + at))}</div>
          </div>
        </div>
      </div>
      <p class="spoken" role="status">${spoken}</p>
      ${choseOther(question, value) ? otherText(context, question.otherPlaceholder) : nothing}
    </div>`;
}

/** A press on the list or a button must not take the focus from the line of text. */
function keepFocus(event: Event): void {
  event.preventDefault();
}
