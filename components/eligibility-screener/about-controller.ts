import type { ReactiveControllerHost, TemplateResult } from 'lit';
import type { ScreeningStudy } from '../../src/study/schema.ts';
import { adoptStyles } from '../element/adopt-styles.ts';
import type { LocaleController } from '../element/locale-controller.ts';

interface AboutHost extends ReactiveControllerHost {
  readonly renderRoot: HTMLElement | DocumentFragment;
}

/** Owns whether the study's "about" part is open and what is searched in it. Its templates are fetched when asked for. */
export class AboutController {
  readonly #host: AboutHost;
  readonly #locale: LocaleController;
  #module: typeof import('./about.ts') | undefined;
  #open = false;
  #query = '';

  constructor(host: AboutHost, locale: LocaleController) {
    this.#host = host;
    this.#locale = locale;
  }

  async toggle(): Promise<void> {
    this.#open = !this.#open;
    this.#host.requestUpdate();
    if (this.#module) return;
    const [module] = await Promise.all([import('./about.ts'), this.#locale.whole]);
    this.#module = module;
    adoptStyles(this.#host.renderRoot, module.styles);
    this.#host.requestUpdate();
  }

  /** The part, while it is open. */
  render(study: ScreeningStudy, language: string): TemplateResult | undefined {
    const { about } = study;
    if (!this.#open || about === undefined) return undefined;
    return this.#module?.aboutStudy({
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
