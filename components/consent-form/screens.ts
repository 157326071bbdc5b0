import { html, nothing, type TemplateResult } from 'lit';
import { card, failed, heading, loading, type Sheet } from '../element/sheet.ts';
import { sectionText, versionLine } from './document-parts.ts';
import { minutesOf, type Place } from './places.ts';
import type { Reading } from './reading.ts';
import type { Screen } from './screen.ts';

/**
 * What the consent form looks like while the document is being read. What comes after the sections is in
 * `after-first-section.ts`, fetched while the first one is being read. Templates alone: nothing here decides or keeps.
 */

export function screen(screen: Screen): TemplateResult {
  const { failure, study, cover, footing, locale, mode, later } = screen;
  const waiting = cover === undefined ? later?.waiting(screen) : undefined;
  const sheet: Sheet = { locale, study, mode, footing, waiting };
  if (failure) return failed({ ...sheet, failure, reload: screen.act.reload }, 'consent-failed-title');
  if (cover) return card(sheet, cover);
  const { isClosed, reading, stage } = screen;
  if (study === undefined) return loading(locale);
  if (stage.at !== 'reading') return card(sheet, later?.stageScreen(screen, study) ?? html``);
  if (isClosed && later) return card(sheet, later.notYet(screen, study));
  if (reading === undefined) return loading(locale);
  return card(sheet, place(screen, reading));
}

/** The open place of the document, with the way on and the way around. */
function place(screen: Screen, reading: Reading): TemplateResult {
  const { notice, locale, later, act } = screen;
  const isDecision = reading.place.kind === 'decision';
  return html`
    ${progress(screen, reading)}
    ${notice === undefined ? nothing : html`<div class="notice" role="status">${locale.say(notice)}</div>`}
    ${reading.place.kind === 'section' ? section(screen, reading, reading.place) : (later?.placeScreen(screen, reading) ?? coming(screen))}
    <div class="way-on">
      ${isDecision ? nothing : html`<button class="primary" part="primary" type="button" @click=${act.next}>${locale.say('consent-continue')}</button>`}
      ${
        reading.index === 0
          ? nothing
          : html`
            <div class="second">
              <button class="text" type="button" @click=${act.back}>${locale.say('back')}</button>
              ${screen.kept === undefined ? nothing : html`<span class="meta">${locale.say(`saved-${screen.kept}`)}</span>`}
            </div>`
      }
    </div>
    <div class="around">
      <button class="text" type="button" aria-expanded=${screen.panel === 'question'} @click=${() => act.toggle('question')}>${locale.say('have-question')}</button>
      <button class="text" type="button" aria-expanded=${screen.panel === 'contents'} @click=${() => act.toggle('contents')}>${locale.say('all-sections')}</button>
    </div>
    ${screen.panel === 'question' ? later?.questionPanel(screen, reading) : nothing}
    ${screen.panel === 'contents' ? contents(screen, reading) : nothing}
    ${versionLine(reading.document, locale)}`;
}

function progress({ locale }: Screen, reading: Reading): TemplateResult {
  const { sections } = reading.document;
  const { place } = reading;
  const at = place.kind === 'section' ? sections.indexOf(place.section) + 1 : undefined;
  const left = Math.round(reading.minutesLeft);
  return html`
    <div class="progress" part="progress">
      ${at === undefined ? nothing : html`<span class="meta">${locale.say('section-of', { section: at, sections: sections.length })}</span>`}
      <progress max=${reading.places.length} .value=${reading.index + 1} aria-hidden="true"></progress>
      ${
        at === undefined
          ? nothing
          : html`<span class="meta">${left < 1 ? locale.say('less-than-a-minute') : locale.say('minutes-left', { count: left })}</span>`
      }
    </div>`;
}

function section(screen: Screen, reading: Reading, { section }: Extract<Place, { kind: 'section' }>): TemplateResult {
  const choices = reading.document.choices.filter((choice) => choice.section === section.id);
  return html`
    ${reading.index === 0 ? html`<p class="meta study">${reading.document.title}</p>` : nothing}
    ${heading(section.title)}
    ${sectionText(section)}
    ${choices.length === 0 ? nothing : (screen.later?.choiceFields(screen, reading, choices) ?? coming(screen))}`;
}

/** What comes after the first section is still being fetched. */
function coming({ locale }: Screen): TemplateResult {
  return html`<p class="meta" role="status">${locale.say('consent-coming')}</p>`;
}

/** Every section, with what is read and how long the others take: the way to any of them. */
function contents({ locale, act }: Screen, reading: Reading): TemplateResult {
  return html`
    <nav aria-label=${locale.say('all-sections')}>
      <ol class="contents">
        ${reading.places.map((place) => {
          if (place.kind !== 'section') return nothing;
          const { section, name } = place;
          const isNow = place === reading.place;
          const isRead = reading.isViewed(section.id);
          const minutes = Math.max(1, Math.round(minutesOf(section)));
          return html`
            <li>
              <button type="button" class=${isNow ? 'now' : ''} aria-current=${isNow ? 'true' : nothing} @click=${() => act.go(name)}>
                <span>${section.title}</span>
                ${
                  isNow
                    ? html`<span class="state">${locale.say('section-now')}</span>`
                    : isRead
                      ? html`<span class="state read"><span aria-hidden="true">✓ </span>${locale.say('section-read')}</span>`
                      : html`<span class="state meta"><span class="spoken">${locale.say('section-open')}, </span>${locale.say('section-minutes', { count: minutes })}</span>`
                }
              </button>
            </li>`;
        })}
      </ol>
    </nav>`;
}
