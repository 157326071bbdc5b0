import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { chooseLanguage } from '../../src/study/text.ts';
import { type Catalogue, type MessageKey, type Params, say } from '../locales/catalogue.ts';
import { catalogueFor, type ElementWords, onCatalogueRegistered } from '../locales/load-catalogue.ts';

/** Scripts that are written from right to left, by language. */
const RIGHT_TO_LEFT = /^(ar|dv|fa|he|ku|ps|ur|yi)(-|$)/;

/**
 * Owns the language: the element's `lang`, else that of whatever it stands in, else the page's, else the browser's; and
 * the kit's words in it. Does not own the study's texts, which have languages of their own.
 */
export class LocaleController implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #own: ElementWords | undefined;
  readonly #observer = new MutationObserver(() => this.#follow());
  #wanted = '';
  #among: readonly string[] | undefined;
  #following: string | undefined;
  #stopListening: (() => void) | undefined;
  #catalogue: Partial<Catalogue> | undefined;
  #whole: Promise<void> = Promise.resolve();
  #language = 'en';

  /** @param own what the element says besides what all of them do */
  constructor(host: ReactiveControllerHost & HTMLElement, own?: ElementWords) {
    this.#host = host;
    this.#own = own;
    host.addController(this);
  }

  /** What the page asks for, as a BCP 47 tag. */
  get wanted(): string {
    return this.#wanted;
  }

  /**
   * The study's languages, once they are known: the kit speaks the one that the questions are in, so that nobody reads
   * two languages at once.
   */
  set among(languages: readonly string[]) {
    this.#among = languages;
    this.#follow();
  }

  /** The language of the kit's words, which may lack the one asked for. */
  get language(): string {
    return this.#language;
  }

  get ready(): boolean {
    return this.#catalogue !== undefined;
  }

  /** Resolves once the words for what comes after a first page are there as well. Asked again, it tries again. */
  get whole(): Promise<void> {
    if (this.#following === undefined) this.#follow();
    return this.#whole;
  }

  /** One sentence. Empty until its words are there: `ready` and `whole` say so, and elements wait for them. */
  say(key: MessageKey, params?: Params): string {
    const words = this.#catalogue?.[key];
    return words === undefined ? '' : say(words, this.#language, params);
  }

  hostConnected(): void {
    const options = { attributes: true, attributeFilter: ['lang'] };
    this.#observer.observe(this.#host, options);
    this.#observer.observe(document.documentElement, options);
    this.#stopListening = onCatalogueRegistered(() => {
      this.#following = undefined;
      this.#follow();
    });
    this.#follow();
  }

  hostDisconnected(): void {
    this.#observer.disconnect();
    this.#stopListening?.();
  }

  #follow(): void {
    this.#wanted = languageAround(this.#host);
    const language = this.#among === undefined ? this.#wanted : chooseLanguage(this.#wanted, this.#among);
    this.#host.requestUpdate();
    if (language === this.#following) return;
    this.#following = language;
    this.#whole = this.#fetch(language);
    // Whoever waits for it is told.
    this.#whole.catch(() => {
      if (language === this.#following) this.#following = undefined;
    });
  }

  /** The first words as soon as they are there; another language only whole, so that nothing on the screen goes blank. */
  async #fetch(following: string): Promise<void> {
    const { language, load } = catalogueFor(following, this.#own);
    const words = await load('first');
    if (this.#catalogue === undefined) this.#take(following, language, words);
    this.#take(following, language, { ...words, ...(await load('later')) });
  }

  #take(following: string, language: string, catalogue: Partial<Catalogue>): void {
    if (following !== this.#following) return;
    this.#language = language;
    this.#catalogue = catalogue;
    this.#host.requestUpdate();
  }
}

export function directionOf(language: string): 'ltr' | 'rtl' {
  return RIGHT_TO_LEFT.test(language) ? 'rtl' : 'ltr';
}

function languageAround(element: Element): string {
  for (let at: Element | null = element; at !== null; at = parentOf(at)) {
    const language = at.getAttribute('lang')?.trim();
    if (language) return language;
  }
  return navigator.language || 'en';
}

/** The element around, out of shadow roots too. */
function parentOf(element: Element): Element | null {
  const root = element.getRootNode();
  return element.parentElement ?? (root instanceof ShadowRoot ? root.host : null);
}
