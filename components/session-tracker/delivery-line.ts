import { html, nothing, type TemplateResult } from 'lit';
import { deliveryNote } from '../element/delivery-note.ts';
import type { Delivery, Screen } from './screen.ts';

/** What has become of what somebody said of a session; without one, of all of them. */
export function deliveryLine(screen: Screen, session?: string): TemplateResult {
  const delivery = screen.deliveryOf(session);
  return html`<div class="delivery" role="status">${delivery === undefined ? nothing : told(delivery, screen)}</div>`;
}

function told({ state, submission, at }: Delivery, { locale, act }: Screen): TemplateResult | typeof nothing {
  if (state === undefined || state.status === 'queued' || state.status === 'sending') {
    return html`<p class="meta">${locale.say('tracker-sending')}</p>`;
  }
  if (state.status !== 'delivered') {
    const actions = { sendAgain: () => act.sendAgain(submission), download: () => act.download(submission) };
    return deliveryNote(state, at, locale, actions);
  }
  const format = new Intl.DateTimeFormat(locale.language, { dateStyle: 'medium', timeStyle: 'short' });
  return html`<p class="good">${locale.say('tracker-sent', { time: format.format(at ?? new Date()) })}</p>`;
}
