import type { ReactiveController, ReactiveControllerHost } from 'lit';

interface FocusHost extends ReactiveControllerHost {
  readonly renderRoot: HTMLElement | DocumentFragment;
}

/**
 * Brings the focus to what is new on a screen, as soon as it is drawn: to what is wrong on it or has to be looked at first,
 * else to its heading. They are marked with `data-focus`.
 */
export class ScreenFocus implements ReactiveController {
  readonly #host: FocusHost;
  #isWanted = false;

  constructor(host: FocusHost) {
    this.#host = host;
    host.addController(this);
  }

  bring(): void {
    this.#isWanted = true;
    this.#host.requestUpdate();
  }

  hostUpdated(): void {
    if (!this.#isWanted) return;
    const find = (what: string) => this.#host.renderRoot.querySelector<HTMLElement>(`[data-focus="${what}"]`);
    const target = find('summary') ?? find('heading');
    if (target === null) return;
    this.#isWanted = false;
    // A page may scroll smoothly: a new screen is there at once all the same.
    target.focus({ preventScroll: true });
    target.scrollIntoView({ block: 'nearest', behavior: 'instant' });
  }
}
