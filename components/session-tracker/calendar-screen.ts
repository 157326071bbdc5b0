import { html, nothing, type TemplateResult } from 'lit';
import { heading } from '../element/sheet.ts';
import type { Plan } from './course.ts';
import type { Screen } from './screen.ts';
import { backLink } from './session-screen.ts';
import type { Stage } from './stage.ts';

/** Sessions in the participant's own calendar: once as a file, or by an address that it follows. Templates alone. */
export function calendarScreen(
  screen: Screen,
  { sessions }: Plan,
  stage: Extract<Stage, { at: 'calendar' }>,
): TemplateResult {
  const { locale, act, busy } = screen;
  const { feed, told } = stage;
  const disabled = busy ? 'true' : nothing;
  const hasTimes = sessions?.plan.some(({ startsAt }) => startsAt !== undefined) === true;
  const hasFeed = feed !== undefined || (sessions?.calendar === true && told !== 'revoked');
  return html`
    ${backLink(screen)}
    ${heading(locale.say('calendar-title'))}
    <div class="prose section"><p>${locale.say('calendar-text')}</p></div>
    <div role="status">
      ${told === 'revoked' ? html`<p class="good told">${locale.say('calendar-revoked')}</p>` : nothing}
      ${told === 'unreachable' ? html`<div class="notice warn"><p>${locale.say('calendar-unreachable')}</p></div>` : nothing}
    </div>
    <section class="part">
      <h3>${locale.say('calendar-once')}</h3>
      <p>${locale.say(hasTimes ? 'calendar-once-text' : 'calendar-none')}</p>
      ${hasTimes ? html`<div class="actions"><button class="secondary" type="button" aria-disabled=${disabled} @click=${() => act.takeCalendar()}>${locale.say('calendar-all')}</button></div>` : nothing}
    </section>
    <section class="part">
      <h3>${locale.say('calendar-follow')}</h3>
      <p>${locale.say('calendar-follow-text')}</p>
      ${feed === undefined ? nothing : address(feed, told, screen)}
      ${feed === undefined && hasFeed ? html`<p>${locale.say('calendar-there')}</p>` : nothing}
      <div class="actions">
        <button class="secondary" type="button" aria-disabled=${disabled} @click=${act.makeFeed}>${locale.say(hasFeed ? 'calendar-make-again' : 'calendar-make')}</button>
        ${hasFeed ? html`<button class="text" type="button" aria-disabled=${disabled} @click=${act.revokeFeed}>${locale.say('calendar-revoke')}</button>` : nothing}
      </div>
    </section>`;
}

function address(feed: string, told: string | undefined, { locale, act }: Screen): TemplateResult {
  return html`
    <label class="title" for="feed">${locale.say('calendar-address')}</label>
    <p class="help" id="feed-help">${locale.say('calendar-address-once')}</p>
    <input class="line" id="feed" type="text" readonly .value=${feed} aria-describedby="feed-help" dir="ltr"
      @focus=${(event: Event) => (event.currentTarget as HTMLInputElement).select()} />
    <div class="actions"><button class="secondary" type="button" @click=${act.copyFeed}>${locale.say('calendar-copy')}</button>
      <span class="meta" role="status">${told === 'copied' || told === 'copy-failed' ? locale.say(told) : nothing}</span></div>`;
}
