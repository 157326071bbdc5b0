import { html, nothing, type TemplateResult } from 'lit';
import type { QuestionnaireStudy } from '../../src/study/read-questionnaires.ts';
import { textIn } from '../../src/study/text.ts';
import { card, failed, loading, type Sheet } from '../element/sheet.ts';
import { progressLine } from '../form-view/progress.ts';
import type { Screen } from './screen.ts';
import type { Sitting } from './sitting.ts';

/**
 * What the questionnaire looks like while it is being filled in. What comes after its first page is in
 * `after-first-page.ts`, fetched while that page is being read. Templates alone: nothing here decides, fetches or keeps.
 */

export function screen(screen: Screen): TemplateResult {
  const { act, between, cover, failure, footing, later, locale, mode, sitting, state, study, which } = screen;
  const waiting = cover === undefined ? later?.waiting(screen) : undefined;
  const sheet: Sheet = { locale, study, mode, footing, waiting };
  if (state === 'failed') return failed({ ...sheet, failure, reload: act.reload }, 'failed-title');
  if (cover) return card(sheet, cover);
  if (study === undefined || which === undefined || (which.asked && (sitting === undefined || between))) {
    return loading(locale);
  }
  if (sitting !== undefined && sitting.posted === undefined) return card(sheet, asking(screen, study, sitting));
  return later === undefined ? loading(locale) : card(sheet, later.instead(screen, study, which));
}

function asking(screen: Screen, study: QuestionnaireStudy, sitting: Sitting): TemplateResult {
  const { act, busy, kept, later, locale, notice, view } = screen;
  const isFirst = sitting.index === 0 && view.index === 0;
  const isLast = sitting.isLastPart && view.isLast;
  const { itemsLanguage, language } = sitting;
  return html`
    <form novalidate @submit=${(event: Event) => {
      event.preventDefault();
      act.next();
    }}>
      ${progress(screen, sitting)}
      ${notice === undefined ? nothing : html`<div class="notice" role="status">${locale.say(notice)}</div>`}
      ${view.render(titleOf(screen, study, sitting), itemsLanguage === undefined ? undefined : html`<p class="meta">${locale.say('items-language', { language: nameOf(itemsLanguage, language) })}</p>`)}
      ${later?.support(screen, study, sitting)}
      ${isFirst ? beforehand(screen) : nothing}
      <div class="way-on">
        <button class="primary" part="primary" type="submit" aria-disabled=${busy ? 'true' : nothing}>${locale.say(isLast ? 'send-answers' : 'next')}</button>
        <div class="second">
          ${isFirst ? html`<span></span>` : html`<button class="text" type="button" @click=${act.back}>${locale.say('back')}</button>`}
          ${kept === undefined ? nothing : html`<span class="meta">${locale.say(`saved-${kept}`)}</span>`}
        </div>
      </div>
    </form>`;
}

/** No instrument's name: some say what they measure, and that can change the answers. */
function titleOf({ which }: Screen, study: QuestionnaireStudy, { language }: Sitting): string {
  const asked = which?.asked;
  const title = asked?.kind === 'assessment' ? asked.assessment.title : study.title;
  return textIn(title, language, study.languages);
}

/** What there is to know before one begins, below the first questions. */
function beforehand({ locale, which }: Screen): TemplateResult {
  const mine = which?.asked?.kind === 'assessment' ? which.asked.mine : undefined;
  return html`
    <p class="note meta">
      ${mine?.closes === undefined ? nothing : html`${locale.say('until-day', { day: new Date(`${mine.closes}T00:00Z`) })} `}${locale.say('stop-and-go-on')}
    </p>`;
}

function progress({ later, locale, view, which }: Screen, sitting: Sitting): TemplateResult | typeof nothing {
  const asked = which?.asked;
  if (asked === undefined || (sitting.parts.length === 1 && view.count === 1)) return nothing;
  const { index, parts } = sitting;
  const done = index + view.index / view.count;
  return progressLine(locale, {
    where: locale.say('part-of', { part: index + 1, parts: parts.length }),
    value: done + 1 / view.count,
    of: parts.length,
    minutes: later?.minutesLeft(sitting, view.index / view.count, asked),
  });
}

function nameOf(language: string, reader: string): string {
  try {
    return new Intl.DisplayNames([reader], { type: 'language' }).of(language) ?? language;
  } catch {
    return language;
  }
}
