import { html, nothing, type TemplateResult } from 'lit';
import type { Contact, Resource } from '../../src/study/schema.ts';
import type { Text } from '../../src/study/text.ts';

/** The people and services that a study names, as they are shown on every screen: reachable by one touch. */

export function phoneLink(phone: string): TemplateResult {
  return html`<a href="tel:${phone.replace(/[^\d+]/g, '')}">${phone}</a>`;
}

export function contactLine({ name, phone, email }: Contact): TemplateResult {
  return html`<span>${name}</span> ${phone === undefined ? nothing : phoneLink(phone)} ${
    email === undefined ? nothing : html`<a href="mailto:${email}">${email}</a>`
  }`;
}

/** Whom a participant can ask: the research contact, else the first. */
export function whomToAsk(contacts: readonly Contact[]): Contact | undefined {
  return contacts.find(({ role }) => role === 'research') ?? contacts[0];
}

export function resourceList(resources: readonly Resource[], say: (text: Text) => string): TemplateResult {
  return html`
    <ul class="resources">
      ${resources.map(
        ({ title, phone, url, note }) => html`
          <li>
            <strong>${url === undefined ? say(title) : html`<a href=${url} target="_blank" rel="noopener noreferrer">${say(title)}</a>`}</strong>
            ${phone === undefined ? nothing : html`<span>${phoneLink(phone)}</span>`}
            ${note === undefined ? nothing : html`<span class="meta">${say(note)}</span>`}
          </li>`,
      )}
    </ul>`;
}
