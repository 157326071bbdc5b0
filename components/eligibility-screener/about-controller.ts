import type { ReactiveControllerHost, TemplateResult } from 'lit';
import type { ScreeningStudy } from '../../src/study/screening-part.ts';
import { adoptStyles } from '../element/adopt-styles.ts';
import type { LocaleController } from '../element/locale-controller.ts';
import { aboutStudy, styles } from './about.ts';

interface AboutHost extends ReactiveControllerHost {
  readonly renderRoot: HTMLElement | DocumentFragment;
}

/** Owns whether the study's "about" part is open and what is searched in it. Fetched when somebody asks for it. */
export class AboutController {
  readonly #host: AboutHost;
  readonly #locale: LocaleController;
  #open = false;
  #query = '';

  constructor(host: AboutHost, locale: LocaleController) {
    this.#host = host;
    this.#locale = locale;
    adoptStyles(host.renderRoot, styles);
  }

  toggle(): void {
    this.#open = !this.#open;
    this.#host.requestUpdate();
  }

  /** The part, while it is open. */
  render(study: ScreeningStudy, language: string): TemplateResult | undefined {
    const { about } = study;
    if (!this.#open || about === undefined) return undefined;
    return aboutStudy({
      study,
      about,
      language,
      locale: this.#locale,
      query: this.#query,
      search: (query) => {
        this.#query = query;
        this.#host.requestUpdate();
      },
    });
  }
}
