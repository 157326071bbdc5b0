import { html, nothing, type TemplateResult } from 'lit';
import type { ConsentStudy } from '../../src/study/consent-part.ts';
import { type Text, textIn } from '../../src/study/text.ts';
import { choiceRow } from '../element/choice-row.ts';
import { type DeliveryActions, deliveryActions, waitingNote } from '../element/delivery-note.ts';
import { resourceList } from '../element/resources.ts';
import { heading, people } from '../element/sheet.ts';
import type { MessageKey } from '../locales/catalogue.ts';
import { copyScreen } from './copy-screen.ts';
import { refusalWords } from './refusals.ts';
import type { Screen } from './screen.ts';
import { signScreen } from './sign-screen.ts';
import type { Scope, Sent, Stage } from './stage.ts';

/**
 * What the form looks like beside the document: signing, what became of a decision, where somebody stands, leaving.
 * Templates alone.
 */

export function stageScreen(screen: Screen, study: ConsentStudy): TemplateResult {
  const { stage, reading, signing } = screen;
  switch (stage.at) {
    case 'signing':
      return reading && signing ? signScreen(screen, reading, signing) : html``;
    case 'declining':
      return declining(screen);
    case 'sent':
      return sent(screen, study, stage);
    case 'withdrawing':
      return withdrawing(screen, study, stage);
    case 'copy':
      return copyScreen(screen, stage.record);
    default:
      return standing(screen, study);
  }
}

/** No version of the document is in use yet. */
export function notYet({ locale }: Screen, study: ConsentStudy): TemplateResult {
  return html`
    ${heading(locale.say('consent-not-yet-title'))}
    <div class="prose section"><p>${locale.say('consent-not-yet-text')}</p></div>
    ${people(study, locale)}`;
}

/** What an earlier visit left behind, of other elements too. */
export function waiting({ earlier, locale, shared, act, stage }: Screen): TemplateResult | undefined {
  if (earlier.length === 0 || stage.at === 'sent') return undefined;
  return waitingNote({ earlier, locale, shared, sendAgain: act.sendAgain, download: act.download });
}

function declining({ locale, act, busy }: Screen): TemplateResult {
  return html`
    ${heading(locale.say('decline-title'))}
    <div class="prose section"><p>${locale.say('decline-text')}</p></div>
    <div class="decision">
      <button class="secondary" part="decision" type="button" aria-disabled=${busy ? 'true' : nothing} @click=${() => act.leave('declined')}>${locale.say('decline-send')}</button>
      <button class="secondary" part="decision" type="button" @click=${() => act.stage({ at: 'reading' })}>${locale.say('decline-back')}</button>
    </div>`;
}

const TITLES: Readonly<Record<Sent, MessageKey>> = {
  signed: 'signed-title',
  declined: 'declined-consent-title',
  deferred: 'deferred-title',
  paper: 'paper-title',
  withdrawn: 'withdrawn-title',
  'withdrawn-part': 'withdrawn-part-title',
  unknown: 'decided-title',
};
const TEXTS: Readonly<Record<Sent, MessageKey>> = {
  signed: 'signed-text',
  declined: 'declined-consent-text',
  deferred: 'deferred-text',
  paper: 'paper-text',
  withdrawn: 'withdrawn-text',
  'withdrawn-part': 'withdrawn-part-text',
  unknown: 'decided-text',
};

/** A decision is one when the endpoint has it; until then it is said that it is none yet. */
function sent(
  screen: Screen,
  study: ConsentStudy,
  { what, submission }: Extract<Stage, { at: 'sent' }>,
): TemplateResult {
  const { locale, delivery, act } = screen;
  const status = delivery?.status;
  // Put off is put off, whether or not the endpoint knows.
  const isDone = status === 'delivered' || what === 'deferred' || what === 'paper';
  if (status === 'parked') return refused(screen, study, what);
  if (!isDone) return underWay(screen, what);
  const at = delivery?.receipt?.receivedAt;
  return html`
    ${heading(locale.say(TITLES[what]))}
    <div class="prose section">
      <p>${locale.say(what === 'signed' && screen.next === 'questionnaire' ? 'signed-text-asked' : TEXTS[what])}</p>
      ${at === undefined ? nothing : html`<p class="good" role="status">${locale.say('decided-at', { time: timeIn(locale.language, at) })}</p>`}
    </div>
    ${what === 'signed' ? html`${copyActions(screen, submission)}${leaving(screen)}` : nothing}
    ${
      what === 'deferred' || what === 'paper'
        ? html`<div class="actions"><button class="secondary" type="button" @click=${() => act.stage({ at: 'reading' })}>${locale.say('read-on')}</button></div>`
        : nothing
    }
    ${what === 'signed' ? nothing : people(study, locale)} ${resources(study, screen)}`;
}

/** On its way, or kept here: nothing is signed yet, and that is what the heading says. */
function underWay(screen: Screen, what: Sent): TemplateResult {
  const { locale, delivery } = screen;
  const isOn = delivery === undefined || delivery.status === 'queued' || delivery.status === 'sending';
  return html`
    ${heading(locale.say(what === 'signed' ? 'not-signed-title' : 'not-sent-title'))}
    ${
      isOn
        ? html`<div class="prose section"><p role="status">${locale.say('decision-sending')}</p></div>`
        : html`
          <div class="notice warn" role="status">
            <p>${locale.say(delivery.durable ? (delivery.status === 'held' ? 'decision-held' : 'decision-kept') : 'decision-in-memory')}</p>
            ${delivery.durable ? html`<p>${locale.say('kept-warning')}</p>` : nothing}
            ${deliveryActions(locale, actionsOn(screen))}
          </div>`
    }`;
}

/** Refused: it was not signed, why, and what helps. */
function refused(screen: Screen, study: ConsentStudy, what: Sent): TemplateResult {
  const { locale, delivery, act } = screen;
  const words = refusalWords(delivery?.problem?.type);
  const reason = delivery?.problem?.detail ?? delivery?.problem?.title;
  return html`
    ${heading(locale.say(what === 'signed' || words ? 'not-signed-title' : 'not-sent-title'))}
    <div class="notice bad" role="alert">
      <p>${locale.say(words?.text ?? 'refused-other')}</p>
      ${words === undefined && reason !== undefined ? html`<p class="meta">${locale.say('reason', { reason })}</p>` : nothing}
    </div>
    ${
      words === undefined
        ? deliveryActions(locale, actionsOn(screen))
        : html`
          <div class="actions">
            ${words.helps === 'ask' ? nothing : html`<button class="primary" part="primary" type="button" @click=${act.readAgain}>${locale.say(words.helps)}</button>`}
            <button class="text" type="button" @click=${() => actionsOn(screen).download()}>${locale.say('download')}</button>
          </div>
          ${words.helps === 'ask' ? nothing : html`<p class="meta">${locale.say('refused-thrown-away')}</p>`}`
    }
    ${people(study, locale)}`;
}

/** With what was handed in last. */
function actionsOn({ stage, act }: Screen): DeliveryActions {
  const id = stage.at === 'sent' ? stage.submission : '';
  return { sendAgain: () => act.sendAgain(id), download: () => act.download(id) };
}

function standing(screen: Screen, study: ConsentStudy): TemplateResult {
  const { locale, standing: mine, notice, act } = screen;
  const state = mine?.state ?? 'none';
  const record = mine?.records.at(-1);
  const told =
    notice === undefined ? nothing : html`<div class="notice warn" role="status"><p>${locale.say(notice)}</p></div>`;
  if (state === 'signed' && mine !== undefined) {
    return html`
      ${told}${heading(locale.say('signed-title'))}
      <div class="prose section">
        ${record === undefined ? nothing : html`<p>${locale.say('signed-version', { version: record.version, time: timeIn(locale.language, record.receivedAt) })}</p>`}
        ${mine.intervention === 'withdrawn' ? html`<p>${locale.say('intervention-withdrawn')}</p>` : nothing}
        ${mine.authorization === 'revoked' ? html`<p>${locale.say('authorization-revoked')}</p>` : nothing}
      </div>
      ${record === undefined ? nothing : copyActions(screen, record.submission)}
      ${mine.records.length > 1 ? earlierRecords(screen) : nothing}
      ${leaving(screen)} ${resources(study, screen)}`;
  }
  return html`
    ${told}${heading(locale.say(state === 'withdrawn' ? 'withdrawn-title' : 'declined-consent-title'))}
    <div class="prose section"><p>${locale.say(state === 'withdrawn' ? 'withdrawn-text' : 'declined-consent-text')}</p></div>
    ${record === undefined ? nothing : copyActions(screen, record.submission)}
    <div class="actions"><button class="secondary" type="button" @click=${() => act.stage({ at: 'reading' })}>${locale.say('read-document')}</button></div>
    ${people(study, locale)} ${resources(study, screen)}`;
}

/** A copy, at once and again whenever they come back: 45 CFR 46.117(a). */
function copyActions({ locale, act, busy }: Screen, record: string): TemplateResult {
  const disabled = busy ? 'true' : nothing;
  return html`
    <section class="people">
      <h3>${locale.say('copy-title')}</h3>
      <p>${locale.say('copy-text')}</p>
      <div class="actions">
        <button class="primary" part="primary" type="button" aria-disabled=${disabled} @click=${() => act.take(record, 'pdf')}>${locale.say('copy-pdf')}</button>
        <button class="secondary" type="button" aria-disabled=${disabled} @click=${() => act.showRecord(record)}>${locale.say('copy-show')}</button>
        <button class="text" type="button" aria-disabled=${disabled} @click=${() => act.take(record, 'record')}>${locale.say('copy-record')}</button>
      </div>
    </section>`;
}

function earlierRecords({ locale, standing: mine, act }: Screen): TemplateResult {
  const earlier = mine?.records.slice(0, -1) ?? [];
  return html`
    <h3 class="later">${locale.say('records-earlier')}</h3>
    <ul class="open">
      ${earlier.map(
        ({ submission, version, receivedAt }) =>
          html`<li><button class="text" type="button" @click=${() => act.showRecord(submission)}>${locale.say('signed-version', { version, time: timeIn(locale.language, receivedAt) })}</button></li>`,
      )}
    </ul>`;
}

function leaving({ locale, act }: Screen): TemplateResult {
  return html`
    <section class="leaving">
      <h3>${locale.say('leave-title')}</h3>
      <p>${locale.say('leave-text')}</p>
      <button class="text" type="button" @click=${() => act.stage({ at: 'withdrawing' })}>${locale.say('leave-open')}</button>
    </section>`;
}

function withdrawing(
  screen: Screen,
  study: ConsentStudy,
  { scope, erase = false }: Extract<Stage, { at: 'withdrawing' }>,
): TemplateResult {
  const { locale, act, busy, standing: mine } = screen;
  const hasAuthorization = study.consent.versions.some(({ blocks }) => blocks?.hipaa !== undefined);
  const scopes: readonly Scope[] = [
    ...(mine?.intervention === 'withdrawn' ? [] : (['intervention'] as const)),
    'study',
    ...(hasAuthorization && mine?.authorization !== 'revoked' ? (['authorization'] as const) : []),
  ];
  const row = (type: 'radio' | 'checkbox', id: `withdraw-${Scope | 'erase'}`, checked: boolean, chosen: () => void) =>
    choiceRow({ words: locale.say(id), type, id, name: type, checked, chosen });
  return html`
    <form novalidate @submit=${(event: Event) => {
      event.preventDefault();
      if (scope !== undefined && !busy) act.withdraw();
    }}>
      ${heading(locale.say('withdraw-title'))}
      <div class="prose section"><p>${locale.say('withdraw-text')}</p></div>
      <div class="questions">
        <fieldset class="question" role="radiogroup" aria-required="true">
          <legend><span class="title">${locale.say('withdraw-from')}</span></legend>
          <div class="choices">
            ${scopes.map((one) => row('radio', `withdraw-${one}`, scope === one, () => act.stage({ at: 'withdrawing', scope: one, erase: one === 'study' && erase })))}
          </div>
        </fieldset>
        ${
          scope === 'study'
            ? html`<div class="choices">${row('checkbox', 'withdraw-erase', erase, () => act.stage({ at: 'withdrawing', scope, erase: !erase }))}</div>`
            : nothing
        }
      </div>
      <div class="way-on">
        <button class="primary" part="primary" type="submit" aria-disabled=${scope === undefined || busy ? 'true' : nothing}>${locale.say('withdraw-send')}</button>
        <div class="second"><button class="text" type="button" @click=${() => act.stage({ at: 'standing' })}>${locale.say('withdraw-cancel')}</button></div>
      </div>
    </form>
    ${people(study, locale)}`;
}

function resources(study: ConsentStudy, { locale, reading }: Screen): TemplateResult | typeof nothing {
  const { resources: all = [], languages } = study;
  if (all.length === 0) return nothing;
  const words = (text: Text) => textIn(text, reading?.document.language ?? locale.language, languages);
  return html`<section class="people"><h3>${locale.say('resources-title')}</h3>${resourceList(all, words)}</section>`;
}

function timeIn(language: string, instant: string): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'long', timeStyle: 'long' }).format(new Date(instant));
}
