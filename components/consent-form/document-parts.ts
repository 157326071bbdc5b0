import { html, nothing, type TemplateResult } from 'lit';
import type { ConsentDocument, DocumentSection } from '../../src/consent/document.ts';
import type { LocaleController } from '../element/locale-controller.ts';
import { markdown } from '../element/markdown.ts';

/** How a document's own words are drawn: on a page of its own, and in a copy. */

/** A section's words, without its title. */
export function sectionText({ body, parts }: DocumentSection): TemplateResult {
  return html`
    <div class="prose section">
      ${body === undefined ? nothing : markdown(body, 4)}
      ${parts.map((part) => html`${part.title === undefined ? nothing : html`<h3>${part.title}</h3>`}${markdown(part.body, 4)}`)}
    </div>`;
}

/** Version, days and approval: E6 asks that they are shown. */
export function versionLine(document: ConsentDocument, locale: LocaleController): TemplateResult {
  const { version, effective, expires, irbApproval } = document;
  const day = (text: string): Date => new Date(`${text}T00:00:00Z`);
  const facts = [
    locale.say('consent-version', { version }),
    locale.say('consent-effective', { day: day(effective) }),
    ...(expires === undefined ? [] : [locale.say('consent-expires', { day: day(expires) })]),
    irbApproval === undefined
      ? locale.say('consent-not-approved')
      : locale.say('consent-approved', { id: irbApproval.id }),
  ];
  return html`<p class="meta version">${facts.join(' · ')}</p>`;
}
