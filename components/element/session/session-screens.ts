import { html, nothing, type TemplateResult } from 'lit';
import type { EntrySummary } from '../../../src/delivery/outbox.ts';
import type { StudyHead } from '../../../src/study/schema.ts';
import { textIn } from '../../../src/study/text.ts';
import { groupCode } from '../../../src/submission/secrets.ts';
import type { MessageKey } from '../../locales/catalogue.ts';
import type { LocaleController } from '../locale-controller.ts';
import { contactLine, whomToAsk } from '../people.ts';
import { qrCode } from '../qr.ts';
import type { Session } from './session.ts';
import type { InvitationProblem } from './session-state.ts';

/**
 * What a participant sees of their session: short, calm, one thing to do. Templates alone: nothing here decides or keeps.
 */

export interface Words {
  readonly locale: LocaleController;
  readonly study: StudyHead;
}

/** Problems that mending the field, or another try, can solve. */
const CHECKS: readonly string[] = ['check-needed', 'check-wrong'];
const PROBLEM_WORDS: Readonly<Record<string, MessageKey>> = {
  'invitation-unknown': 'invitation-unknown',
  'invitation-spent': 'invitation-spent',
  'invitation-expired': 'invitation-expired',
  'invitation-locked': 'invitation-locked',
};

export function invitation(
  { locale, study }: Words,
  session: Session,
  actions: { readonly accept: (check?: string) => void; readonly dismiss: () => void },
): TemplateResult {
  const { problem } = session;
  const busy = session.state === 'signing-in';
  const final = problem !== undefined && problem.code in PROBLEM_WORDS;
  const title = textIn(study.title, locale.language, study.languages);
  return screen(
    locale.say('invited-title'),
    html`
      ${final ? nothing : html`<p>${locale.say('invited-to-study', { study: title })}</p>`}
      ${session.participant !== undefined && !final ? html`<p class="meta">${locale.say('invited-other')}</p>` : nothing}
      <form novalidate @submit=${(event: SubmitEvent) => {
        event.preventDefault();
        const field = (event.currentTarget as HTMLFormElement).querySelector<HTMLInputElement>('input');
        if (!busy) actions.accept(field?.value.trim() || undefined);
      }}>
        ${problem === undefined ? nothing : problemOf(problem, { locale, study })}
        ${CHECKS.includes(problem?.code ?? '') || (busy && problem !== undefined) ? check(locale) : nothing}
        <div class="actions">
          ${
            final
              ? nothing
              : html`<button class="primary" part="primary" type="submit" aria-disabled=${busy ? 'true' : nothing}>${locale.say(busy ? 'invited-busy' : 'invited-start')}</button>`
          }
          <button class=${final ? 'secondary' : 'text'} type="button" @click=${actions.dismiss}>${locale.say(final ? 'continue' : 'invited-dismiss')}</button>
        </div>
      </form>`,
  );
}

function problemOf(problem: InvitationProblem, words: Words): TemplateResult {
  const { locale } = words;
  const { code, triesLeft } = problem;
  if (code === 'check-needed') return html``;
  const final = PROBLEM_WORDS[code];
  const text =
    code === 'check-wrong'
      ? locale.say('check-wrong', { count: triesLeft ?? 1 })
      : locale.say(final ?? 'call-unreachable');
  return html`
    <div class="notice ${final === undefined ? 'warn' : 'bad'}" role="alert"><p>${text}</p></div>
    ${final === undefined ? nothing : whom(words)}`;
}

function check(locale: LocaleController): TemplateResult {
  return html`
    <div class="question">
      <label for="session-check">${locale.say('check-label')}</label>
      <p class="meta" id="session-check-help">${locale.say('check-help')}</p>
      <input class="line" id="session-check" type="text" autocomplete="off" aria-describedby="session-check-help" />
    </div>`;
}

export function codeScreen(
  { locale }: Words,
  wrong: boolean,
  actions: { readonly go: (code: string) => void; readonly cancel: () => void },
): TemplateResult {
  return screen(
    locale.say('code-title'),
    html`
      <p>${locale.say('code-text')}</p>
      <form novalidate @submit=${(event: SubmitEvent) => {
        event.preventDefault();
        actions.go((event.currentTarget as HTMLFormElement).querySelector('input')?.value ?? '');
      }}>
        <div class="question">
          <label for="session-code">${locale.say('code-label')}</label>
          ${wrong ? html`<p class="problem" id="session-code-problem" role="alert">${locale.say('code-wrong')}</p>` : nothing}
          <input class="line" id="session-code" type="text" autocomplete="off" autocapitalize="off" spellcheck="false"
            aria-invalid=${wrong ? 'true' : nothing} aria-describedby=${wrong ? 'session-code-problem' : nothing} />
        </div>
        <div class="actions">
          <button class="primary" part="primary" type="submit">${locale.say('continue')}</button>
          <button class="text" type="button" @click=${actions.cancel}>${locale.say('cancel')}</button>
        </div>
      </form>`,
  );
}

export function signedOut(
  words: Words,
  session: Session,
  waiting: readonly EntrySummary[],
  actions: { readonly again: () => void; readonly code: () => void },
): TemplateResult {
  const { locale } = words;
  return screen(
    locale.say('signed-out-title'),
    html`
      <p>${locale.say(session.elsewhere ? 'signed-out-elsewhere' : 'signed-out-text')}</p>
      ${waiting.length === 0 ? nothing : html`<p class="notice warn" role="status">${locale.say('signed-out-waiting', { count: waiting.length })}${memoryNote(locale, waiting)}</p>`}
      ${session.elsewhere ? whom(words) : nothing}
      <div class="actions">
        <button class="secondary" type="button" @click=${actions.code}>${locale.say('have-code')}</button>
        <button class="text" type="button" @click=${actions.again}>${locale.say('signed-out-again')}</button>
      </div>`,
  );
}

export interface UnsentActions {
  readonly send: (id: string) => void;
  readonly download: (id: string) => void;
  /** Asked first, then done. */
  readonly discard: (id: string) => void;
  readonly leave: () => void;
  readonly cancel: () => void;
}

/** Somebody wants to sign out and something has not arrived: what becomes of it is theirs to say. */
export function unsent(
  { locale }: Words,
  entries: readonly EntrySummary[],
  sure: string | undefined,
  actions: UnsentActions,
): TemplateResult {
  const at = new Intl.DateTimeFormat(locale.language, { dateStyle: 'long', timeStyle: 'short' });
  return screen(
    locale.say('unsent-title'),
    html`
      <p>${locale.say('unsent-text', { count: entries.length })}${memoryNote(locale, entries)}</p>
      <ul class="entries">
        ${entries.map(
          ({ id, createdAt }) => html`
            <li>
              <p class="meta">${at.format(createdAt)}</p>
              ${
                sure === id
                  ? html`
                      <p role="alert">${locale.say('discard-sure')}</p>
                      <div class="actions">
                        <button class="secondary" type="button" @click=${() => actions.discard(id)}>${locale.say('discard-yes')}</button>
                        <button class="text" type="button" @click=${() => actions.discard('')}>${locale.say('cancel')}</button>
                      </div>`
                  : html`
                      <div class="actions">
                        <button class="secondary" type="button" @click=${() => actions.send(id)}>${locale.say('send-now')}</button>
                        <button class="text" type="button" @click=${() => actions.download(id)}>${locale.say('download')}</button>
                        <button class="text" type="button" @click=${() => actions.discard(id)}>${locale.say('discard')}</button>
                      </div>`
              }
            </li>`,
        )}
      </ul>
      <div class="actions">
        <button class="secondary" type="button" @click=${actions.leave}>${locale.say(entries.length === 0 ? 'sign-out' : 'sign-out-anyway')}</button>
        <button class="text" type="button" @click=${actions.cancel}>${locale.say('cancel')}</button>
      </div>`,
  );
}

export function idle(
  { locale }: Words,
  session: Session,
  waiting: readonly EntrySummary[],
  actions: { readonly resume: () => void; readonly signOut: () => void },
): TemplateResult {
  const known = session.participant !== undefined;
  return screen(
    locale.say('idle-title'),
    html`
      <p>${locale.say(known ? 'idle-text' : 'idle-gone')}</p>
      ${waiting.some(({ state }) => !state.durable) ? html`<p class="notice warn" role="status">${locale.say('idle-sending')}</p>` : nothing}
      <div class="actions">
        <button class="primary" part="primary" type="button" @click=${actions.resume}>${locale.say(known ? 'continue' : 'start-again')}</button>
        ${known ? html`<button class="text" type="button" @click=${actions.signOut}>${locale.say('idle-not-you')}</button>` : nothing}
      </div>`,
  );
}

/** Nothing of what this element asks is due. */
export function done(words: Words): TemplateResult {
  const { locale } = words;
  return screen(locale.say('done-title'), html`<p>${locale.say('done-text')}</p>${whom(words)}`);
}

export interface WayBack {
  readonly code: string;
  readonly link: string;
}

/** The link that brings a participant back, once: to keep, to photograph, to copy. */
export function wayBack(
  { locale }: Words,
  { code, link }: WayBack,
  copied: 'copied' | 'copy-failed' | undefined,
  copy: () => void,
): TemplateResult {
  return html`
    <section class="way-back session" aria-labelledby="way-back-title">
      <h3 id="way-back-title">${locale.say('way-back-title')}</h3>
      <p>${locale.say('way-back-text')}</p>
      <div class="both">
        ${qrCode(link, locale.say('way-back-picture'))}
        <div class="words">
          <p class="meta">${locale.say('way-back-qr')}</p>
          <input class="line" type="text" readonly aria-label=${locale.say('way-back-title')} .value=${link}
            @focus=${(event: FocusEvent) => (event.currentTarget as HTMLInputElement).select()} />
          <div class="actions">
            <button class="secondary" type="button" @click=${copy}>${locale.say('copy-link')}</button>
            <span class="meta" role="status">${copied === undefined ? nothing : locale.say(copied)}</span>
          </div>
          <p class="meta">${locale.say('way-back-code')}</p>
          <p class="code-groups">${groupCode(code)}</p>
        </div>
      </div>
    </section>`;
}

export function wayBackScreen(
  { locale }: Words,
  shown: TemplateResult | 'failed' | undefined,
  close: () => void,
): TemplateResult {
  return html`
    <div class="session">
      <h2 tabindex="-1" data-focus="heading">${locale.say('way-back')}</h2>
      ${
        shown === 'failed'
          ? html`<p class="notice warn" role="alert">${locale.say('way-back-failed')}</p>`
          : (shown ?? html`<p class="meta" role="status">${locale.say('invited-busy')}</p>`)
      }
      <div class="actions"><button class="secondary" type="button" @click=${close}>${locale.say('way-back-done')}</button></div>
    </div>`;
}

export interface FootActions {
  readonly share: () => void;
  readonly code: () => void;
  readonly wayBack: () => void;
  readonly signOut: () => void;
}

/** The quiet choices at the end of every card. */
export function footing(
  { locale }: Words,
  session: Session,
  { shareFailed, covered }: { readonly shareFailed: boolean; readonly covered: boolean },
  actions: FootActions,
): TemplateResult {
  const { state } = session;
  const button = (key: MessageKey, act: () => void) =>
    html`<button class="quiet" type="button" @click=${act}>${locale.say(key)}</button>`;
  return html`
    ${state === 'signed-in' ? html`<span>${locale.say('signed-in')}</span>${covered ? nothing : button('way-back', actions.wayBack)}${button('sign-out', actions.signOut)}` : nothing}
    ${state === 'anonymous' && !covered ? button('have-code', actions.code) : nothing}
    ${
      session.shared
        ? html`<p role="status">${locale.say(shareFailed ? 'share-failed' : 'shared')}</p>`
        : button('share-computer', actions.share)
    }`;
}

function screen(title: string, content: TemplateResult): TemplateResult {
  return html`<div class="session"><h2 tabindex="-1" data-focus="heading">${title}</h2>${content}</div>`;
}

function memoryNote(locale: LocaleController, entries: readonly EntrySummary[]): string {
  return entries.some(({ state }) => !state.durable) ? ` ${locale.say('unsent-memory')}` : '';
}

/** Whom to ask where the page cannot help. */
function whom({ study, locale }: Words): TemplateResult | typeof nothing {
  const contact = whomToAsk(study.contacts);
  if (contact === undefined) return nothing;
  return html`<section class="people"><h3>${locale.say('contacts-title')}</h3><p class="reach">${contactLine(contact)}</p></section>`;
}
