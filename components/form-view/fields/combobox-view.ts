import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { SingleChoice } from '../../../src/form/form.ts';
import { choseOther } from '../../../src/form/parse-answer.ts';
import { describedBy, type FieldContext, help, problemText, title } from '../field.ts';
import { otherText } from './choice-rows.ts';
import { type Listed, markMatches, type Offer, type Stretch } from './filter-choices.ts';

/** What a long dropdown looks like, by the ARIA practices for an editable combobox. Templates alone. */

export interface ComboboxState {
  /** In the line of text. */
  readonly text: string;
  /** What the list is filtered by. */
  readonly filter: string;
  readonly isOpen: boolean;
  readonly isAbove: boolean;
  readonly offer: Offer;
  /** How many of the results are drawn. */
  readonly drawn: number;
  /** Which of the options is active; -1: none. */
  readonly active: number;
  /** The special choices stay in view while the results scroll. */
  readonly keepsSpecial: boolean;
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
  state: ComboboxState,
  act: ComboboxActions,
): TemplateResult {
  const { question, id, problems, say } = context;
  const { text, isOpen, active } = state;
  const hint = question.description === undefined ? say('filter-help') || undefined : undefined;
  const expanded = isOpen ? 'true' : 'false';
  return html`
    <div class="question">
      <label id="${id}-label" for=${id}>${title(context)}</label>
      ${help(context, hint)} ${problemText(context)}
      <div class=${state.isAbove ? 'combobox above' : 'combobox'} @focusout=${act.left}>
        <input
          id=${id}
          class="input"
          type="text"
          role="combobox"
          autocomplete="off"
          autocapitalize="off"
          autocorrect="off"
          spellcheck="false"
          placeholder=${question.placeholder ?? say('choose')}
          ?readonly=${question.readOnly}
          aria-autocomplete="list"
          aria-expanded=${expanded}
          aria-controls="${id}-list"
          aria-activedescendant=${isOpen && active >= 0 ? optionId(context, active) : nothing}
          aria-required=${question.required ? 'true' : nothing}
          aria-invalid=${problems.length > 0 ? 'true' : nothing}
          aria-describedby=${describedBy(context, hint)}
          .value=${live(text)}
          @focus=${act.focused}
          @click=${act.clicked}
          @input=${act.typed}
          @keydown=${act.pressed}
        />
        ${
          question.readOnly
            ? nothing
            : html`<div class="tools" @mousedown=${keepFocus}>
                ${
                  text === ''
                    ? nothing
                    : html`<button
                        id="${id}-clear"
                        type="button"
                        aria-label=${say('clear')}
                        aria-labelledby="${id}-clear ${id}-label"
                        @click=${act.cleared}
                      ><svg viewBox="0 0 20 20" aria-hidden="true"><path d="M5 5l10 10M15 5L5 15" /></svg></button>`
                }
                <button
                  type="button"
                  tabindex="-1"
                  aria-labelledby="${id}-label"
                  aria-expanded=${expanded}
                  aria-controls="${id}-list"
                  @click=${act.toggled}
                ><svg viewBox="0 0 20 20" aria-hidden="true"><path d="M4 7l6 6 6-6" /></svg></button>
              </div>`
        }
        <div class="popup" ?hidden=${!isOpen} @mousedown=${keepFocus}>
          ${isOpen ? remark(context, state) : nothing}
          <div
            id="${id}-list"
            class="list"
            role="listbox"
            aria-labelledby="${id}-label"
            @click=${act.picked}
            @scroll=${act.scrolled}
          >${isOpen ? options(context, state) : nothing}</div>
        </div>
      </div>
      <p class="spoken" role="status">${state.spoken}</p>
      ${choseOther(question, context.value) ? otherText(context, question.otherPlaceholder) : nothing}
    </div>`;
}

/** Above the list: that nothing was found, or more than it shows. */
function remark({ say }: FieldContext, { offer: { results, found } }: ComboboxState): TemplateResult | typeof nothing {
  if (found === 0) return html`<p class="remark">${say('filter-none')}</p>`;
  if (results === found) return nothing;
  return html`<p class="remark">${say('filter-more', { shown: results, count: found })}</p>`;
}

function options(context: FieldContext<SingleChoice>, state: ComboboxState): TemplateResult {
  const { offer, filter, drawn, active, keepsSpecial } = state;
  const { results, found, total } = offer;
  const row = ({ choice, text }: Listed, at: number) => html`<div
    id=${optionId(context, at)}
    class=${at === active ? 'option active' : 'option'}
    role="option"
    data-at=${at}
    aria-selected=${choice.value === context.value ? 'true' : 'false'}
    aria-disabled=${choice.enabled ? nothing : 'true'}
    aria-setsize=${total}
    aria-posinset=${1 + (at < results ? at : at - results + found)}
  ><span>${at < results ? markMatches(text, filter).map(stretch) : text}</span></div>`;
  const special = offer.options.slice(results);
  return html`
    <div class="results">${offer.options.slice(0, Math.min(drawn, results)).map(row)}</div>
    ${
      special.length === 0
        ? nothing
        : html`<div class=${keepsSpecial ? 'special kept' : 'special'}>${special.map((one, at) => row(one, results + at))}</div>`
    }`;
}

function optionId({ id }: FieldContext, at: number): string {
  return `${id}-option-${at}`;
}

function stretch({ text, matched }: Stretch): TemplateResult | string {
  return matched ? html`<mark>${text}</mark>` : text;
}

/** A press on the list or a button must not take the focus from the line of text. */
function keepFocus(event: Event): void {
  event.preventDefault();
}
