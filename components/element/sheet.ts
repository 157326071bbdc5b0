import { html, nothing, type TemplateResult } from 'lit';
import type { StudyHead } from '../../src/study/schema.ts';
import type { SteadyError } from '../../src/study/steady-error.ts';
import { StudyError } from '../../src/study/study-error.ts';
import type { MessageKey } from '../locales/catalogue.ts';
import type { LocaleController } from './locale-controller.ts';
import { contactLine, whomToAsk } from './people.ts';

/** The surface that every element draws on, and what all of them have on it. Templates alone. */

export function heading(text: string): TemplateResult {
  return html`<h2 tabindex="-1" data-focus="heading">${text}</h2>`;
}

export function people({ contacts }: StudyHead, locale: LocaleController): TemplateResult {
  const contact = whomToAsk(contacts);
  return html`<section class="people"><h3>${locale.say('contacts-title')}</h3>${contact === undefined ? nothing : html`<p class="reach">${contactLine(contact)}</p>`}</section>`;
}

export interface Sheet {
  readonly locale: LocaleController;
  /** Whose contact stands at the foot, once it is known. */
  readonly study: StudyHead | undefined;
  readonly mode: 'live' | 'test';
  /** What is said of what an earlier visit left behind. */
  readonly waiting: TemplateResult | undefined;
  /** The session's quiet choices, once they are fetched. */
  readonly footing: TemplateResult | undefined;
}

export function card({ locale, study, mode, waiting, footing }: Sheet, content: TemplateResult): TemplateResult {
  const contact = study && whomToAsk(study.contacts);
  return html`
    <div class="card" part="card">
      ${mode === 'test' ? html`<p class="test-mode">${locale.say('test-mode')}</p>` : nothing}
      ${waiting}
      ${content}
      ${contact === undefined ? nothing : html`<p class="foot reach">${locale.say('questions-contact')} ${contactLine(contact)}</p>`}
      <div class="footing">${footing}</div>
    </div>`;
}

export function loading(locale: LocaleController): TemplateResult {
  return html`<div class="card loading" aria-busy="true"><p class="meta" role="status">${locale.say('loading')}</p><div class="fallback"><slot></slot></div></div>`;
}

export interface Failed extends Pick<Sheet, 'locale' | 'study' | 'waiting'> {
  readonly failure: SteadyError | undefined;
  readonly reload: () => void;
}

/** Nothing here blames the participant; the developer reads the rest in `steady-error` and on the console. */
export function failed({ locale, failure, study, reload, waiting }: Failed, title: MessageKey): TemplateResult {
  const head = study ?? (failure instanceof StudyError ? failure.head : undefined);
  return html`
    <div class="card" part="card">
      ${waiting}
      ${heading(locale.say(title))}
      <div class="prose" role="alert"><p>${locale.say('failed-text')}</p></div>
      <div class="actions"><button class="secondary" type="button" @click=${reload}>${locale.say('try-again')}</button></div>
      <div class="fallback"><slot></slot></div>
      ${head === undefined ? nothing : html`<p class="note">${locale.say('failed-contact')}</p>${people(head, locale)}`}
      <p class="meta code">${failure?.code}</p>
    </div>`;
}
