import { html, type TemplateResult } from 'lit';
import { type ChildPart, Directive, directive } from 'lit/directive.js';
import { setChildPartValue } from 'lit/directive-helpers.js';
import type { Choice, SingleChoice } from '../../../src/form/form.ts';
import type { Value } from '../../../src/study/answers.ts';
import { choiceStyles } from '../../styles/choice.styles.ts';
import { choiceText, type Field, type FieldContext } from '../field.ts';
import { comboboxStyles } from './combobox.styles.ts';
import { optionAfter } from './combobox-keys.ts';
import { pageOf, place, reveal } from './combobox-place.ts';
import { type ComboboxActions, comboboxView } from './combobox-view.ts';
import { type ChoiceIndex, choiceNamed, indexChoices, type Offer, offerFor } from './filter-choices.ts';
import { textStyles } from './text.styles.ts';

export const styles = [textStyles, choiceStyles, comboboxStyles];

type Context = FieldContext<SingleChoice>;

/** Results that the list holds at most; drawn at first, and again whenever the end of the drawn ones comes near. */
const LIMIT = 300;
const STRETCH = 50;
/** Milliseconds without a key after which the number of results is spoken. */
const PAUSE = 600;

/**
 * A long dropdown: a line of text that filters a list. Owns what is being typed, what the list offers while it is open
 * and which option is active; redraws itself alone, so that a key costs no more than its list. An answer is given when
 * something is chosen and when the field is left: what was typed and is no choice is kept as it is, for its problem to
 * name.
 */
class Combobox {
  readonly #redraw: () => void;
  readonly #find: (selector: string) => HTMLElement | null;
  #context: Context;
  #indexed: { readonly choices: readonly Choice[]; readonly index: ChoiceIndex } | undefined;
  /** Undefined: nothing was typed since the last answer, which is what the line then shows. */
  #query: string | undefined;
  /** Undefined: the list is closed. */
  #offer: Offer | undefined;
  #active = -1;
  #drawn = STRETCH;
  #spoken = '';
  #pause: ReturnType<typeof setTimeout> | undefined;

  /** @param find the first element drawn that a selector is for */
  constructor(context: Context, redraw: () => void, find: (selector: string) => HTMLElement | null) {
    this.#context = context;
    this.#redraw = redraw;
    this.#find = find;
  }

  take(context: Context): void {
    const { value, question } = this.#context;
    this.#context = context;
    // Another answer or language, or logic that changed what is offered.
    if (this.#offer && (value !== context.value || question.choices !== context.question.choices)) this.#filter();
  }

  draw(): TemplateResult {
    const { question, value, say } = this.#context;
    const chosen = question.choices.find((choice) => choice.value === value);
    const state = {
      text: this.#query ?? (chosen ? choiceText(chosen, say) : this.#filterText),
      filter: this.#filterText,
      offer: this.#offer,
      drawn: this.#drawn,
      active: this.#active,
      spoken: this.#spoken,
    };
    return comboboxView(this.#context, state, this.#act);
  }

  readonly #act: ComboboxActions = {
    // Before the first key comes: thousands of choices take a moment.
    focused: () => this.#index,
    left: ({ currentTarget, relatedTarget }) => {
      const box = currentTarget as Node;
      // A page that is turned takes its fields away while one of them has the focus.
      if (box.isConnected && !box.contains(relatedTarget as Node | null)) this.#leave();
    },
    clicked: (event) => {
      if (this.#offer) return;
      // What is typed next takes the place of the answer.
      if (this.#query === undefined) (event.currentTarget as HTMLInputElement).select();
      this.#open();
    },
    typed: (event) => {
      this.#query = (event.currentTarget as HTMLInputElement).value;
      this.#open();
      this.#find('.list')?.scrollTo(0, 0);
    },
    pressed: (event) => {
      const { key, isComposing, ctrlKey, metaKey } = event;
      if (isComposing || ctrlKey || metaKey || this.#context.question.readOnly) return;
      if (key === 'Tab') this.#leave(this.#active);
      else if (key === 'Enter' ? this.#entered() : key === 'Escape' ? this.#escaped() : this.#moved(event)) {
        event.preventDefault();
        // A dialog of the page would close as well.
        event.stopPropagation();
      }
    },
    cleared: () => this.#clear(),
    toggled: () => this.#toggle(),
    picked: (event) =>
      this.#choose(Number((event.target as Element).closest<HTMLElement>('.option')?.dataset.at ?? -1)),
    scrolled: (event) => {
      const { scrollTop, scrollHeight, clientHeight } = event.currentTarget as Element;
      if (!this.#offer || this.#drawn >= this.#offer.results || scrollHeight - scrollTop > 3 * clientHeight) return;
      this.#drawn += STRETCH;
      this.#redraw();
    },
  };

  /** Nothing is sent while the list is open; with it closed, what was typed counts and the form goes on. */
  #entered(): boolean {
    if (!this.#offer) {
      this.#leave();
      return false;
    }
    const query = this.#query ?? '';
    const { options, found } = this.#offer;
    const named = choiceNamed(this.#index, query);
    const only = found === 1 && query.trim() !== '' ? 0 : -1;
    this.#choose(this.#active >= 0 ? this.#active : named ? options.findIndex(({ choice }) => choice === named) : only);
    if (query === '') this.#close();
    return true;
  }

  #escaped(): boolean {
    if (this.#offer) this.#close();
    else if (this.#query !== undefined) {
      this.#query = undefined;
      this.#redraw();
    } else if (this.#unlisted !== '') this.#clear();
    else return false;
    return true;
  }

  #moved({ key, altKey, shiftKey }: KeyboardEvent): boolean {
    const isArrow = key === 'ArrowDown' || key === 'ArrowUp';
    if (altKey && isArrow) {
      if (!this.#offer === (key === 'ArrowDown')) this.#toggle();
      return true;
    }
    if (altKey || shiftKey || !(this.#offer || isArrow)) return false;
    let next = -1;
    if (!this.#offer) {
      this.#open();
      next = this.#chosen;
    }
    const list = this.#find('.list');
    if (next < 0) next = optionAfter(key, this.#active, this.#offer?.options.length ?? 0, list ? pageOf(list) : 1);
    if (next < 0) return false;
    this.#active = next;
    this.#show(next);
    return true;
  }

  #toggle(): void {
    if (this.#offer) this.#close();
    else this.#open();
    this.#find('.input')?.focus();
  }

  #clear(): void {
    this.#query = undefined;
    if (this.#offer) this.#filter();
    this.#redraw();
    this.#context.answer(undefined);
    this.#find('.input')?.focus();
  }

  #choose(at: number): void {
    const option = this.#offer?.options[at];
    if (!option?.choice.enabled) return;
    this.#query = undefined;
    this.#close();
    this.#answer(option.choice.value);
  }

  /** Leaving does not guess: beside an active option, a choice is taken only if it is called exactly what was typed. */
  #leave(active = -1): void {
    this.#choose(active);
    this.#close();
    const query = this.#query;
    if (query === undefined) return;
    this.#query = undefined;
    this.#answer(query.trim() === '' ? undefined : (choiceNamed(this.#index, query)?.value ?? this.#unlike(query)));
  }

  #answer(value: Value | undefined): void {
    if (value === this.#context.value) this.#redraw();
    else this.#context.answer(value);
  }

  /** Opens the list, or begins it anew, with no option active and the answer in view. */
  #open(): void {
    if (this.#context.question.readOnly) return;
    const wasOpen = this.#offer !== undefined;
    this.#active = -1;
    this.#drawn = STRETCH;
    this.#filter();
    this.#redraw();
    if (wasOpen) return;
    globalThis.visualViewport?.addEventListener('resize', this.#place);
    this.#place();
    this.#show(this.#chosen);
  }

  #close(): void {
    if (!this.#offer) return;
    this.#offer = undefined;
    this.#active = -1;
    this.#spoken = '';
    clearTimeout(this.#pause);
    globalThis.visualViewport?.removeEventListener('resize', this.#place);
    this.#redraw();
  }

  #filter(): void {
    const offer = offerFor(this.#index, this.#filterText, LIMIT);
    this.#offer = offer;
    this.#active = Math.min(this.#active, offer.options.length - 1);
    clearTimeout(this.#pause);
    this.#pause = setTimeout(() => {
      this.#spoken = this.#context.say(offer.found > 0 ? 'filter-results' : 'filter-none', { count: offer.found });
      this.#redraw();
    }, PAUSE);
  }

  /** What the list is filtered by: what is being typed, or what was and is no choice. */
  get #filterText(): string {
    return this.#query ?? this.#unlisted;
  }

  /** An answer that is no choice: typed, or of an older list. */
  get #unlisted(): string {
    const { question, value } = this.#context;
    const isText = typeof value === 'string' || typeof value === 'number';
    return isText && question.choices.every((choice) => choice.value !== value) ? String(value) : '';
  }

  /** As typed, and never by chance the value that stands for some choice. */
  #unlike(typed: string): string {
    const { choices } = this.#context.question;
    return choices.some(({ value }) => value === typed) ? this.#unlike(`${typed} `) : typed;
  }

  get #index(): ChoiceIndex {
    const { question, say } = this.#context;
    const { choices } = question;
    if (this.#indexed?.choices !== choices) {
      this.#indexed = { choices, index: indexChoices(choices, (choice) => choiceText(choice, say)) };
    }
    return this.#indexed.index;
  }

  /** Where the answer is among the options. */
  get #chosen(): number {
    return this.#offer?.options.findIndex(({ choice }) => choice.value === this.#context.value) ?? -1;
  }

  /** Draws the list with an option in view. */
  #show(at: number): void {
    if (this.#offer && at >= this.#drawn && at < this.#offer.results) this.#drawn = at + STRETCH;
    this.#redraw();
    const row = this.#find(`[data-at="${at}"]`);
    const list = this.#find('.list');
    if (list && row) reveal(list, row);
  }

  readonly #place = (): void => {
    const box = this.#find('.combobox');
    if (box?.isConnected) place(box);
    else this.#close();
  };
}

/** Keeps one combobox for as long as its question is drawn. */
class ComboboxDirective extends Directive {
  #combobox: Combobox | undefined;

  override render(_: Context): unknown {
    return this.#combobox?.draw();
  }

  override update(part: ChildPart, [context]: [Context]): unknown {
    const find = (selector: string) => (part.parentNode as Element).querySelector<HTMLElement>(selector);
    const redraw = () => setChildPartValue(part, this.render(context), this);
    this.#combobox ??= new Combobox(context, redraw, find);
    this.#combobox.take(context);
    return this.render(context);
  }
}

const combobox = directive(ComboboxDirective);

/** A dropdown that is too long for the browser's own list. */
export const draw: Field<SingleChoice> = (context) => html`${combobox(context)}`;
