import { html, nothing, type TemplateResult } from 'lit';
import type { ScreeningStudy } from '../../src/study/screening-part.ts';
import { textIn } from '../../src/study/text.ts';
import { card, failed, loading, type Sheet } from '../element/sheet.ts';
import { progress } from '../form-view/progress.ts';
import type { Screen } from './screen.ts';
import type { ScreeningVisit } from './screening-visit.ts';

/**
 * What the screener looks like up to the end of a page of questions. What comes after the verdict is in `endings.ts`,
 * fetched while the first page is being read. Templates alone: nothing here decides, fetches or keeps.
 */

export function screen(screen: Screen): TemplateResult {
  const { state, study, visit } = screen;
  const sheet = sheetOf(screen);
  if (state === 'failed') return failed({ ...sheet, ...screen, waiting: sheet.waiting }, 'failed-title');
  if (screen.cover) return card(sheet, screen.cover);
  if (study && state === 'closed') return card(sheet, screen.endings?.closed(screen, study) ?? html``);
  if (study === undefined || visit === undefined || screen.between) {
    return loading(screen.locale);
  }
  switch (visit.step) {
    case 'asking':
    case 'contact':
      return card(sheet, asking(screen, study, visit));
    default:
      return card(sheet, screen.endings?.ending(screen, study, visit) ?? html``);
  }
}

/** The sheet of it, with what an earlier visit left behind where nothing of the session covers it. */
function sheetOf(screen: Screen): Sheet {
  const { locale, study, mode, footing, earlier, cover } = screen;
  const waiting = earlier.length > 0 && cover === undefined ? screen.endings?.waitingNote(screen) : undefined;
  return { locale, study, mode, footing, waiting };
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
      ${view.render(textIn(study.title, visit.language, study.languages), undefined, intro)}
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
