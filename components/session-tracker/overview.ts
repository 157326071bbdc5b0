import { html, nothing, type TemplateResult } from 'lit';
import type { MyAssessment, MySession } from '../../src/submission/participation.ts';
import { card, failed, heading, loading, people, type Sheet } from '../element/sheet.ts';
import type { MessageKey } from '../locales/catalogue.ts';
import { type Course, courseOf, dayOf, type Plan, type Stop } from './course.ts';
import { assessmentTitle, type Screen, titleOf, wordsOf } from './screen.ts';
import { timeline } from './timeline.ts';
import { dayIn, daySpan, fromToday, leafOf, longDay, shortDay, timeHere, timeOfDay } from './times.ts';

/**
 * What the tracker looks like when it is opened: what is open now, what comes next, and everything at a glance. What comes
 * after that is in `after-overview.ts`. Templates alone: nothing here decides or keeps.
 */

export function screen(screen: Screen): TemplateResult {
  const { failure, study, cover, footing, locale, mode, later, stage, plan, isGiven } = screen;
  const waiting = cover === undefined ? later?.waiting(screen) : undefined;
  const sheet: Sheet = { locale, study, mode, footing, waiting };
  if (failure) return failed({ ...sheet, failure, reload: screen.act.reload }, 'tracker-failed-title');
  if (cover) return card(sheet, cover);
  if (study === undefined) return loading(locale);
  if (plan === undefined) {
    if (screen.isUnreachable) return card(sheet, unreachable(screen));
    return screen.isAnonymous ? card(sheet, anonymous(screen)) : loading(locale);
  }
  if (stage.at !== 'overview' && later && !isGiven) return card(sheet, later.stageScreen(screen, plan, stage));
  if (stage.at === 'session' || stage.at === 'series')
    return later ? card(sheet, later.stageScreen(screen, plan, stage)) : loading(locale);
  return card(sheet, overview(screen, plan));
}

/** As the consent form says it in the same place. */
function anonymous({ locale, act, footing }: Screen): TemplateResult {
  return html`
    ${heading(locale.say('tracker-title-anonymous'))}
    <div class="prose section"><p>${locale.say('tracker-anonymous')}</p></div>
    ${footing === undefined ? nothing : html`<div class="actions"><button class="secondary" type="button" @click=${act.askForCode}>${locale.say('have-code')}</button></div>`}`;
}

function unreachable({ locale, act, study }: Screen): TemplateResult {
  return html`
    ${heading(locale.say('tracker-title-anonymous'))}
    <div class="prose section" role="alert"><p>${locale.say('tracker-unreachable')} ${locale.say('failed-text')}</p></div>
    <div class="actions"><button class="secondary" type="button" @click=${act.reload}>${locale.say('try-again')}</button></div>
    ${study === undefined ? nothing : people(study, locale)}`;
}

function overview(screen: Screen, plan: Plan): TemplateResult {
  const { locale, reckoning, later, isGiven } = screen;
  const { sessions } = plan;
  const course = courseOf(plan, reckoning.now);
  const hasSessions = sessions !== undefined && (sessions.plan.length > 0 || sessions.start === null);
  return html`
    ${heading(locale.say(titleFor(plan)))}
    ${hasSessions ? html`<p class="meta arm">${wordsOf(sessions.arm.title, screen)}</p>` : nothing}
    ${ahead(course, screen, plan)}
    ${isGiven ? nothing : later?.notices(screen, plan)}
    ${course.after.length === 0 ? nothing : thenAfter(course.after, screen, plan)}
    ${course.tracks.map((track) => timeline(track, screen, course.tracks.length === 1))}
    ${isGiven ? nothing : later?.overviewActions(screen, plan)}`;
}

/** What is not decided yet is not spoken of: somebody may have no sessions at all. */
function titleFor({ sessions }: Plan): MessageKey {
  if (sessions === undefined) return 'tracker-title-anonymous';
  return sessions.plan.length > 0 || sessions.start === null ? 'tracker-title' : 'tracker-title-no-sessions';
}

/** What can be answered and what comes next, in the order of their days. */
function ahead({ open, next }: Course, screen: Screen, plan: Plan): TemplateResult {
  const { sessions } = plan;
  const { locale } = screen;
  if (open.length === 0 && next === undefined) return nothingAhead(screen, plan);
  const zone = sessions?.timeZone ?? 'UTC';
  const isFirst = ({ due, closes }: MyAssessment): boolean =>
    next === undefined || (due ?? closes ?? '') <= dayOf(next, zone);
  const items = [
    ...open.filter(isFirst).map((one) => openAssessment(one, screen)),
    ...(next === undefined ? [] : [nextSession(next, screen, plan)]),
    ...open.filter((one) => !isFirst(one)).map((one) => openAssessment(one, screen)),
  ];
  return html`<div class="ahead" role="group" aria-label=${locale.say('tracker-next')}>${items}</div>`;
}

function nothingAhead({ locale }: Screen, { sessions, assessments = [] }: Plan): TemplateResult {
  const isOver = assessments.length > 0 && assessments.every(({ state }) => state === 'done' || state === 'missed');
  const words =
    sessions === undefined
      ? 'tracker-not-yet'
      : sessions.start === null
        ? 'tracker-no-start'
        : isOver
          ? 'tracker-all-done'
          : 'tracker-nothing';
  return html`<div class="prose section"><p>${locale.say(words)}</p></div>`;
}

/**
 * A sheet off a calendar, for whoever looks before they read: a date in words stands beside it.
 *
 * @param above in the place of the day of the week
 */
export function leaf(day: string, screen: Screen, above?: string): TemplateResult {
  const { weekday, day: number, month } = leafOf(day, screen.reckoning);
  return html`<span class="leaf" aria-hidden="true"><span>${above ?? weekday}</span><strong>${number}</strong><span>${month}</span></span>`;
}

function nextSession(session: MySession, screen: Screen, plan: Plan): TemplateResult {
  const { locale, reckoning, act, later } = screen;
  const { startsAt, link, window } = session;
  const day = dayOf(session, plan.sessions?.timeZone ?? 'UTC');
  // Of days on any of which it can be, the first is no appointment.
  const soon = startsAt !== undefined || window.first > dayIn(reckoning.now, reckoning.zone);
  return html`
    <section class="coming">
      ${startsAt === undefined ? nothing : leaf(day, screen)}
      <div class="coming-words">
        <p class="soon">${soon ? fromToday(day, reckoning) : locale.say('tracker-next')}</p>
        <h3>${titleOf(session, plan.sessions, screen)}</h3>
        <p>${whenWords(session, screen)}</p>
        <p class="meta">${howWords(session, screen)}</p>
      </div>
      <div class="coming-actions">
        ${link === undefined ? nothing : joinLink(link, screen)}
        ${later === undefined ? nothing : html`<button class=${link === undefined ? 'secondary' : 'text'} type="button" @click=${() => act.show({ at: 'session', session: session.id })}>${locale.say('tracker-more')}</button>`}
      </div>
    </section>`;
}

export function joinLink(link: string, { locale }: Screen): TemplateResult {
  return html`<a class="button primary" part="primary" href=${link} target="_blank" rel="noopener noreferrer">${locale.say('tracker-join')}<span class="spoken"> ${locale.say('tracker-new-tab')}</span></a>`;
}

/** `Thursday, May 14, 5:30 PM PDT`, or the days on which it can be. */
export function whenWords(session: MySession, { locale, reckoning }: Screen): string {
  const { startsAt, window } = session;
  if (startsAt !== undefined) {
    const start = new Date(startsAt);
    const at = locale.say('tracker-at', {
      day: longDay(dayOf(session, reckoning.zone), reckoning),
      time: timeOfDay(start, reckoning),
    });
    const here = timeHere(start, reckoning);
    return here === undefined ? at : `${at} (${locale.say('tracker-here', { time: here })})`;
  }
  const days =
    window.last === null
      ? locale.say('tracker-from', { day: longDay(window.first, reckoning) })
      : locale.say('tracker-between', { days: daySpan(window.first, window.last, reckoning) });
  return `${days}. ${locale.say('tracker-no-time')}`;
}

/** `30 minutes · in a group, online · with a licensed therapist`. */
export function howWords(session: MySession, screen: Screen): string {
  const { minutes, leader, place } = session;
  const { locale } = screen;
  return [
    ...(minutes === undefined ? [] : [locale.say('tracker-minutes', { count: minutes })]),
    formatWords(session, screen),
    ...(place === undefined ? [] : [place]),
    ...(leader === undefined ? [] : [locale.say('tracker-with', { leader: wordsOf(leader, screen) })]),
  ].join(' · ');
}

export function formatWords({ format }: MySession, { locale }: Screen): string {
  const isGroup = format.startsWith('group');
  return [
    locale.say(isGroup ? 'tracker-group' : 'tracker-individual'),
    ...(format.endsWith('virtual') ? [locale.say('tracker-virtual')] : []),
    ...(format.endsWith('on-site') ? [locale.say('tracker-on-site')] : []),
  ].join(', ');
}

function openAssessment({ id, closes, due }: MyAssessment, screen: Screen): TemplateResult {
  const { locale, reckoning, questionnaire, act, study } = screen;
  const minutes = study?.assessments?.find((one) => one.id === id)?.minutes;
  const day = closes ?? due;
  return html`
    <section class="coming">
      ${day === undefined ? nothing : leaf(day, screen, locale.say('tracker-until-leaf'))}
      <div class="coming-words">
        <p class="soon">${locale.say('mark-open')}</p>
        <h3>${assessmentTitle(id, screen)}</h3>
        <p>
          ${closes === undefined ? nothing : locale.say('tracker-open-until', { day: longDay(closes, reckoning) })}
          ${minutes === undefined ? nothing : locale.say('tracker-open-minutes', { minutes: locale.say('tracker-minutes', { count: minutes }) })}
          ${questionnaire === undefined ? locale.say('tracker-elsewhere') : nothing}
        </p>
      </div>
      ${
        questionnaire === undefined
          ? nothing
          : html`<div class="coming-actions"><a class="button primary" part="primary" href=${questionnaire} target="_top" @click=${(event: Event) => act.goToAssessment(event, id)}>${locale.say('tracker-answer')}</a></div>`
      }
    </section>`;
}

function thenAfter(stops: readonly Stop[], screen: Screen, { sessions }: Plan): TemplateResult {
  const { locale } = screen;
  return html`
    <dl class="then">
      <dt class="spoken">${locale.say('tracker-then')}</dt>
      ${stops.map((stop) => {
        const title =
          stop.kind === 'session' ? titleOf(stop.session, sessions, screen) : assessmentTitle(stop.id, screen);
        return html`<dd><span>${title}</span> <span class="meta">${coming(stop, screen)}</span></dd>`;
      })}
    </dl>`;
}

/** A session on its day; a questionnaire from when it can be answered. */
function coming({ kind, day, ...stop }: Stop, { locale, reckoning }: Screen): string {
  const opens = kind === 'assessment' && 'assessment' in stop ? stop.assessment.opens : undefined;
  if (opens !== undefined) return locale.say('tracker-opens', { day: shortDay(opens, reckoning) });
  return day === undefined ? '' : shortDay(day, reckoning);
}
