import { html, nothing, type TemplateResult } from 'lit';
import type { Contact } from '../../src/study/schema.ts';

/** The people that a study names, as they are shown on every screen: reachable by one touch. */

export function phoneLink(phone: string): TemplateResult {
  return html`<a dir="ltr" href="tel:${phone.replace(/[^\d+]/g, '')}">${phone}</a>`;
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
