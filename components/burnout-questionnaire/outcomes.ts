import { html, nothing, type TemplateResult } from 'lit';
import type { QuestionnaireStudy } from '../../src/study/read-questionnaires.ts';
import { textIn } from '../../src/study/text.ts';
import type { MyAssessment } from '../../src/submission/participation.ts';
import { deliveryNote, waitingNote } from '../element/delivery-note.ts';
import type { LocaleController } from '../element/locale-controller.ts';
import { resourceList } from '../element/resources.ts';
import { heading } from '../element/sheet.ts';
import { courseChart } from './course-chart.ts';
import type { Screen } from './screen.ts';
import type { Which } from './which-questionnaire.ts';

/** What the questionnaire looks like when nothing is asked: handed in, too early, too late, not theirs. Templates alone. */

export function instead(screen: Screen, study: QuestionnaireStudy, which: Which): TemplateResult {
  const { locale, sitting } = screen;
  if (sitting?.posted !== undefined) return handedIn(screen, study, sitting.posted, which);
  const { instead: why = 'nothing-due', mine, next } = which;
  const open = day(mine?.opens);
  switch (why) {
    case 'members':
      return html`
        ${said(locale.say('members-title'), locale.say('members-text'))}
        <div class="actions"><button class="secondary" type="button" @click=${screen.act.askForCode}>${locale.say('have-code')}</button></div>`;
    case 'unreachable':
      return html`
        ${said(locale.say('unreachable-title'), locale.say('unreachable-text'))}
        <div class="actions"><button class="secondary" type="button" @click=${screen.act.reload}>${locale.say('try-again')}</button></div>`;
    case 'consent-first':
      return html`${said(locale.say('consent-first-title'), locale.say('consent-first-text'))} ${resources(screen, study)}`;
    case 'not-yet':
      return html`
        ${said(locale.say('not-yet-title'), open === undefined ? locale.say('nothing-due-text') : locale.say('not-yet-text', { day: open }))}
        ${resources(screen, study)}`;
    case 'missed':
      return html`${said(locale.say('missed-title'), locale.say('missed-text'))} ${upcoming(next, locale)} ${resources(screen, study)}`;
    case 'done':
      return html`
        ${heading(locale.say('done-title'))}
        <div class="prose"><p>${locale.say('done-text', { day: new Date(mine?.doneAt ?? Date.now()) })}</p></div>
        ${upcoming(next, locale)} ${course(screen)} ${resources(screen, study)}`;
    default:
      return html`${said(locale.say('nothing-due-title'), locale.say('nothing-due-text'))} ${upcoming(next, locale)} ${resources(screen, study)}`;
  }
}

/** What an earlier visit left behind. */
export function waiting({ act, earlier, locale, shared, sitting }: Screen): TemplateResult | undefined {
  if (earlier.length === 0 || sitting?.posted !== undefined) return undefined;
  return waitingNote({ earlier, locale, shared, sendAgain: act.sendAgain, download: act.download });
}

function handedIn(
  screen: Screen,
  study: QuestionnaireStudy,
  submission: string,
  { also, next }: Which,
): TemplateResult {
  const { act, delivery, deliveredAt, locale } = screen;
  const isSent = delivery?.status === 'delivered';
  const actions = { sendAgain: () => act.sendAgain(submission), download: () => act.download(submission) };
  return html`
    ${heading(locale.say(isSent ? 'answers-sent-title' : 'answers-kept-title'))}
    <div class="prose"><p>${locale.say(isSent ? 'answers-sent-text' : 'answers-kept-text')}</p></div>
    <div class="delivery" role="status">${deliveryNote(delivery, deliveredAt, locale, actions)}</div>
    ${isSent ? html`${further(also, screen, study)} ${upcoming(next, locale)} ${course(screen)}` : nothing}
    ${resources(screen, study)}`;
}

/** Another one that is open: it follows straight on, for who likes. */
function further(
  also: Which['also'],
  { act, locale }: Screen,
  study: QuestionnaireStudy,
): TemplateResult | typeof nothing {
  if (also?.kind !== 'assessment') return nothing;
  const title = textIn(also.assessment.title, locale.language, study.languages);
  return html`
    <div class="prose"><p>${locale.say('one-more', { title })}</p></div>
    <div class="actions"><button class="primary" part="primary" type="button" @click=${act.reload}>${locale.say('one-more-begin')}</button></div>`;
}

function course({ course: lines, locale }: Screen): TemplateResult | typeof nothing {
  return lines === undefined ? nothing : courseChart(lines, locale);
}

function said(title: string, text: string): TemplateResult {
  return html`${heading(title)}<div class="prose"><p>${text}</p></div>`;
}

function upcoming(next: MyAssessment | undefined, locale: LocaleController): TemplateResult | typeof nothing {
  const opens = day(next?.opens);
  return opens === undefined ? nothing : html`<p class="note">${locale.say('next-opens', { day: opens })}</p>`;
}

function resources({ locale }: Screen, study: QuestionnaireStudy): TemplateResult | typeof nothing {
  const { languages, resources: services = [] } = study;
  if (services.length === 0) return nothing;
  return html`
    <section class="people">
      <h3>${locale.say('resources-title')}</h3>
      ${resourceList(services, (text) => textIn(text, locale.language, languages))}
    </section>`;
}

/** A day as the catalogue writes days: in UTC. */
function day(text: string | undefined): Date | undefined {
  return text === undefined ? undefined : new Date(`${text}T00:00Z`);
}
