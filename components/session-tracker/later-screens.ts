import { html, nothing, type TemplateResult } from 'lit';
import { waitingNote } from '../element/delivery-note.ts';
import { markdown } from '../element/markdown.ts';
import { calendarScreen } from './calendar-screen.ts';
import { absences, canMove, isToSee, type Plan } from './course.ts';
import { deliveryLine } from './delivery-line.ts';
import { type Screen, titleOf, wordsOf } from './screen.ts';
import { seriesScreen, sessionScreen } from './session-screen.ts';
import type { Stage } from './stage.ts';
import { absenceScreen, leavingScreen, newTimeScreen } from './tasks-screens.ts';

/** What the tracker shows beside its overview, and what stands on the overview once it is known. Templates alone. */

export function stageScreen(screen: Screen, plan: Plan, stage: Stage): TemplateResult {
  switch (stage.at) {
    case 'session':
      return sessionScreen(screen, plan, stage);
    case 'series':
      return seriesScreen(screen, plan, stage.series);
    case 'absence':
      return absenceScreen(screen, plan, stage);
    case 'new-time':
      return newTimeScreen(screen, plan, stage);
    case 'calendar':
      return calendarScreen(screen, plan, stage);
    case 'leaving':
      return leavingScreen(screen, stage);
    default:
      return html``;
  }
}

/** What an earlier visit left behind, of other elements too. */
export function waiting({ earlier, locale, shared, act }: Screen): TemplateResult | undefined {
  if (earlier.length === 0) return undefined;
  return waitingNote({ earlier, locale, shared, sendAgain: act.sendAgain, download: act.download });
}

/** What somebody has to know before they look ahead: said once, kindly, with the way to what helps. */
export function notices(screen: Screen, { sessions }: Plan): TemplateResult | typeof nothing {
  if (sessions === undefined) return nothing;
  const { locale } = screen;
  if (sessions.state === 'left')
    return html`${deliveryLine(screen)}<div class="notice" role="status"><p>${locale.say('tracker-left')}</p></div>`;
  const named = (id: string): string => {
    const session = sessions.plan.find((one) => one.id === id);
    return session === undefined ? id : titleOf(session, sessions, screen);
  };
  return html`
    ${deliveryLine(screen)}
    ${sessions.reviews.map(({ text }) => html`<div class="notice"><div class="prose">${text === undefined ? html`<p>${locale.say('tracker-review')}</p>` : markdown(wordsOf(text, screen), 4)}</div></div>`)}
    ${sessions.offers.map((offer) => offered(offer, screen, sessions))}
    ${warnings(sessions).map(({ session, unseen, locked }) => {
      const words = { session: named(session), unseen: new Intl.ListFormat(locale.language).format(unseen.map(named)) };
      return html`<div class="notice warn"><p>${locale.say(locked ? 'tracker-warning-locked' : 'tracker-warning', words)}</p></div>`;
    })}`;
}

/** Of the session that comes next; not where the recording that it is about is offered anyway, unless nothing goes on without. */
function warnings({ warnings, offers }: Sessions): Sessions['warnings'] {
  const offered = new Set(offers.filter(({ offer }) => offer === 'recording').flatMap(({ sessions }) => sessions));
  return warnings.slice(0, 1).filter(({ unseen, locked }) => locked || !unseen.every((id) => offered.has(id)));
}

type Sessions = NonNullable<Plan['sessions']>;

/** In the study's words where it has some; each session that it is about leads to its own screen. */
function offered(
  { offer, sessions: which, text }: Sessions['offers'][number],
  screen: Screen,
  sessions: Sessions,
): TemplateResult {
  const { locale, act } = screen;
  const about = sessions.plan.filter(({ id }) => which.includes(id));
  const canHelp = (session: Sessions['plan'][number]): boolean =>
    offer === 'recording' ? isToSee(session) : canMove(session, sessions);
  return html`
    <div class="notice ${offer === 'reschedule' ? 'warn' : ''}">
      ${text === undefined ? html`<p>${locale.say(`tracker-offer-${offer}`, { count: about.length })}</p>` : html`<div class="prose">${markdown(wordsOf(text, screen), 4)}</div>`}
      <ul class="about">
        ${about.map((session) => html`<li><button class="text" type="button" @click=${() => act.show(offer !== 'recording' && canHelp(session) ? { at: 'new-time', session: session.id } : { at: 'session', session: session.id })}>${titleOf(session, sessions, screen)}</button></li>`)}
      </ul>
    </div>`;
}

export function overviewActions(screen: Screen, { sessions }: Plan): TemplateResult | typeof nothing {
  if (sessions === undefined || sessions.state === 'left' || sessions.plan.length === 0) return nothing;
  const { locale, act, reckoning } = screen;
  const missable = absences(sessions, reckoning.now);
  return html`
    <div class="around">
      <button class="text" type="button" @click=${() => act.show({ at: 'calendar' })}>${locale.say('tracker-calendar')}</button>
      ${missable.length === 0 ? nothing : html`<button class="text" type="button" @click=${() => act.show({ at: 'absence', reason: '' })}>${locale.say('tracker-could-not-come')}</button>`}
      <button class="text" type="button" @click=${() => act.show({ at: 'leaving', reason: '' })}>${locale.say('tracker-stop')}</button>
    </div>`;
}
