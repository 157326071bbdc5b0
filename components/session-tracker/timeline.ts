import { html, nothing, type TemplateResult } from 'lit';
import type { MySession } from '../../src/submission/participation.ts';
import { isDated, type Stop, type Track } from './course.ts';
import { assessmentTitle, type Screen, seriesTitle, titleOf } from './screen.ts';
import { sign } from './signs.ts';
import { daySpan, type Reckoning, shortDay } from './times.ts';

/** Everything at a glance: a line of stops, each with its sign, its day and its state in a word. Templates alone. */

/** @param isAlone there is no other line that it could be taken for */
export function timeline(track: Track, screen: Screen, isAlone: boolean): TemplateResult {
  const { series, stops, total, optional } = track;
  const { locale, act } = screen;
  const title = isAlone ? undefined : titleOn(track, screen);
  const isCut = stops.length < total;
  return html`
    <section class="track">
      ${
        title === undefined
          ? nothing
          : html`<h3>${title}${optional ? html` <span class="optional">${locale.say('tracker-optional')}</span>` : nothing}</h3>`
      }
      <ol class="line-of-stops ${stops.length > 6 ? '' : 'few'}" aria-label=${title ?? locale.say('tracker-line')}>${stops.map((stop) => stopOn(track, stop, screen))}</ol>
      ${
        isCut && series !== undefined
          ? html`<button class="quiet" type="button" @click=${() => act.show({ at: 'series', series })}>${locale.say('tracker-line-all', { count: total })}</button>`
          : nothing
      }
    </section>`;
}

function titleOn({ series, stops }: Track, screen: Screen): string | undefined {
  const sessions = stops.flatMap((stop) => (stop.kind === 'session' ? [stop.session] : []));
  const [first] = sessions;
  if (first === undefined) return screen.locale.say('tracker-questionnaires');
  const isOne = series !== undefined || sessions.every((other) => other.series === first.series);
  return isOne ? seriesTitle(first, screen) : screen.locale.say('tracker-line');
}

function stopOn(track: Track, stop: Stop, screen: Screen): TemplateResult {
  const isNow = stop.mark === 'next' || stop.mark === 'open';
  const content = html`${sign(stop.mark)}<span class="stop-words"><span class="name">${nameOn(track, stop, screen)}</span><span class="meta">${stopFacts(stop, screen)}</span></span>`;
  return html`
    <li class="stop ${stop.mark}" aria-current=${isNow ? 'step' : nothing}>
      ${
        stop.kind === 'session'
          ? html`<button type="button" @click=${() => screen.act.show({ at: 'session', session: stop.id })}>${content}</button>`
          : html`<span class="plain">${content}</span>`
      }
    </li>`;
}

/** Where one series alone stands on the main line, "Session 3" says enough. */
function nameOn(track: Track, stop: Stop, screen: Screen): string {
  if (stop.kind === 'assessment') return assessmentTitle(stop.id, screen);
  const isOne = track.stops.every((other) => other.kind !== 'session' || other.session.series === stop.session.series);
  if (!isOne) return titleOf(stop.session, screen.plan?.sessions, screen);
  return track.total === 1
    ? seriesTitle(stop.session, screen)
    : screen.locale.say('tracker-line-session', { number: stop.session.number });
}

/** `Apr 30 · missed`, `until May 14 · open now`; of what is simply to come the day alone, the rest is the sign's. */
function stopFacts(stop: Stop, { locale, reckoning }: Screen): TemplateResult {
  const { mark, day } = stop;
  const closes = stop.kind === 'assessment' && mark === 'open' ? stop.assessment.closes : undefined;
  const when =
    closes !== undefined
      ? locale.say('tracker-until', { day: shortDay(closes, reckoning) })
      : day === undefined
        ? locale.say('tracker-day-unknown')
        : stop.kind === 'session' && !isDated(stop.session)
          ? spanOf(stop.session, reckoning)
          : shortDay(day, reckoning);
  const isQuiet = mark === 'scheduled' || mark === 'not-yet' || mark === 'unknown';
  return html`<span class="day">${when}</span><span class=${isQuiet ? 'spoken' : 'state'}>${locale.say(`mark-${mark}`)}</span>`;
}

/** While no time is set: the days on any of which it can be. */
function spanOf({ window: { first, last } }: MySession, reckoning: Reckoning): string {
  return last === null ? shortDay(first, reckoning) : daySpan(first, last, reckoning);
}
