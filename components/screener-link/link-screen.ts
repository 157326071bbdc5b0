import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { qrCode } from '../element/qr.ts';
import { heading } from '../element/sheet.ts';
import type { MessageKey } from '../locales/catalogue.ts';
import { counts, linkLine, recruiting } from './link-list.ts';
import { nameOfLanguage } from './names.ts';
import { poster } from './poster.ts';
import type { Screen } from './screen.ts';
import { trouble } from './screens.ts';
import type { ShownLink } from './shown-link.ts';

/** One link with all that it is handed out with: to read out, to copy, to scan, to send, to print. Templates alone. */

export function linkScreen(screen: Screen, shown: ShownLink): TemplateResult {
  const { locale, recruiter, plain, act } = screen;
  const { link, stage } = recruiter;
  const { code } = shown;
  return html`
    ${trouble(screen)}
    ${heading(code === undefined ? locale.say('link-title-plain') : locale.say('link-title', { code }))}
    ${stage.at === 'link' && stage.isNew ? html`<p class="lead" role="status">${locale.say('link-made')}</p>` : nothing}
    ${link === undefined ? nothing : html`<p class="meta">${linkLine(screen, link)}</p>`}
    ${recruiting(screen)}
    ${plain ? html`<div class="notice warn"><p>${locale.say('link-unverified-text')}</p><p>${locale.say('link-text-page')}</p></div>` : nothing}
    ${addressBlock(screen, shown)}
    ${shown.channel === 'poster' ? posterBlock(screen, shown) : textBlock(screen, shown)}
    ${scanBlock(screen, shown)}
    ${link?.counts === undefined ? nothing : html`<section class="block"><h3>${locale.say('link-counts-title')}</h3>${counts(screen, link)}<p class="help">${locale.say('link-small')}</p></section>`}
    ${recruiter.isEnding ? sure(screen) : nothing}
    <div class="way-on">
      <div class="second">
        <button class="text" type="button" @click=${act.showAll}>${locale.say(plain ? 'link-another' : 'link-all')}</button>
        ${link?.state === 'open' && !recruiter.isEnding ? html`<button class="text" type="button" @click=${() => act.askToEnd(true)}>${locale.say('link-end')}</button>` : nothing}
      </div>
    </div>`;
}

function addressBlock(screen: Screen, { code, address }: ShownLink): TemplateResult {
  const { locale } = screen;
  return html`
    <section class="block first">
      ${
        code === undefined
          ? nothing
          : html`<p class="code-large" dir="ltr">${code}</p>
            <p class="help">${locale.say('link-code-help')}</p>`
      }
      ${copyField(screen, { id: 'address', label: 'link-address', button: 'link-copy-address', text: address, direction: 'ltr' })}
    </section>`;
}

function scanBlock({ locale, pictureFailed, act }: Screen, { address, channel, facts }: ShownLink): TemplateResult {
  return html`
    <section class="block">
      <h3>${locale.say('link-qr-title')}</h3>
      <div class="scan">
        ${channel === 'poster' ? nothing : qrCode(address, locale.say('link-qr', { address: facts.typed }))}
        <div class="actions">
          <button class="secondary" type="button" @click=${() => act.take('svg')}>${locale.say('link-qr-svg')}</button>
          <button class="secondary" type="button" @click=${() => act.take('png')}>${locale.say('link-qr-png')}</button>
          <p role="status">${pictureFailed ? locale.say('link-qr-failed') : nothing}</p>
        </div>
      </div>
    </section>`;
}

function textBlock(screen: Screen, shown: ShownLink): TemplateResult {
  const { locale } = screen;
  const { text, channel } = shown;
  const isShownToAll = channel === 'slide';
  return html`
    <section class="block">
      <h3>${locale.say(isShownToAll ? 'link-slide-title' : 'link-text-title')}</h3>
      <p class="help">${locale.say(isShownToAll ? 'link-slide-help' : 'link-text-help')}</p>
      ${otherLanguage(screen, shown)}
      ${text.subject === undefined ? nothing : copyField(screen, { id: 'subject', label: 'link-subject', button: 'link-copy-subject', text: text.subject, language: shown.facts.language })}
      ${copyField(screen, { id: 'text', label: 'link-text', button: 'link-copy-text', text: text.text, language: shown.facts.language, rows: true })}
    </section>`;
}

function otherLanguage({ locale }: Screen, { otherLanguage }: ShownLink): TemplateResult | typeof nothing {
  if (otherLanguage === undefined) return nothing;
  const language = nameOfLanguage(otherLanguage, locale.language);
  return html`<div class="notice"><p>${locale.say('link-text-language', { language })}</p></div>`;
}

interface CopyField {
  readonly id: string;
  readonly label: MessageKey;
  readonly button: MessageKey;
  readonly text: string;
  readonly direction?: 'ltr';
  readonly language?: string;
  /** Several lines: as high as they are. */
  readonly rows?: boolean;
}

/** A text that can be copied by a button, or by hand where that does not work. */
function copyField({ locale, copying, act }: Screen, field: CopyField): TemplateResult {
  const { id, label, button, text, direction, language, rows = false } = field;
  const state = copying.state(id);
  const box = rows
    ? html`<textarea class="input" id=${id} readonly lang=${language ?? nothing} dir="auto" rows="2" .value=${live(text)}></textarea>`
    : html`<input class="line" id=${id} type="text" readonly lang=${language ?? nothing} dir=${direction ?? 'auto'} .value=${live(text)} />`;
  return html`
    <div class="copy-field">
      <label for=${id}>${locale.say(label)}</label>
      ${box}
      <div class="actions">
        <button class="secondary" type="button" @click=${() => act.copy(id)}>${locale.say(button)}</button>
        <p role="status" class=${state === 'copied' ? 'good' : 'meta'}>${state === undefined ? nothing : locale.say(state === 'copied' ? 'link-copied' : 'link-copy-failed')}</p>
      </div>
    </div>`;
}

function posterBlock(screen: Screen, shown: ShownLink): TemplateResult {
  const { locale, study, act } = screen;
  return html`
    <section class="block">
      <h3>${locale.say('link-poster-title')}</h3>
      ${otherLanguage(screen, shown)}
      ${study !== undefined && study.irb === undefined ? html`<div class="notice warn"><p>${locale.say('link-no-irb')}</p></div>` : nothing}
      <div class="actions"><button class="secondary" type="button" @click=${act.print}>${locale.say('link-print')}</button></div>
      <figure aria-label=${locale.say('link-poster-preview')}>${poster(shown.facts, shown.say)}</figure>
    </section>`;
}

/** It cannot be undone, so it takes two presses. */
function sure({ locale, recruiter, act }: Screen): TemplateResult {
  return html`
    <div class="notice warn" role="group" tabindex="-1" data-focus="summary" aria-label=${locale.say('link-end')}>
      <p>${locale.say('link-end-sure')}</p>
      <div class="actions">
        <button class="secondary" type="button" aria-disabled=${recruiter.busy ? 'true' : nothing} @click=${act.end}>${locale.say('link-end-yes')}</button>
        <button class="text" type="button" @click=${() => act.askToEnd(false)}>${locale.say('link-end-no')}</button>
      </div>
    </div>`;
}
