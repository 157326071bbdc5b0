/**
 * An element as a test uses it: by what stands on it, as a person would. It waits for what should be seen by watching the
 * element change, never by a clock; the clock only says when to give up.
 */
import type { ElementState } from '../../../components/index.ts';
import { closeEndpoints } from './test-endpoint.ts';

/** What all elements of the kit have in common, as far as a test uses it. */
export type DrivenElement = HTMLElement & { readonly state: ElementState; readonly updateComplete: Promise<boolean> };

const PATIENCE = 10_000;

export interface OpenElement {
  readonly endpoint: string;
  readonly study?: string;
  /** More attributes. */
  readonly attributes?: Readonly<Record<string, string>>;
  /** What stands between the tags. */
  readonly fallback?: string;
  readonly parent?: Element;
}

/** Puts a new element on the page. */
export function place<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  { endpoint, study = '', attributes = {}, fallback = '', parent = stage() }: OpenElement,
): HTMLElementTagNameMap[Name] {
  const element = parent.ownerDocument.createElement(name);
  for (const [attribute, value] of Object.entries({ study, endpoint, lang: 'en', ...attributes })) {
    element.setAttribute(attribute, value);
  }
  element.textContent = fallback;
  parent.append(element);
  return element;
}

export class ElementDriver<Driven extends DrivenElement = DrivenElement> {
  readonly element: Driven;

  constructor(element: Driven) {
    this.element = element;
  }

  get root(): ShadowRoot {
    const { shadowRoot } = this.element;
    if (shadowRoot === null) throw new Error('The element has not been upgraded.');
    return shadowRoot;
  }

  /** All words on the element, the fallback between its tags aside. */
  get text(): string {
    return clean(this.root.querySelector('.root')?.textContent);
  }

  get heading(): string {
    return clean(this.root.querySelector('h2')?.textContent);
  }

  /** What has the focus inside the element. */
  get focused(): Element | null {
    return this.root.activeElement;
  }

  get<Found extends Element = HTMLElement>(selector: string): Found {
    const found = this.root.querySelector<Found>(selector);
    if (found === null) throw new Error(`Nothing matches ${selector} in: ${this.text}`);
    return found;
  }

  all<Found extends Element = HTMLElement>(selector: string): readonly Found[] {
    return [...this.root.querySelectorAll<Found>(selector)];
  }

  /** Resolves once it holds, at the first change of the element that makes it so. */
  until(what: string, holds: () => boolean): Promise<void> {
    return new Promise((resolve, reject) => {
      const look = () => {
        if (!holds()) return;
        stop();
        resolve();
      };
      const observer = new MutationObserver(look);
      const stop = () => {
        clearTimeout(giveUp);
        observer.disconnect();
        this.element.removeEventListener('steady-state-changed', look);
      };
      const giveUp = setTimeout(() => {
        stop();
        reject(new Error(`Never came: ${what}. The element is ${this.element.state} and says: ${this.text}`));
      }, PATIENCE);
      observer.observe(this.root, { subtree: true, childList: true, attributes: true, characterData: true });
      this.element.addEventListener('steady-state-changed', look);
      look();
    });
  }

  untilHeading(heading: string): Promise<void> {
    return this.until(`the heading “${heading}”`, () => this.heading === heading);
  }

  untilText(text: string): Promise<void> {
    return this.until(`“${text}”`, () => this.text.includes(text));
  }

  untilGone(text: string): Promise<void> {
    return this.until(`without “${text}”`, () => !this.text.includes(text));
  }

  untilState(state: ElementState): Promise<void> {
    return this.until(`state ${state}`, () => this.element.state === state);
  }

  button(name: string): HTMLButtonElement {
    return this.#named('button', name);
  }

  press(name: string): void {
    this.button(name).click();
  }

  /** The fieldset, or the box around the control, of the question that has this title. */
  question(title: string): HTMLElement {
    return this.#named('.question', title, (element) => element.querySelector('.title')?.firstChild?.parentElement);
  }

  /** A choice's native control, in the question of this title where several questions have such a choice. */
  choice(words: string, question?: string): HTMLInputElement {
    const within = question === undefined ? this.root : this.question(question);
    const label = [...within.querySelectorAll('label.choice')].find((one) => clean(one.textContent) === words);
    const input = label?.querySelector('input');
    if (!input) throw new Error(`No choice “${words}” in: ${this.text}`);
    return input;
  }

  choose(words: string, question?: string): void {
    this.choice(words, question).click();
  }

  /** The control that is labelled so. */
  field<Control extends HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement = HTMLInputElement>(
    label: string,
  ): Control {
    const { htmlFor } = this.#named<HTMLLabelElement>('label[for]', label, (one) => one.querySelector('.title') ?? one);
    return this.get<Control>(`#${htmlFor}`);
  }

  /** As typed or pasted: the text is there and the field says so. */
  type(label: string, text: string): void {
    write(this.field<HTMLInputElement | HTMLTextAreaElement>(label), text);
  }

  /** In any language: chooses the open page's `index`-th choice. */
  pick(index: number): void {
    this.all<HTMLInputElement>('.choice input')[index]?.click();
  }

  /** In any language: types into the open page's `index`-th line or area of text. */
  fill(index: number, text: string): void {
    const field = this.all<HTMLInputElement>('input.input, textarea.input')[index];
    if (field) write(field, text);
  }

  /** In any language: presses the one button that goes on, and waits for the next screen or for problems. */
  async goOn(): Promise<void> {
    const before = this.heading;
    this.get('button.primary').click();
    await this.until('the next screen', () => this.heading !== before || this.root.querySelector('.summary') !== null);
  }

  #named<Found extends HTMLElement>(
    selector: string,
    name: string,
    words: (element: Found) => Element | null | undefined = (element) => element,
  ): Found {
    const found = this.all<Found>(selector).find((element) => own(words(element)) === name);
    if (found === undefined) throw new Error(`No ${selector} “${name}” in: ${this.text}`);
    return found;
  }
}

function write(field: HTMLInputElement | HTMLTextAreaElement, text: string): void {
  field.focus();
  field.value = text;
  field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
}

/** The words of an element without its “(optional)”. */
function own(element: Element | null | undefined): string {
  const copy = element?.cloneNode(true);
  if (copy instanceof Element) copy.querySelector('.optional')?.remove();
  return clean(copy?.textContent);
}

export function clean(text: string | null | undefined): string {
  return (text ?? '').replace(/\s+/g, ' ').trim();
}

/** Where elements of a test stand; emptied by `clearStage` after each. */
export function stage(): HTMLElement {
  const standing = document.querySelector<HTMLElement>('#stage');
  if (standing) return standing;
  const fresh = document.createElement('main');
  fresh.id = 'stage';
  document.body.append(fresh);
  return fresh;
}

/** Takes everything away that a test left on the page and in its tab. */
export async function clearStage(): Promise<void> {
  document.querySelector('#stage')?.remove();
  for (const frame of document.querySelectorAll('iframe')) frame.remove();
  sessionStorage.clear();
  await closeEndpoints();
}
