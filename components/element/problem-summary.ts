import { html, nothing, type TemplateResult } from 'lit';
import type { MessageKey, Params } from '../locales/catalogue.ts';

/** A problem as it is shown: in words, and with the id of the control that it is about. */
export interface ShownProblem {
  readonly question: string;
  readonly row?: string;
  readonly missing: boolean;
  readonly sentence: string;
  readonly control: string;
  /** What its link in the summary says: the question, or the row. */
  readonly name: string;
}

/**
 * What needs another look, on top of the page, with a link to each. It takes the focus, so it is read out whole.
 *
 * @param gentle it may all stay as it is
 */
export function problemSummary(
  problems: readonly ShownProblem[],
  say: (key: MessageKey, params?: Params) => string,
  gentle = false,
): TemplateResult {
  const key = problems.every(({ missing }) => missing) ? 'missing-title' : 'problems-title';
  return html`
    <div class=${gentle ? 'summary gentle' : 'summary'} part="problem-summary" role="group" tabindex="-1" data-focus="summary" aria-labelledby="summary-title">
      <p id="summary-title">${say(gentle ? 'open-title' : key, { count: problems.length })}</p>
      ${gentle ? html`<p class="meta">${say('open-text')}</p>` : nothing}
      <ul>
        ${problems.map(
          ({ control, name }) =>
            html`<li><a href="#${control}" @click=${(event: Event) => follow(event, control)}>${name}</a></li>`,
        )}
      </ul>
    </div>`;
}

/** Inside a shadow root a fragment leads nowhere, and the page's address is not ours to change. */
function follow(event: Event, id: string): void {
  event.preventDefault();
  const root = (event.currentTarget as HTMLElement).getRootNode();
  const control = root instanceof ShadowRoot ? root.getElementById(id) : null;
  control?.focus();
  control?.closest('.slot')?.scrollIntoView({ block: 'nearest' });
}
