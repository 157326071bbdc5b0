import { html, nothing, type TemplateResult } from 'lit';
import { qrCode } from '../element/qr.ts';
import type { MessageKey, Params } from '../locales/catalogue.ts';
import type { LinkFacts } from './ready-text.ts';

/** A poster: what it is about, the code to scan, the address to type, whom to ask, and who approved it. On paper it is the study's own, so it names it. */

export interface PosterFacts extends LinkFacts {
  /** The address as it is typed from paper. */
  readonly typed: string;
  readonly language: string;
  readonly direction: 'ltr' | 'rtl';
  /** It leads to a receiver on which nothing counts. */
  readonly isTest: boolean;
}

export function poster(facts: PosterFacts, say: (key: MessageKey, params?: Params) => string): TemplateResult {
  const { address, typed, title, irb, contact, until, language, direction, isTest } = facts;
  return html`
    <div class="poster" lang=${language} dir=${direction}>
      ${isTest ? html`<p class="test-mode">${say('poster-test')}</p>` : nothing}
      <p class="ask">${say('poster-title')}</p>
      ${title === undefined ? nothing : html`<p class="study">${title}</p>`}
      <p class="calm">${say('poster-calm')}</p>
      ${qrCode(address, say('link-qr', { address: typed }))}
      <p>${say('poster-scan')}</p>
      <p class="typed" dir="ltr">${breakable(typed)}</p>
      <div class="who">
        ${
          contact === undefined
            ? nothing
            : html`<p><strong>${say('poster-questions')}</strong><br />${contact.name}${line(contact.phone)}${line(contact.email)}</p>`
        }
        <p>${irb === undefined ? nothing : say('ready-irb', { irb })}${
          until === undefined
            ? nothing
            : html`${irb === undefined ? nothing : html`<br />`}${say('ready-until', { day: until })}`
        }</p>
      </div>
    </div>`;
}

function line(text: string | undefined): TemplateResult | typeof nothing {
  return text === undefined ? nothing : html`<br />${text}`;
}

const SHORT = 10;

/** An address that may go on in the next line after each of its parts, and nowhere else unless it has to. */
function breakable(typed: string): readonly (string | TemplateResult)[] {
  // A code has a hyphen to be read by, and no end of a line at it.
  const isShort = (part: string) => part.length <= SHORT;
  return typed
    .split(/(?<=[/?&])/)
    .map((part) => html`${isShort(part) ? html`<span class="whole">${part}</span>` : part}<wbr />`);
}
