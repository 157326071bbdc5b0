import { html, nothing, type TemplateResult } from 'lit';
import type { DeliveryState } from '../../src/delivery/delivery-state.ts';
import type { EntrySummary } from '../../src/delivery/outbox.ts';
import type { ScreeningStudy, StudyHead } from '../../src/study/schema.ts';
import type { SteadyError } from '../../src/study/steady-error.ts';
import { StudyError } from '../../src/study/study-error.ts';
import { type Text, textIn } from '../../src/study/text.ts';
import { deliveryNote } from '../element/delivery-note.ts';
import type { ElementState } from '../element/element-state.ts';
import type { LocaleController } from '../element/locale-controller.ts';
import { markdown } from '../element/markdown.ts';
import { contactLine, resourceList, whomToAsk } from '../element/people.ts';
import type { FormView } from '../form-view/form-view.ts';
import { progress } from '../form-view/progress.ts';
import type { ScreeningVisit } from './screening-visit.ts';

/** What each state of the screener looks like. Templates alone: nothing here decides, fetches or keeps. */

export type Notice = 'draft-older' | 'draft-damaged';

export interface Screen {
  readonly state: ElementState;
  readonly study: ScreeningStudy | undefined;
  readonly failure: SteadyError | undefined;
  readonly visit: ScreeningVisit | undefined;
  readonly view: FormView;
  readonly locale: LocaleController;
  readonly notice: Notice | undefined;
  readonly saved: boolean | undefined;
  readonly busy: boolean;
  readonly mode: 'live' | 'test';
  readonly earlier: readonly EntrySummary[];
  /** The submission whose delivery matters now, and how far it is. */
  readonly submission: string | undefined;
  readonly delivery: DeliveryState | undefined;
  readonly deliveredAt: Date | undefined;
  readonly next: () => void;
  readonly back: () => void;
  readonly decline: () => void;
  readonly reload: () => void;
  readonly sendAgain: (id: string) => void;
  readonly download: (id: string) => void;
}

export function screen(screen: Screen): TemplateResult {
  const { state, study, visit, view } = screen;
  if (state === 'failed') return failed(screen);
  if (study && state === 'closed') return card(screen, closed(screen, study));
  // Between two steps the next form may still be on its way to the view.
  const between = visit?.form !== view.form && (visit?.step === 'asking' || visit?.step === 'contact');
  if (study === undefined || visit === undefined || between) {
    return html`<div class="card loading" aria-busy="true"><p class="meta" role="status">${screen.locale.say('loading')}</p><slot></slot></div>`;
  }
  switch (visit.step) {
    case 'asking':
    case 'contact':
      return card(screen, asking(screen, study, visit));
    case 'ineligible':
      return card(screen, ineligible(screen, study, visit));
    case 'incomplete':
      return card(screen, incomplete(screen, study));
    case 'thanks':
      return card(screen, thanks(screen, study, visit));
    case 'declined':
      return card(screen, declined(screen, study));
  }
}

function card(screen: Screen, content: TemplateResult): TemplateResult {
  const { locale, mode, earlier, study } = screen;
  return html`
    <div class="card" part="card">
      ${mode === 'test' ? html`<p class="test-mode">${locale.say('test-mode')}</p>` : nothing}
      ${earlier.length > 0 ? waiting(screen) : nothing}
      ${content}
      ${study === undefined ? nothing : foot(screen, study)}
    </div>`;
}

/** What an earlier visit left behind, and what can be done about it. */
function waiting({ earlier, locale, sendAgain, download }: Screen): TemplateResult {
  return html`
    <div class="notice warn">
      <p>${locale.say('waiting-before', { count: earlier.length })}</p>
      ${earlier.map(
        ({ id }) => html`
          <div class="actions">
            <button class="secondary" type="button" @click=${() => sendAgain(id)}>${locale.say('send-again')}</button>
            <button class="text" type="button" @click=${() => download(id)}>${locale.say('download')}</button>
          </div>`,
      )}
    </div>`;
}

function asking(screen: Screen, study: ScreeningStudy, visit: ScreeningVisit): TemplateResult {
  const { view, locale, notice, busy } = screen;
  const contact = visit.step === 'contact';
  const last = view.isLast;
  const intro = contact ? { heading: locale.say('eligible-title'), text: eligible(screen, study) } : undefined;
  const label = last ? (contact ? 'send-contact' : 'send-answers') : 'next';
  return html`
    <form novalidate @submit=${(event: Event) => {
      event.preventDefault();
      screen.next();
    }}>
      ${contact && view.count === 1 ? nothing : progress(view, locale)}
      ${notice === undefined ? nothing : html`<div class="notice" role="status">${locale.say(notice)}</div>`}
      ${view.render(textIn(study.title, visit.language, study.languages), intro)}
      ${view.index === 0 && !contact ? html`<p class="note meta">${locale.say('anonymous-note')}</p>` : nothing}
      <div class="way-on">
        <button class="primary" part="primary" type="submit" aria-disabled=${busy ? 'true' : nothing}>${locale.say(label)}</button>
        <div class="second">
          ${
            view.index > 0
              ? html`<button class="text" type="button" @click=${screen.back}>${locale.say('back')}</button>`
              : contact
                ? html`<button class="text" type="button" @click=${screen.decline}>${locale.say('no-contact')}</button>`
                : html`<span></span>`
          }
          ${screen.saved === undefined ? nothing : html`<span class="meta">${locale.say(screen.saved ? 'saved-in-tab' : 'not-saved')}</span>`}
        </div>
      </div>
    </form>`;
}

function eligible(screen: Screen, study: ScreeningStudy): TemplateResult {
  const { locale } = screen;
  return html`
    <div class="lead-in">
      <p>${locale.say(study.screening.enrolment === 'invite' ? 'invited-text' : 'eligible-text')}</p>
      <p class="meta">${locale.say('eligible-who')} ${locale.say('eligible-later')}</p>
      ${delivery(screen)}
    </div>`;
}

function ineligible(screen: Screen, study: ScreeningStudy, visit: ScreeningVisit): TemplateResult {
  const { locale } = screen;
  const say = words(study, visit);
  const failed = study.screening.criteria.filter(({ id }) => visit.verdict?.failed.includes(id));
  const explanations = failed.flatMap(({ explanation }) => (explanation === undefined ? [] : [say(explanation)]));
  return html`
    ${heading(locale.say('ineligible-title'))}
    <div class="prose">
      <p>${locale.say('ineligible-text')}</p>
      ${explanations.length === 0 ? nothing : html`<h3>${locale.say('ineligible-why')}</h3>${explanations.map((text) => markdown(text, 4))}`}
    </div>
    ${resources(study, visit, locale)} ${delivery(screen)}`;
}

function incomplete(screen: Screen, study: ScreeningStudy): TemplateResult {
  const { locale, visit } = screen;
  return html`
    ${heading(locale.say('incomplete-title'))}
    <div class="prose"><p>${locale.say('incomplete-text')}</p></div>
    ${people(study, locale)} ${resources(study, visit, locale)} ${delivery(screen)}`;
}

function thanks(screen: Screen, study: ScreeningStudy, visit: ScreeningVisit): TemplateResult {
  const { locale } = screen;
  const sent = screen.delivery?.status === 'delivered';
  const say = words(study, visit);
  return html`
    ${heading(locale.say(sent ? 'contact-sent-title' : 'contact-kept-title'))}
    <div class="prose">
      <p>${locale.say(sent ? 'contact-sent-text' : 'contact-kept-text')}</p>
      ${sent && study.screening.next ? markdown(say(study.screening.next), 4) : nothing}
    </div>
    ${delivery(screen)} ${resources(study, visit, locale)}`;
}

function declined({ locale, visit }: Screen, study: ScreeningStudy): TemplateResult {
  return html`
    ${heading(locale.say('declined-title'))}
    <div class="prose"><p>${locale.say('declined-text')}</p></div>
    ${resources(study, visit, locale)}`;
}

function closed({ locale, visit }: Screen, study: ScreeningStudy): TemplateResult {
  return html`
    ${heading(locale.say('closed-title'))}
    <div class="prose"><p>${locale.say('closed-text')}</p></div>
    ${people(study, locale)} ${resources(study, visit, locale)}`;
}

/** Nothing here blames the participant; the developer reads the rest in `steady-error` and on the console. */
function failed({ locale, failure, study, reload }: Screen): TemplateResult {
  const head: StudyHead | undefined = study ?? (failure instanceof StudyError ? failure.head : undefined);
  return html`
    <div class="card" part="card">
      ${heading(locale.say('failed-title'))}
      <div class="prose" role="alert"><p>${locale.say('failed-text')}</p></div>
      <div class="actions"><button class="secondary" type="button" @click=${reload}>${locale.say('try-again')}</button></div>
      <slot></slot>
      ${head === undefined ? nothing : html`<p class="note">${locale.say('failed-contact')}</p>${people(head, locale)}`}
      <p class="meta code">${failure?.code}</p>
    </div>`;
}

function delivery({
  submission,
  delivery: state,
  deliveredAt,
  locale,
  sendAgain,
  download,
}: Screen): TemplateResult | typeof nothing {
  if (submission === undefined) return nothing;
  const actions = { sendAgain: () => sendAgain(submission), download: () => download(submission) };
  return html`<div class="delivery" role="status">${deliveryNote(state, deliveredAt, locale, actions)}</div>`;
}

function heading(text: string): TemplateResult {
  return html`<h2 tabindex="-1" data-focus="heading">${text}</h2>`;
}

function people({ contacts }: StudyHead, locale: LocaleController): TemplateResult {
  const contact = whomToAsk(contacts);
  return html`<section class="people"><h3>${locale.say('contacts-title')}</h3>${contact === undefined ? nothing : html`<p>${contactLine(contact)}</p>`}</section>`;
}

function resources(
  study: ScreeningStudy,
  visit: ScreeningVisit | undefined,
  locale: LocaleController,
): TemplateResult | typeof nothing {
  if ((study.resources ?? []).length === 0) return nothing;
  return html`<section class="people"><h3>${locale.say('resources-title')}</h3>${resourceList(study.resources ?? [], words(study, visit, locale))}</section>`;
}

function foot({ locale }: Screen, study: ScreeningStudy): TemplateResult | typeof nothing {
  const contact = whomToAsk(study.contacts);
  return contact === undefined
    ? nothing
    : html`<p class="foot">${locale.say('questions-contact')} ${contactLine(contact)}</p>`;
}

function words(study: StudyHead, visit: ScreeningVisit | undefined, locale?: LocaleController): (text: Text) => string {
  return (text) => textIn(text, visit?.language ?? locale?.wanted ?? '', study.languages);
}
