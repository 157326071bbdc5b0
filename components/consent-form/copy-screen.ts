import { html, nothing, svg, type TemplateResult } from 'lit';
import type { ConsentDocument, DocumentOption } from '../../src/consent/document.ts';
import type { ConsentRecord } from '../../src/consent/record.ts';
import type { Mark } from '../../src/study/consent-answers.ts';
import { contactLine } from '../element/people.ts';
import { heading } from '../element/sheet.ts';
import { sectionText, versionLine } from './document-parts.ts';
import type { Screen } from './screen.ts';

/**
 * A signed record on the screen, and in print: the whole document, what was chosen, and the signature block with printed
 * name, date and time, and meaning (21 CFR 11.50).
 */
export function copyScreen(screen: Screen, record: ConsentRecord): TemplateResult {
  const { locale, act } = screen;
  const { statement, receivedAt, statementDigest, submission } = record;
  // What was signed is the document as both ends make it: the record's schema holds as much of it as is told.
  const document = statement.document as unknown as ConsentDocument;
  const { signature, choices } = statement;
  const time = (instant: string, timeZone?: string): string =>
    new Intl.DateTimeFormat(locale.language, {
      ...{ dateStyle: 'long', timeStyle: 'long' },
      ...(timeZone !== undefined && { timeZone }),
    }).format(new Date(instant));
  return html`
    <article class="copy" lang=${document.language}>
      <p class="meta">${document.title}</p>
      ${heading(locale.say('copy-heading'))}
      ${versionLine(document, locale)}
      ${document.sections.map((section) => html`<section><h3>${section.title}</h3>${sectionText(section)}</section>`)}
      ${document.choices.map(({ id, question, options }) =>
        choices[id] === undefined
          ? nothing
          : html`<section><h3>${question}</h3><p>${wordsOf(options, choices[id])}</p></section>`,
      )}
      <section><h3>${locale.say('contacts-title')}</h3>${document.contacts.map((contact) => html`<p class="reach">${contactLine(contact)}</p>`)}</section>
      <section class="block">
        <h3>${locale.say('copy-signature')}</h3>
        <blockquote>${signature.meaning}</blockquote>
        ${markOf(signature.mark, locale.say('sign-pad-drawn'))}
        <dl class="contacts">
          <dt>${locale.say('sign-name')}</dt><dd>${signature.name}</dd>
          <dt>${locale.say('copy-received')}</dt><dd>${time(receivedAt)}</dd>
          <dt>${locale.say('copy-signed')}</dt><dd>${time(signature.signedAt, signature.timeZone)}</dd>
          ${signature.rightsReceivedAt === undefined ? nothing : html`<dt>${locale.say('sign-rights-name')}</dt><dd>${time(signature.rightsReceivedAt, signature.timeZone)}</dd>`}
          <dt>${locale.say('copy-number')}</dt><dd class="code-words">${submission}</dd>
          <dt>${locale.say('copy-digest')}</dt><dd class="code-words">${statementDigest}</dd>
        </dl>
        ${signature.authorization === undefined ? nothing : html`<h3>${locale.say('sign-authorization')}</h3>${markOf(signature.authorization.mark, locale.say('sign-pad-drawn'))}`}
      </section>
    </article>
    <div class="way-on">
      <button class="primary" part="primary" type="button" @click=${() => print()}>${locale.say('copy-print')}</button>
      <div class="second">
        <button class="text" type="button" @click=${() => act.stage({ at: 'standing' })}>${locale.say('back')}</button>
        <button class="text" type="button" @click=${() => act.take(submission, 'pdf')}>${locale.say('copy-pdf')}</button>
      </div>
    </div>`;
}

function wordsOf(options: readonly DocumentOption[], value: string): string {
  return options.find((option) => option.value === value)?.text ?? value;
}

function markOf(mark: Mark, label: string): TemplateResult {
  if (mark.method === 'typed') return html`<p class="hand mark">${mark.text}</p>`;
  const { width, height, strokes } = mark;
  const lines = strokes.map(
    (stroke) => `M${stroke.map((at, index) => `${index % 2 === 0 && index > 0 ? 'L' : ''}${at}`).join(' ')}`,
  );
  return html`${svg`<svg class="mark" viewBox="0 0 ${width} ${height}" role="img" aria-label=${label}><path d=${lines.join('')} /></svg>`}`;
}
