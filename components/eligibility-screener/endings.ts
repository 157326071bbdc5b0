import { html, nothing, type TemplateResult } from 'lit';
import type { StudyHead } from '../../src/study/schema.ts';
import type { ScreeningStudy } from '../../src/study/screening-part.ts';
import { type Text, textIn } from '../../src/study/text.ts';
import { deliveryNote } from '../element/delivery-note.ts';
import type { LocaleController } from '../element/locale-controller.ts';
import { markdown } from '../element/markdown.ts';
import { resourceList } from '../element/resources.ts';
import { heading, people } from '../element/sheet.ts';
import { noticeStyles } from '../styles/notice.styles.ts';
import { endingsStyles } from './endings.styles.ts';
import type { Screen } from './screen.ts';
import type { ScreeningVisit } from './screening-visit.ts';

export { endState, waitingNote } from '../element/delivery-note.ts';
export const styles = [noticeStyles, endingsStyles];

/** What the screener looks like from the verdict on, and what it says of answers on their way. Templates alone. */

export function ending(screen: Screen, study: ScreeningStudy, visit: ScreeningVisit): TemplateResult {
  switch (visit.step) {
    case 'ineligible':
      return ineligible(screen, study, visit);
    case 'incomplete':
      return incomplete(screen, study);
    case 'thanks':
      return thanks(screen, study, visit);
    case 'declined':
      return declined(screen, study);
    default:
      return html``;
  }
}

/** Somebody came too late, or too early. */
export function closed({ locale, visit }: Screen, study: ScreeningStudy): TemplateResult {
  return html`
    ${heading(locale.say('closed-title'))}
    <div class="prose"><p>${locale.say('closed-text')}</p></div>
    ${people(study, locale)} ${resources(study, visit, locale)}`;
}

/** What stands above the contact form of a person who may take part. */
export function eligible(
  screen: Screen,
  study: ScreeningStudy,
): { readonly heading: string; readonly text: TemplateResult } {
  const { locale } = screen;
  const text = html`
    <div class="lead-in">
      <p>${locale.say(study.screening.enrolment === 'invite' ? 'invited-text' : 'eligible-text')}</p>
      <p class="meta">${locale.say('eligible-who')} ${locale.say('eligible-later')}</p>
      ${delivery(screen)}
    </div>`;
  return { heading: locale.say('eligible-title'), text };
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
    ${delivery(screen)} ${resources(study, visit, locale)}`;
}

function incomplete(screen: Screen, study: ScreeningStudy): TemplateResult {
  const { locale, visit } = screen;
  return html`
    ${heading(locale.say('incomplete-title'))}
    <div class="prose"><p>${locale.say('incomplete-text')}</p></div>
    ${delivery(screen)} ${people(study, locale)} ${resources(study, visit, locale)}`;
}

function thanks(screen: Screen, study: ScreeningStudy, visit: ScreeningVisit): TemplateResult {
  const { locale } = screen;
  const sent = screen.delivery?.status === 'delivered';
  const say = words(study, visit);
  return html`
    ${heading(locale.say(sent ? 'contact-sent-title' : 'contact-kept-title'))}
    <div class="prose">
      <p>${locale.say(sent ? 'contact-sent-text' : 'contact-kept-text')}</p>
      ${sent && study.screening.next ? markdown(say(study.screening.next)) : nothing}
    </div>
    ${delivery(screen)} ${screen.afterEnrolment ?? nothing} ${resources(study, visit, locale)}`;
}

function declined({ locale, visit }: Screen, study: ScreeningStudy): TemplateResult {
  return html`
    ${heading(locale.say('declined-title'))}
    <div class="prose"><p>${locale.say('declined-text')}</p></div>
    ${resources(study, visit, locale)}`;
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

function resources(
  study: ScreeningStudy,
  visit: ScreeningVisit | undefined,
  locale: LocaleController,
): TemplateResult | typeof nothing {
  if ((study.resources ?? []).length === 0) return nothing;
  return html`<section class="people"><h3>${locale.say('resources-title')}</h3>${resourceList(study.resources ?? [], words(study, visit, locale))}</section>`;
}

function words(study: StudyHead, visit: ScreeningVisit | undefined, locale?: LocaleController): (text: Text) => string {
  return (text) => textIn(text, visit?.language ?? locale?.wanted ?? '', study.languages);
}
