import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { ScreenFocus } from './screen-focus.ts';

/** Where a screen changes by itself, as when something has arrived: a heading that had the focus, and goes, hands it on to the next. */
export class HeadingHeir implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #focus: ScreenFocus;
  #held: Element | null | undefined;

  constructor(host: ReactiveControllerHost & HTMLElement, focus: ScreenFocus) {
    this.#host = host;
    this.#focus = focus;
    host.addController(this);
  }

  hostUpdate(): void {
    this.#held = this.#host.shadowRoot?.activeElement;
  }

  hostUpdated(): void {
    if (this.#held?.matches('[data-focus]') && !this.#held.isConnected) this.#focus.bring();
  }
}
