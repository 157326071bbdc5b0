import type { ReactiveController, ReactiveControllerHost } from 'lit';

export type Theme = 'auto' | 'light' | 'dark';

/**
 * Owns which of the two colour sets is drawn. By itself it follows the reader's preference only where the page follows
 * it too: a dark form on a page that knows only light would be a stain on it.
 */
export class ThemeController implements ReactiveController {
  readonly #host: ReactiveControllerHost & Element & { theme: Theme };
  readonly #dark = matchMedia('(prefers-color-scheme: dark)');

  constructor(host: ReactiveControllerHost & Element & { theme: Theme }) {
    this.#host = host;
    host.addController(this);
  }

  get current(): 'light' | 'dark' {
    const { theme } = this.#host;
    if (theme === 'light' || theme === 'dark') return theme;
    return this.#dark.matches && this.#pageKnowsDark() ? 'dark' : 'light';
  }

  hostConnected(): void {
    this.#dark.addEventListener('change', this.#changed);
  }

  hostDisconnected(): void {
    this.#dark.removeEventListener('change', this.#changed);
  }

  readonly #changed = () => this.#host.requestUpdate();

  #pageKnowsDark(): boolean {
    const meta = document.querySelector<HTMLMetaElement>('meta[name="color-scheme"]')?.content ?? '';
    // Of the element's parent, because the element itself starts from `all: initial`.
    const parent = this.#host.parentElement ?? document.documentElement;
    return /dark/.test(`${meta} ${getComputedStyle(parent).colorScheme}`);
  }
}
