import { html, nothing, type TemplateResult } from 'lit';
import { choiceRow } from '../element/choice-row.ts';
import { heading } from '../element/sheet.ts';
import { absences, type Plan } from './course.ts';
import { deliveryLine } from './delivery-line.ts';
import { type Screen, titleOf } from './screen.ts';
import type { Stage } from './stage.ts';
import { dayIn, longDay, shortDay, timeOfDay } from './times.ts';

/** "I could not come", another time, and the way out: each a short form of its own. Templates alone. */

type At<Name extends Stage['at']> = Extract<Stage, { at: Name }>;

export function absenceScreen(screen: Screen, plan: Plan, stage: At<'absence'>): TemplateResult {
  const { locale, act, reckoning } = screen;
  const { sessions } = plan;
  const which = sessions === undefined ? [] : absences(sessions, reckoning.now);
  const isOne = which.length === 1;
  const chosen = stage.session ?? (isOne ? which[0]?.id : undefined);
  const problems = {
    which: stage.tried !== undefined && chosen === undefined,
    reason: stage.tried !== undefined && stage.reason.trim() === '',
  };
  const about = sessions?.plan.find(({ id }) => id === chosen);
  return form(
    screen,
    () => act.sendAbsence(),
    locale.say('absence-send'),
    back(stage.session),
    html`
    ${heading(locale.say('absence-title'))}
    <div class="prose section"><p>${isOne && about ? html`<strong>${titleOf(about, sessions, screen)}</strong>. ` : nothing}${locale.say('absence-text')}</p></div>
    <div class="questions">
      ${
        isOne
          ? nothing
          : html`
            <fieldset class="question ${problems.which ? 'slot bad' : ''}" role="radiogroup" aria-required="true" data-focus=${problems.which ? 'summary' : nothing} tabindex="-1">
              <legend><span class="title">${locale.say('absence-which')}</span></legend>
              ${problems.which ? html`<p class="problem" role="alert">${locale.say('problem.absence-which')}</p>` : nothing}
              <div class="choices">${which.map((session) => choiceRow({ words: absenceWords(session, screen, plan), type: 'radio', id: `absence-${session.id}`, name: 'absence', checked: chosen === session.id, chosen: () => act.show({ ...stage, session: session.id }) }))}</div>
            </fieldset>`
      }
      ${reasonField(screen, { id: 'absence-reason', title: locale.say('absence-reason'), help: locale.say('absence-reason-help'), value: stage.reason, ...(problems.reason && !problems.which && { problem: locale.say('problem.absence-reason') }), write: (reason) => act.show({ ...stage, reason }) })}
    </div>`,
  );
}

function absenceWords(session: Parameters<typeof titleOf>[0], screen: Screen, { sessions }: Plan): string {
  const { reckoning } = screen;
  const title = titleOf(session, sessions, screen);
  const day = session.startsAt === undefined ? undefined : dayIn(new Date(session.startsAt), reckoning.zone);
  return day === undefined ? title : screen.locale.say('tracker-at', { day: title, time: shortDay(day, reckoning) });
}

export function newTimeScreen(screen: Screen, plan: Plan, stage: At<'new-time'>): TemplateResult {
  const { locale, act, reckoning } = screen;
  const session = plan.sessions?.plan.find(({ id }) => id === stage.session);
  const isWrong = stage.tried !== undefined && stage.slot === undefined;
  return form(
    screen,
    () => act.sendNewTime(),
    locale.say('new-time-send'),
    back(stage.session),
    html`
    ${heading(locale.say('new-time-title'))}
    <div class="prose section"><p>${session === undefined ? nothing : html`<strong>${titleOf(session, plan.sessions, screen)}</strong>. `}${locale.say('new-time-text')}</p></div>
    <div class="questions">
      <fieldset class="question ${isWrong ? 'slot bad' : ''}" role="radiogroup" aria-required="true" data-focus=${isWrong ? 'summary' : nothing} tabindex="-1">
        <legend><span class="title">${locale.say('new-time-which')}</span></legend>
        ${isWrong ? html`<p class="problem" role="alert">${locale.say('problem.new-time')}</p>` : nothing}
        <div class="choices">
          ${session?.slots.map(({ id, startsAt, place }) => {
            const start = new Date(startsAt);
            const when = locale.say('tracker-at', {
              day: longDay(dayIn(start, reckoning.zone), reckoning),
              time: timeOfDay(start, reckoning),
            });
            return choiceRow({
              words: place === undefined ? when : `${when} · ${place}`,
              type: 'radio',
              id: `slot-${id}`,
              name: 'slot',
              checked: stage.slot === id,
              chosen: () => act.show({ ...stage, slot: id }),
            });
          })}
        </div>
      </fieldset>
    </div>`,
  );
}

export function leavingScreen(screen: Screen, stage: At<'leaving'>): TemplateResult {
  const { locale, act } = screen;
  return html`
    <form novalidate @submit=${(event: Event) => {
      event.preventDefault();
      act.leaveSessions();
    }}>
      ${heading(locale.say('leave-sessions-title'))}
      <div class="prose section"><p>${locale.say('leave-sessions-text')}</p></div>
      ${deliveryLine(screen)}
      <div class="questions">${reasonField(screen, { id: 'leave-reason', title: locale.say('leave-sessions-reason'), optional: true, value: stage.reason, write: (reason) => act.show({ ...stage, reason }) })}</div>
      <div class="decision">
        <button class="secondary" part="decision" type="submit" aria-disabled=${screen.busy ? 'true' : nothing}>${locale.say('leave-sessions-send')}</button>
        <button class="secondary" part="decision" type="button" @click=${() => act.show({ at: 'overview' })}>${locale.say('leave-sessions-cancel')}</button>
      </div>
    </form>`;
}

/** To the session that it was opened from. */
const back = (session: string | undefined): Stage =>
  session === undefined ? { at: 'overview' } : { at: 'session', session };

function form(screen: Screen, send: () => void, words: string, cancel: Stage, content: TemplateResult): TemplateResult {
  const { locale, act, busy } = screen;
  return html`
    <form novalidate @submit=${(event: Event) => {
      event.preventDefault();
      if (!busy) send();
    }}>
      ${content}
      <div class="way-on">
        <button class="primary" part="primary" type="submit" aria-disabled=${busy ? 'true' : nothing}>${words}</button>
        <div class="second"><button class="text" type="button" @click=${() => act.show(cancel)}>${locale.say('cancel')}</button></div>
      </div>
    </form>`;
}

interface Reason {
  readonly id: string;
  readonly title: string;
  readonly help?: string;
  readonly optional?: boolean;
  readonly value: string;
  readonly problem?: string;
  readonly write: (reason: string) => void;
}

/** As long as a reason is kept: see `reasonSchema`. */
const LONGEST_REASON = 2_000;

function reasonField(
  { locale, shared }: Screen,
  { id, title, help, optional = false, value, problem, write }: Reason,
): TemplateResult {
  const described = [
    ...(help === undefined ? [] : [`${id}-help`]),
    ...(problem === undefined ? [] : [`${id}-problem`]),
  ].join(' ');
  return html`
    <div class="question slot ${problem === undefined ? '' : 'bad'}">
      <label class="title" for=${id}>${title}${optional ? html` <span class="optional">${locale.say('optional')}</span>` : nothing}</label>
      ${help === undefined ? nothing : html`<p class="help" id="${id}-help">${help}</p>`}
      ${problem === undefined ? nothing : html`<p class="problem" id="${id}-problem" role="alert">${problem}</p>`}
      <textarea class="line" id=${id} rows="3" maxlength=${LONGEST_REASON} .value=${value} ?required=${!optional}
        autocomplete=${shared ? 'off' : nothing} data-focus=${problem === undefined ? nothing : 'summary'}
        aria-invalid=${problem === undefined ? nothing : 'true'} aria-describedby=${described === '' ? nothing : described}
        @input=${(event: Event) => write((event.currentTarget as HTMLTextAreaElement).value)}></textarea>
    </div>`;
}
