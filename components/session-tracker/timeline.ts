import { html, nothing, type TemplateResult } from 'lit';
import type { Stop, Track } from './course.ts';
import { assessmentTitle, type Screen, seriesTitle, titleOf } from './screen.ts';
import { sign } from './signs.ts';
import { shortDay } from './times.ts';

/** Everything at a glance: a line of stops, each with its sign, its day and its state in a word. Templates alone. */

export function timeline(track: Track, screen: Screen): TemplateResult {
  const { series, stops, total, optional } = track;
  const { locale, act } = screen;
  const [first] = stops;
  const title = series === undefined || first?.kind !== 'session' ? undefined : seriesTitle(first.session, screen);
  const isCut = stops.length < total;
  return html`
    <section class="track">
      ${
        title === undefined
          ? nothing
          : html`<h3>${title}${optional ? html` <span class="optional">${locale.say('tracker-optional')}</span>` : nothing}</h3>`
      }
      <ol class="line-of-stops" aria-label=${title ?? locale.say('tracker-line')}>${stops.map((stop) => stopOn(track, stop, screen))}</ol>
      ${
        isCut && series !== undefined
          ? html`<button class="quiet" type="button" @click=${() => act.show({ at: 'series', series })}>${locale.say('tracker-line-all', { count: total })}</button>`
          : nothing
      }
    </section>`;
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

/** `Apr 30 · missed`, `until May 14 · open now`. */
export function stopFacts({ kind, mark, day, ...stop }: Stop, { locale, reckoning }: Screen): TemplateResult {
  const state = html`<span class="state">${locale.say(`mark-${mark}`)}</span>`;
  const closes = kind === 'assessment' && mark === 'open' && 'assessment' in stop ? stop.assessment.closes : undefined;
  if (closes !== undefined)
    return html`${locale.say('tracker-until', { day: shortDay(closes, reckoning) })} · ${state}`;
  if (day === undefined) return html`${locale.say('tracker-day-unknown')}`;
  return html`<span class="day">${shortDay(day, reckoning)}</span> · ${state}`;
}
