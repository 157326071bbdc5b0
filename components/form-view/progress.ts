import { html, nothing, type TemplateResult } from 'lit';
import type { LocaleController } from '../element/locale-controller.ts';
import type { FormView } from './form-view.ts';

/** Seconds that a person needs for one question of a screener, on average, read and answered without hurry. */
const SECONDS_PER_QUESTION = 15;

export interface Progress {
  /** "3 of 7", as it is seen, and as it is read out where that needs more words. */
  readonly where: string;
  readonly spoken?: string;
  readonly value: number;
  readonly of: number;
  /** Absent while it cannot be said. */
  readonly minutes: number | undefined;
}

/** Where one is in a form and how long it will still take. */
export function progress(view: FormView, locale: LocaleController): TemplateResult {
  const params = { page: view.index + 1, pages: view.count };
  return progressLine(locale, {
    where: locale.say('page-of', params),
    spoken: locale.say('page-of-spoken', params),
    value: view.index + 1,
    of: view.count,
    minutes: Math.round((view.questionsLeft * SECONDS_PER_QUESTION) / 60),
  });
}

/** The line is drawn by columns, so that it needs no inline style. */
export function progressLine(
  locale: LocaleController,
  { minutes, of, spoken, value, where }: Progress,
): TemplateResult {
  return html`
    <div class="progress" part="progress">
      <span class="meta" aria-hidden="true">${where}</span>
      <span class="spoken">${spoken ?? where}</span>
      <progress max=${of} .value=${value} aria-hidden="true"></progress>
      <span class="meta">${
        minutes === undefined
          ? nothing
          : minutes < 1
            ? locale.say('less-than-a-minute')
            : locale.say('minutes-left', { count: minutes })
      }</span>
    </div>`;
}
