import { html, type TemplateResult } from 'lit';
import { AsyncDirective } from 'lit/async-directive.js';
import { type ChildPart, directive } from 'lit/directive.js';
import type { Choice, SingleChoice } from '../../../src/form/form.ts';
import { choiceText, type Field, type FieldContext } from '../field.ts';
import { choiceStyles } from './choice.styles.ts';
import { comboboxStyles } from './combobox.styles.ts';
import { optionAfter } from './combobox-keys.ts';
import { canKeep, MOST, pageOf, placeFor, reveal } from './combobox-place.ts';
import { type ComboboxActions, comboboxView } from './combobox-view.ts';
import { type ChoiceIndex, choiceNamed, indexChoices, type Listed, type Offer, offerFor } from './filter-choices.ts';
import { textStyles } from './text.styles.ts';

export const styles = [textStyles, choiceStyles, comboboxStyles];

type Context = FieldContext<SingleChoice>;

/** Results that the list holds at most; drawn at first, and again whenever the end of the drawn ones comes near. */
const LIMIT = 300;
const STRETCH = 50;
/** Milliseconds without a key after which the number of results is spoken. */
const PAUSE = 600;

const NOTHING: Offer = { options: [], results: 0, found: 0, total: 0 };

/**
 * A long dropdown: a line of text that filters a list. Owns what is being typed, whether the list is open and which
 * option is active; redraws itself alone, so that a key costs no more than its list. An answer is given when something
 * is chosen and when the field is left: what was typed and is no choice is kept as it is, for its problem to name.
 */
class Combobox extends AsyncDirective {
  #context: Context | undefined;
  #parent: ParentNode | undefined;
  #indexed: { readonly choices: readonly Choice[]; readonly index: ChoiceIndex } | undefined;
  /** Undefined: nothing was typed since the last answer, which is what the line then shows. */
  #query: string | undefined;
  #isOpen = false;
  #offer = NOTHING;
  #active = -1;
  #drawn = STRETCH;
  #place = { isAbove: false, room: MOST };
  #spoken = '';
  #pause: ReturnType<typeof setTimeout> | undefined;

  override render(context: Context): TemplateResult {
    const { question, value, say } = context;
    const chosen = question.choices.find((choice) => choice.value === value);
    const filter = this.#query ?? unlisted(context);
    const state = {
      text: this.#query ?? (chosen ? choiceText(chosen, say) : filter),
      filter,
      isOpen: this.#isOpen,
      isAbove: this.#place.isAbove,
      offer: this.#offer,
      drawn: this.#drawn,
      active: this.#active,
      keepsSpecial: canKeep(this.#offer.total - this.#offer.found, this.#place.room),
      spoken: this.#spoken,
    };
    return comboboxView(context, state, this.#act);
  }

  override update({ parentNode }: ChildPart, [context]: [Context]): TemplateResult {
    const before = this.#context;
    this.#context = context;
    this.#parent = parentNode as Element;
    // Another answer or language, or logic that changed what is offered.
    const same = before?.question.choices === context.question.choices && before.value === context.value;
    if (this.#isOpen && !same) this.#filter(context);
    return this.render(context);
  }

  override disconnected(): void {
    this.#isOpen = false;
    this.#rest();
  }

  override reconnected(): void {
    this.#draw();
  }

  readonly #act: ComboboxActions = {
    // Before the first key comes: thousands of choices take a moment.
    focused: () => this.#context && this.#index(this.#context),
    left: ({ currentTarget, relatedTarget }) => {
      if (!this.isConnected || (currentTarget as Node).contains(relatedTarget as Node | null)) return;
      this.#close();
      this.#settle();
    },
    clicked: (event) => {
      if (this.#isOpen || this.#context?.question.readOnly) return;
      // What is typed next takes the place of the answer.
      if (this.#query === undefined) (event.currentTarget as HTMLInputElement).select();
      this.#open();
    },
    typed: (event) => {
      this.#query = (event.currentTarget as HTMLInputElement).value;
      this.#open();
      this.#list?.scrollTo({ top: 0 });
    },
    pressed: (event) => {
      const { key, isComposing, ctrlKey, metaKey } = event;
      if (isComposing || ctrlKey || metaKey || this.#context?.question.readOnly) return;
      if (key === 'Tab') return this.#tabbed();
      if (!(key === 'Enter' ? this.#entered() : key === 'Escape' ? this.#escaped() : this.#moved(event))) return;
      event.preventDefault();
      // A dialog of the page would close as well.
      event.stopPropagation();
    },
    cleared: () => this.#clear(),
    toggled: () => this.#toggle(),
    picked: (event) => {
      const at = (event.target as Element).closest<HTMLElement>('.option')?.dataset.at;
      if (at !== undefined) this.#choose(this.#offer.options[Number(at)]);
    },
    scrolled: (event) => {
      const { scrollTop, scrollHeight, clientHeight } = event.currentTarget as Element;
      if (this.#drawn >= this.#offer.results || scrollHeight - scrollTop > 3 * clientHeight) return;
      this.#drawn += STRETCH;
      this.#draw();
    },
  };

  #tabbed(): void {
    if (this.#isOpen) this.#choose(this.#offer.options[this.#active]);
    this.#close();
    this.#settle();
  }

  /** Nothing is sent while the list is open; with it closed, what was typed counts and the form goes on. */
  #entered(): boolean {
    if (!this.#isOpen) {
      this.#settle();
      return false;
    }
    const query = this.#query ?? '';
    const { options, found } = this.#offer;
    const named = this.#named(query);
    const only = found === 1 && query.trim() !== '' ? options[0] : undefined;
    this.#choose(options[this.#active] ?? options.find(({ choice }) => choice === named) ?? only);
    if (query === '') this.#close();
    return true;
  }

  #escaped(): boolean {
    if (this.#isOpen) this.#close();
    else if (this.#query !== undefined) {
      this.#query = undefined;
      this.#draw();
    } else if (this.#context && unlisted(this.#context) !== '') this.#clear();
    else return false;
    return true;
  }

  #moved({ key, altKey, shiftKey }: KeyboardEvent): boolean {
    if (shiftKey) return false;
    const isVertical = key === 'ArrowDown' || key === 'ArrowUp';
    if (altKey) {
      if (isVertical && this.#isOpen !== (key === 'ArrowDown')) this.#toggle();
      return isVertical;
    }
    if (!this.#isOpen) {
      if (!isVertical) return false;
      this.#open();
      const chosen = this.#chosen;
      if (chosen >= 0) {
        this.#activate(chosen);
        return true;
      }
    }
    const page = this.#list ? pageOf(this.#list) : 1;
    const next = optionAfter(key, this.#active, this.#offer.options.length, page);
    if (next === undefined) return false;
    this.#activate(next);
    return true;
  }

  #toggle(): void {
    if (this.#isOpen) this.#close();
    else this.#open();
    this.#input?.focus();
  }

  #clear(): void {
    const context = this.#context;
    if (context === undefined) return;
    this.#query = undefined;
    if (this.#isOpen) this.#filter(context);
    this.#draw();
    context.answer(undefined);
    this.#input?.focus();
  }

  #choose(option: Listed | undefined): void {
    const context = this.#context;
    if (option === undefined || !option.choice.enabled || context === undefined) return;
    this.#query = undefined;
    this.#close();
    if (option.choice.value !== context.value) context.answer(option.choice.value);
  }

  /** Leaving does not guess: a choice is taken only if it is called exactly what was typed. */
  #settle(): void {
    const [context, query] = [this.#context, this.#query];
    if (context === undefined || query === undefined) return;
    this.#query = undefined;
    const value = query.trim() === '' ? undefined : (this.#named(query)?.value ?? unlike(query, context));
    if (value === context.value) this.#draw();
    else context.answer(value);
  }

  #named(query: string): Choice | undefined {
    return this.#context && choiceNamed(this.#index(this.#context), query);
  }

  /** Opens the list, or begins it anew, with no option active and the answer in view. */
  #open(): void {
    const context = this.#context;
    if (context === undefined || context.question.readOnly) return;
    const wasOpen = this.#isOpen;
    this.#isOpen = true;
    this.#active = -1;
    this.#drawn = STRETCH;
    this.#filter(context);
    this.#draw();
    if (wasOpen) return;
    globalThis.visualViewport?.addEventListener('resize', this.#fit);
    this.#fit();
    this.#show(this.#chosen);
  }

  #close(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#rest();
    this.#draw();
  }

  #rest(): void {
    this.#spoken = '';
    clearTimeout(this.#pause);
    globalThis.visualViewport?.removeEventListener('resize', this.#fit);
  }

  #filter(context: Context): void {
    this.#offer = offerFor(this.#index(context), this.#query ?? unlisted(context), LIMIT);
    this.#active = Math.min(this.#active, this.#offer.options.length - 1);
    clearTimeout(this.#pause);
    this.#pause = setTimeout(() => {
      const count = this.#offer.found;
      this.#spoken = count > 0 ? context.say('filter-results', { count }) : context.say('filter-none');
      this.#draw();
    }, PAUSE);
  }

  #index({ question: { choices }, say }: Context): ChoiceIndex {
    if (this.#indexed?.choices !== choices) {
      this.#indexed = { choices, index: indexChoices(choices, (choice) => choiceText(choice, say)) };
    }
    return this.#indexed.index;
  }

  /** Where the answer is among the options. */
  get #chosen(): number {
    return this.#offer.options.findIndex(({ choice }) => choice.value === this.#context?.value);
  }

  #activate(at: number): void {
    this.#active = at;
    this.#draw();
    this.#show(at);
  }

  /** Brings an option into view, drawn before if need be. */
  #show(at: number): void {
    if (at >= this.#drawn && at < this.#offer.results) {
      this.#drawn = at + STRETCH;
      this.#draw();
    }
    const row = this.#list?.querySelector<HTMLElement>(`[data-at="${at}"]`);
    if (this.#list && row) reveal(this.#list, row);
  }

  readonly #fit = (): void => {
    const input = this.#input;
    if (!input) return;
    this.#place = placeFor(input);
    // Through the object model: the strict policy forbids style attributes.
    input.parentElement?.style.setProperty('--room', `${this.#place.room}px`);
    this.#draw();
  };

  #draw(): void {
    if (this.#context && this.isConnected) this.setValue(this.render(this.#context));
  }

  get #input(): HTMLInputElement | null | undefined {
    return this.#parent?.querySelector<HTMLInputElement>('[role="combobox"]');
  }

  get #list(): HTMLElement | null | undefined {
    return this.#parent?.querySelector<HTMLElement>('[role="listbox"]');
  }
}

const combobox = directive(Combobox);

/** A dropdown that is too long for the browser's own list. */
export const draw: Field<SingleChoice> = (context) => html`${combobox(context)}`;

/** An answer that is no choice: typed, or of an older list. */
function unlisted({ question: { choices }, value }: Context): string {
  if (value === undefined || typeof value === 'object' || choices.some((choice) => choice.value === value)) return '';
  return String(value);
}

/** As typed, and never by chance the value that stands for some choice. */
function unlike(typed: string, { question: { choices } }: Context): string {
  let text = typed;
  while (choices.some(({ value }) => value === text)) text += ' ';
  return text;
}
