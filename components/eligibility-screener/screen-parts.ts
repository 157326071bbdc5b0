import { html, nothing, type TemplateResult } from 'lit';
import type { ScreeningStudy, StudyHead } from '../../src/study/schema.ts';
import { type Text, textIn } from '../../src/study/text.ts';
import type { LocaleController } from '../element/locale-controller.ts';
import { contactLine, resourceList, whomToAsk } from '../element/people.ts';
import type { ScreeningVisit } from './screening-visit.ts';

/** What several of the screener's screens have in common. */

export function heading(text: string): TemplateResult {
  return html`<h2 tabindex="-1" data-focus="heading">${text}</h2>`;
}

export function people({ contacts }: StudyHead, locale: LocaleController): TemplateResult {
  const contact = whomToAsk(contacts);
  return html`<section class="people"><h3>${locale.say('contacts-title')}</h3>${contact === undefined ? nothing : html`<p class="reach">${contactLine(contact)}</p>`}</section>`;
}

export function resources(
  study: ScreeningStudy,
  visit: ScreeningVisit | undefined,
  locale: LocaleController,
): TemplateResult | typeof nothing {
  if ((study.resources ?? []).length === 0) return nothing;
  return html`<section class="people"><h3>${locale.say('resources-title')}</h3>${resourceList(study.resources ?? [], words(study, visit, locale))}</section>`;
}

export function words(
  study: StudyHead,
  visit: ScreeningVisit | undefined,
  locale?: LocaleController,
): (text: Text) => string {
  return (text) => textIn(text, visit?.language ?? locale?.wanted ?? '', study.languages);
}
