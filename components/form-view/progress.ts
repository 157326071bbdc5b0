import { html, type TemplateResult } from 'lit';
import type { LocaleController } from '../element/locale-controller.ts';
import type { FormView } from './form-view.ts';

/** Seconds that a person needs for one question of a screener, on average, read and answered without hurry. */
const SECONDS_PER_QUESTION = 15;

/** Where one is and how long it will still take. The line is drawn by columns, so that it needs no inline style. */
export function progress(view: FormView, locale: LocaleController): TemplateResult {
  const params = { page: view.index + 1, pages: view.count };
  const minutes = Math.round((view.questionsLeft * SECONDS_PER_QUESTION) / 60);
  return html`
    <div class="progress" part="progress">
      <span class="meta" aria-hidden="true">${locale.say('page-of', params)}</span>
      <span class="spoken">${locale.say('page-of-spoken', params)}</span>
      <progress max=${view.count} .value=${view.index + 1} aria-hidden="true"></progress>
      <span class="meta">${minutes < 1 ? locale.say('less-than-a-minute') : locale.say('minutes-left', { count: minutes })}</span>
    </div>`;
}
