import { html, nothing, type TemplateResult } from 'lit';
import type { DeliveryState } from '../../src/delivery/delivery-state.ts';
import type { MySession } from '../../src/submission/participation.ts';
import { LONGEST_HOMEWORK } from '../../src/submission/session-submission.ts';
import { markdown } from '../element/markdown.ts';
import { heading } from '../element/sheet.ts';
import type { MessageKey } from '../locales/catalogue.ts';
import { absences, canMove, courseOf, dayOf, hasBegun, isDated, isToCome, type Mark, type Plan } from './course.ts';
import { deliveryLine } from './delivery-line.ts';
import { formatWords, joinLink, leaf, whenWords } from './overview.ts';
import { type Screen, seriesTitle, titleOf, wordsOf } from './screen.ts';
import { sign } from './signs.ts';
import type { Stage } from './stage.ts';
import { timeline } from './timeline.ts';
import { dayIn, longDay, shortDay, timeOfDay } from './times.ts';

/** One session: when, where, with whom, how it stands, and what can be done about it. Templates alone. */

export function sessionScreen(
  screen: Screen,
  plan: Plan,
  { session: id, told }: Extract<Stage, { at: 'session' }>,
): TemplateResult {
  const { sessions } = plan;
  const session = sessions?.plan.find((one) => one.id === id);
  if (sessions === undefined || session === undefined) return html``;
  const { locale, isGiven, reckoning } = screen;
  const mark = markOf(plan, id, screen);
  const coming = isToCome(session, reckoning.now);
  return html`
    ${backLink(screen)}
    <div class="session-head">
      ${isDated(session) ? leaf(dayOf(session, sessions.timeZone), screen) : nothing}
      <div>
        ${heading(titleOf(session, sessions, screen))}
        <p class="stand ${mark}">${sign(mark)}<span class="state">${locale.say(`mark-${mark}`)}</span></p>
      </div>
    </div>
    ${deliveryLine(screen, id)}
    ${told === undefined ? nothing : html`<div class="notice warn" role="alert"><p>${locale.say('calendar-unreachable')}</p></div>`}
    ${facts(session, screen)}
    ${standing(session, screen)}
    <div class="actions">
      ${coming && session.link !== undefined ? joinLink(session.link, screen) : nothing}
      ${coming ? icsButton(session, screen) : nothing}
    </div>
    ${session.recording === undefined ? nothing : recording(session, screen)}
    ${isGiven ? nothing : cannotCome(session, screen, plan)}
    ${session.homework.length === 0 ? nothing : homework(session, screen, sessions.state === 'left' || isGiven)}`;
}

/** All sessions of a series that has many. */
export function seriesScreen(screen: Screen, plan: Plan, series: string): TemplateResult {
  const now = screen.reckoning.now;
  const sessions = plan.sessions;
  if (sessions === undefined) return html``;
  const own = { ...sessions, plan: sessions.plan.filter((one) => one.series === series) };
  const [first] = own.plan;
  const next = courseOf(plan, now).next;
  const stops = stopsOf(plan, screen).filter((stop) => stop.kind === 'session' && stop.session.series === series);
  return html`
    ${backLink(screen)}
    ${heading(first === undefined ? '' : seriesTitle(first, screen))}
    <p class="meta">${next === undefined || next.series !== series ? nothing : whenWords(next, screen)}</p>
    ${timeline({ optional: false, stops, total: stops.length }, screen, true)}`;
}

/** Every stop, of long series too. */
function stopsOf(plan: Plan, { reckoning }: Screen) {
  const { tracks } = courseOf(plan, reckoning.now, Number.POSITIVE_INFINITY);
  return tracks.flatMap(({ stops }) => stops);
}

function markOf(plan: Plan, id: string, screen: Screen): Mark {
  return stopsOf(plan, screen).find((stop) => stop.id === id && stop.kind === 'session')?.mark ?? 'scheduled';
}

export function backLink({ locale, act }: Screen): TemplateResult {
  return html`<button class="text back" type="button" @click=${() => act.show({ at: 'overview' })}>${locale.say('tracker-back')}</button>`;
}

function facts(session: MySession, screen: Screen): TemplateResult {
  const { locale } = screen;
  const { minutes, leader, place } = session;
  const rows: readonly (readonly [MessageKey, string])[] = [
    ['fact-when', whenWords(session, screen)],
    ...(place === undefined ? [] : [['fact-where', place] as const]),
    [
      'fact-how',
      [
        ...(minutes === undefined ? [] : [locale.say('tracker-minutes', { count: minutes })]),
        formatWords(session, screen),
      ].join(', '),
    ],
    ...(leader === undefined ? [] : [['fact-who', wordsOf(leader, screen)] as const]),
  ];
  return html`<dl class="facts">${rows.map(([name, words]) => html`<dt>${locale.say(name)}</dt><dd>${words}</dd>`)}</dl>`;
}

/** What its state means for whoever reads it, and what they said themselves. */
function standing(session: MySession, screen: Screen): TemplateResult {
  const { locale, reckoning } = screen;
  const { state, asked, optional, startsAt, misses } = session;
  const reason = misses.findLast(({ by, reason }) => by === 'participant' && reason !== undefined)?.reason;
  const words = [
    ...(optional ? [locale.say('session-optional')] : []),
    ...(state === 'cancelled-by-staff' ? [locale.say('session-cancelled')] : []),
    ...(state === 'not-completed' ? [locale.say('session-not-completed')] : []),
    ...(asked === undefined
      ? state === 'rescheduled' && startsAt === undefined
        ? [locale.say('session-waiting-team')]
        : []
      : [locale.say('session-waiting', { day: shortDay(dayIn(new Date(asked.at), reckoning.zone), reckoning) })]),
    ...(isUnsaid(session, screen) ? [locale.say('session-unsaid')] : []),
    ...(reason === undefined ? [] : [locale.say('session-reason', { reason })]),
  ];
  return words.length === 0
    ? html``
    : html`<div class="prose section">${words.map((one) => html`<p>${one}</p>`)}</div>`;
}

const isUnsaid = (session: MySession, { reckoning }: Screen): boolean =>
  session.state === 'scheduled' && !session.optional && !isToCome(session, reckoning.now);

function icsButton(
  { id, startsAt }: MySession,
  { locale, act, busy, isGiven }: Screen,
): TemplateResult | typeof nothing {
  if (startsAt === undefined || isGiven) return nothing;
  return html`<button class="text" type="button" aria-disabled=${busy ? 'true' : nothing} @click=${() => act.takeCalendar(id)}>${locale.say('session-ics')}</button>`;
}

/** The policy of a strict page plays no media here, and nobody is watched while they watch. */
function recording({ id, recording: offered }: MySession, screen: Screen): TemplateResult | typeof nothing {
  const { locale, act, busy, reckoning, isGiven } = screen;
  if (offered === undefined) return nothing;
  const { link, viewedAt } = offered;
  const seen = viewedAt === undefined ? undefined : longDay(dayIn(new Date(viewedAt), reckoning.zone), reckoning);
  return html`
    <section class="part">
      <h3>${locale.say('recording-title')}</h3>
      <p>${locale.say(link === undefined ? 'recording-later' : 'recording-text')}</p>
      <div class="actions">
        ${link === undefined ? nothing : html`<a class="button primary" href=${link} target="_blank" rel="noopener noreferrer">${locale.say('recording-open')}<span class="spoken"> ${locale.say('tracker-new-tab')}</span></a>`}
        ${link === undefined || seen !== undefined || isGiven ? nothing : html`<button class="secondary" type="button" aria-disabled=${busy ? 'true' : nothing} @click=${() => act.confirmRecording(id)}>${locale.say('recording-seen')}</button>`}
        ${seen === undefined ? nothing : html`<p class="good">${locale.say('recording-seen-at', { day: seen })}</p>`}
      </div>
    </section>`;
}

/** Before it begins another time can be asked for; afterwards one can say that one could not come. */
function cannotCome(session: MySession, screen: Screen, plan: Plan): TemplateResult | typeof nothing {
  const { locale, act, reckoning } = screen;
  const { sessions } = plan;
  if (sessions === undefined) return nothing;
  const movable = canMove(session, sessions);
  const isAbsence = absences(sessions, reckoning.now).some(({ id }) => id === session.id);
  const isBefore = isToCome(session, reckoning.now) && !hasBegun(session, reckoning.now) && !session.optional;
  if (sessions.state === 'left' || !(movable || isAbsence || isBefore)) return nothing;
  return html`
    <section class="part">
      ${isBefore ? html`<h3>${locale.say('session-cannot')}</h3><p>${locale.say(movable ? 'session-cannot-slots' : 'session-cannot-team')}</p>` : nothing}
      <div class="actions">
        ${movable ? html`<button class="secondary" type="button" @click=${() => act.show({ at: 'new-time', session: session.id })}>${locale.say('session-new-time')}</button>` : nothing}
        ${isAbsence ? html`<button class="secondary" type="button" @click=${() => act.show({ at: 'absence', session: session.id, reason: '' })}>${locale.say('session-absent')}</button>` : nothing}
      </div>
    </section>`;
}

function homework(session: MySession, screen: Screen, isClosed: boolean): TemplateResult {
  const { locale, shared } = screen;
  const [first] = session.homework;
  const isLater = session.homework.every(({ state }) => state === 'not-yet');
  return html`
    <section class="part">
      <h3>${locale.say('homework-title')}</h3>
      ${first?.text === undefined ? nothing : html`<div class="prose">${markdown(wordsOf(first.text, screen), 4)}</div>`}
      ${isLater ? html`<p class="meta">${locale.say('homework-later')}</p>` : nothing}
      ${isLater || isClosed ? nothing : html`<p class="help" id="homework-help">${locale.say('homework-help')}</p>`}
      ${session.homework.map(({ task, saved }) => {
        const name = locale.say(`homework-${task}` as MessageKey) || task;
        const text = screen.homework.textOf(session, task);
        if (isClosed || isLater)
          return saved === undefined ? nothing : html`<h4>${name}</h4><p class="written">${saved.text}</p>`;
        const id = `homework-${session.id}-${task}`;
        const isTooLong = text.length > LONGEST_HOMEWORK;
        return html`
          <div class="question">
            <label class="title" for=${id}>${name}</label>
            <textarea class="line" id=${id} rows="5" aria-describedby="homework-help ${id}-state" aria-invalid=${isTooLong ? 'true' : nothing}
              autocomplete=${shared ? 'off' : nothing} .value=${text}
              @input=${(event: Event) => screen.act.write(session, task, (event.currentTarget as HTMLTextAreaElement).value)}
              @change=${screen.act.handInHomework}></textarea>
            <p class=${isTooLong ? 'problem' : 'meta'} id="${id}-state" role="status">${isTooLong ? locale.say('homework-too-long', { max: LONGEST_HOMEWORK }) : savedWords(session, task, screen)}</p>
          </div>`;
      })}
    </section>`;
}

/** Says "saved" of what the endpoint has told, or keeps; of what only this device has, it says that. */
function savedWords(session: MySession, task: string, screen: Screen): string {
  const { locale, homework, kept, reckoning } = screen;
  const state = homework.stateOf(session, task);
  if (state === 'typing') return kept === undefined ? '' : locale.say(`saved-${kept}`);
  if (state === 'handed-in') return locale.say(onTheWay(screen.stateOf(homework.submissionOf(session, task))));
  const at = session.homework.find((one) => one.task === task)?.saved?.at;
  if (state === 'empty' || at === undefined) return '';
  const instant = new Date(at);
  const day = shortDay(dayIn(instant, reckoning.zone), reckoning);
  return locale.say('homework-saved', { day: locale.say('tracker-at', { day, time: timeOfDay(instant, reckoning) }) });
}

function onTheWay(state: DeliveryState | undefined): MessageKey {
  if (state?.status === 'delivered') return 'saved-server';
  if (state === undefined || state.status === 'queued' || state.status === 'sending') return 'homework-saving';
  if (state.status === 'parked') return state.durable ? 'parked' : 'parked-memory';
  return state.durable ? 'homework-kept' : 'saved-nowhere';
}
