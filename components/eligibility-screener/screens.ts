import { html, nothing, type TemplateResult } from 'lit';
import type { ScreeningStudy, StudyHead } from '../../src/study/schema.ts';
import { StudyError } from '../../src/study/study-error.ts';
import { textIn } from '../../src/study/text.ts';
import { contactLine, whomToAsk } from '../element/people.ts';
import { progress } from '../form-view/progress.ts';
import type { Screen } from './screen.ts';
import { heading, people } from './screen-parts.ts';
import type { ScreeningVisit } from './screening-visit.ts';

/**
 * What the screener looks like up to the end of a page of questions. What comes after the verdict is in `endings.ts`,
 * fetched while the first page is being read. Templates alone: nothing here decides, fetches or keeps.
 */

export function screen(screen: Screen): TemplateResult {
  const { state, study, visit } = screen;
  if (state === 'failed') return failed(screen);
  if (screen.cover) return card(screen, screen.cover);
  if (study && state === 'closed') return card(screen, screen.endings?.closed(screen, study) ?? html``);
  if (study === undefined || visit === undefined || screen.between) {
    return html`<div class="card loading" aria-busy="true"><p class="meta" role="status">${screen.locale.say('loading')}</p><div class="fallback"><slot></slot></div></div>`;
  }
  switch (visit.step) {
    case 'asking':
    case 'contact':
      return card(screen, asking(screen, study, visit));
    default:
      return card(screen, screen.endings?.ending(screen, study, visit) ?? html``);
  }
}

function card(screen: Screen, content: TemplateResult): TemplateResult {
  const { locale, mode, earlier, study } = screen;
  return html`
    <div class="card" part="card">
      ${mode === 'test' ? html`<p class="test-mode">${locale.say('test-mode')}</p>` : nothing}
      ${earlier.length > 0 && screen.cover === undefined ? screen.endings?.waiting(screen) : nothing}
      ${content}
      ${study === undefined ? nothing : foot(screen, study)}
      <div class="footing">${screen.footing}</div>
    </div>`;
}

function asking(screen: Screen, study: ScreeningStudy, visit: ScreeningVisit): TemplateResult {
  const { view, locale, notice, busy } = screen;
  const contact = visit.step === 'contact';
  const last = view.isLast;
  const intro = contact ? screen.endings?.eligible(screen, study) : undefined;
  const label = last ? (contact ? 'send-contact' : 'send-answers') : 'next';
  return html`
    <form novalidate @submit=${(event: Event) => {
      event.preventDefault();
      screen.next();
    }}>
      ${contact && view.count === 1 ? nothing : progress(view, locale)}
      ${view.index === 0 && !contact && study.about ? aboutButton(screen) : nothing}
      ${notice === undefined ? nothing : html`<div class="notice" role="status">${locale.say(notice)}</div>`}
      ${view.render(textIn(study.title, visit.language, study.languages), intro)}
      ${view.index === 0 && !contact && screen.anonymous ? html`<p class="note meta">${locale.say('anonymous-note')}</p>` : nothing}
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
          ${screen.kept === undefined ? nothing : html`<span class="meta">${locale.say(`saved-${screen.kept}`)}</span>`}
        </div>
      </div>
    </form>`;
}

/** One quiet button before the first question. */
function aboutButton({ about, toggleAbout, locale }: Screen): TemplateResult {
  return html`
    <button class="text about-button" type="button" aria-expanded=${about === undefined ? 'false' : 'true'} @click=${toggleAbout}>
      ${locale.say('about')}
    </button>
    ${about ?? nothing}`;
}

/** Nothing here blames the participant; the developer reads the rest in `steady-error` and on the console. */
function failed(screen: Screen): TemplateResult {
  const { locale, failure, study, reload, earlier } = screen;
  const head: StudyHead | undefined = study ?? (failure instanceof StudyError ? failure.head : undefined);
  return html`
    <div class="card" part="card">
      ${earlier.length > 0 ? screen.endings?.waiting(screen) : nothing}
      ${heading(locale.say('failed-title'))}
      <div class="prose" role="alert"><p>${locale.say('failed-text')}</p></div>
      <div class="actions"><button class="secondary" type="button" @click=${reload}>${locale.say('try-again')}</button></div>
      <div class="fallback"><slot></slot></div>
      ${head === undefined ? nothing : html`<p class="note">${locale.say('failed-contact')}</p>${people(head, locale)}`}
      <p class="meta code">${failure?.code}</p>
    </div>`;
}

function foot({ locale }: Screen, study: ScreeningStudy): TemplateResult | typeof nothing {
  const contact = whomToAsk(study.contacts);
  return contact === undefined
    ? nothing
    : html`<p class="foot reach">${locale.say('questions-contact')} ${contactLine(contact)}</p>`;
}
