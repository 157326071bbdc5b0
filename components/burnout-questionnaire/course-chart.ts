import { html, nothing, type TemplateResult } from 'lit';
import type { LocaleController } from '../element/locale-controller.ts';
import type { Course, Line } from './course.ts';

/** A participant's own course: for each score a small chart, and the same as a table. Templates alone. */

const WIDTH = 320;
const HEIGHT = 120;
const EDGE = 14;

export function courseChart(course: Course, locale: LocaleController): TemplateResult | typeof nothing {
  if (course.length === 0) return nothing;
  return html`
    <section class="course">
      <h3>${locale.say('course-title')}</h3>
      <p class="meta">${locale.say('course-text')}</p>
      ${course.map((line) => oneLine(line, locale))}
    </section>`;
}

function oneLine(line: Line, locale: LocaleController): TemplateResult {
  const { higher, max, min, points } = line;
  const hasBands = points.some(({ band }) => band !== undefined);
  const day = new Intl.DateTimeFormat(locale.language, { dateStyle: 'medium' });
  const number = new Intl.NumberFormat(locale.language, { maximumFractionDigits: 1 });
  const scored = (score: number | null): string => (score === null ? locale.say('course-none') : number.format(score));
  return html`
    <div class="line">
      <h4>${nameOf(line, locale)}</h4>
      <p class="meta">${locale.say(`course-${higher}`, { min, max })}</p>
      ${points.filter(({ score }) => score !== null).length > 1 ? chart(line) : nothing}
      <table>
        <thead><tr>
          <th scope="col">${locale.say('course-when')}</th>
          <th scope="col">${locale.say('course-score')}</th>
          ${hasBands ? html`<th scope="col">${locale.say('course-band')}</th>` : nothing}
        </tr></thead>
        <tbody>
          ${points.map(
            ({ at, band, score }) => html`
              <tr>
                <th scope="row">${day.format(at)}</th>
                <td>${scored(score)}</td>
                ${hasBands ? html`<td>${band ?? nothing}</td>` : nothing}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
}

/** Drawn for the eye; the table below says the same to everybody. */
function chart({ max, min, points }: Line): TemplateResult {
  const places = points.flatMap(({ score }, index) => {
    if (score === null) return [];
    const x = EDGE + (index / Math.max(1, points.length - 1)) * (WIDTH - 2 * EDGE);
    const y = HEIGHT - EDGE - ((score - min) / (max - min || 1)) * (HEIGHT - 2 * EDGE);
    return [{ x: x.toFixed(1), y: y.toFixed(1) }];
  });
  return html`
    <svg viewBox="0 0 ${WIDTH} ${HEIGHT}" aria-hidden="true">
      <path class="axis" d="M${EDGE} ${EDGE}H${WIDTH - EDGE}M${EDGE} ${HEIGHT - EDGE}H${WIDTH - EDGE}" />
      <polyline class="way" points=${places.map(({ x, y }) => `${x},${y}`).join(' ')} />
      <path class="point" d=${places.map(({ x, y }) => `M${x} ${y}h0`).join('')} />
    </svg>`;
}

/** An instrument with one score is called by its name alone; of several, the subscale's id says which. */
function nameOf({ instrument, subscale }: Line, locale: LocaleController): string {
  const { title, subscales } = instrument;
  const name = title[locale.language] ?? Object.values(title)[0] ?? instrument.id;
  return subscales.length === 1 ? name : `${name}: ${subscale.replace(/[_-]/g, ' ')}`;
}
