import { html, nothing, type TemplateResult } from 'lit';
import type { Resource } from '../../src/study/schema.ts';
import type { Text } from '../../src/study/text.ts';
import { phoneLink } from './people.ts';

/** The services that a study names for whoever would like to talk to somebody. */
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
