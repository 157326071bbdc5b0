import { html, nothing, type TemplateResult } from 'lit';
import { deliveryNote } from '../element/delivery-note.ts';
import type { Screen } from './screen.ts';

/** What has become of what somebody said of a session; without one, of all of them. */
export function deliveryLine(screen: Screen, session?: string): TemplateResult {
  const { locale, act } = screen;
  const delivery = screen.deliveryOf(session);
  return html`<div class="delivery" role="status">${delivery === undefined ? nothing : content()}</div>`;

  function content(): TemplateResult | typeof nothing {
    if (delivery === undefined) return nothing;
    const { state, submission, at } = delivery;
    if (state === undefined || state.status === 'queued' || state.status === 'sending')
      return html`<p class="meta">${locale.say('tracker-sending')}</p>`;
    if (state.status === 'delivered') {
      const time = new Intl.DateTimeFormat(locale.language, { dateStyle: 'medium', timeStyle: 'short' }).format(
        at ?? new Date(),
      );
      return html`<p class="good">${locale.say('tracker-sent', { time })}</p>`;
    }
    return html`${deliveryNote(state, at, locale, { sendAgain: () => act.sendAgain(submission), download: () => act.download(submission) })}`;
  }
}
