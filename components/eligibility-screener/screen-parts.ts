import { html, nothing, type TemplateResult } from 'lit';
import type { StudyHead } from '../../src/study/schema.ts';
import type { LocaleController } from '../element/locale-controller.ts';
import { contactLine, whomToAsk } from '../element/people.ts';

/** What several of the screener's screens have in common. */

export function heading(text: string): TemplateResult {
  return html`<h2 tabindex="-1" data-focus="heading">${text}</h2>`;
}

export function people({ contacts }: StudyHead, locale: LocaleController): TemplateResult {
  const contact = whomToAsk(contacts);
  return html`<section class="people"><h3>${locale.say('contacts-title')}</h3>${contact === undefined ? nothing : html`<p class="reach">${contactLine(contact)}</p>`}</section>`;
}
