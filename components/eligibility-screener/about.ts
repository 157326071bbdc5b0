import { html, nothing, type TemplateResult } from 'lit';
import type { Site } from '../../src/study/schema.ts';
import type { About, ScreeningStudy } from '../../src/study/screening-part.ts';
import { type Text, textIn } from '../../src/study/text.ts';
import type { LocaleController } from '../element/locale-controller.ts';
import { markdown } from '../element/markdown.ts';
import { contactLine, phoneLink, whomToAsk } from '../element/people.ts';
import { lineStyles } from '../styles/line.styles.ts';
import { aboutStyles } from './about.styles.ts';

/**
 * What a participant may want to know before the first question: purpose, who can take part, what it involves, medication
 * and placebo, who runs and pays for it, and where. Fetched when somebody asks for it.
 */

export const styles = [lineStyles, aboutStyles];

/** More sites than this are searched, not read. */
const MANY_SITES = 8;

export function aboutStudy(options: {
  readonly study: ScreeningStudy;
  readonly about: About;
  readonly language: string;
  readonly locale: LocaleController;
  /** What is typed in the search for a site. */
  readonly query: string;
  readonly search: (query: string) => void;
}): TemplateResult {
  const { study, about, language, locale } = options;
  const say = (text: Text) => textIn(text, language, study.languages);
  const part = (title: string, text: Text | undefined) =>
    text === undefined ? nothing : html`<section><h3>${title}</h3>${markdown(say(text), 4)}</section>`;
  return html`
    <div class="about" id="about" tabindex="-1" data-focus="about" role="region" aria-label=${locale.say('about')}>
      ${part(locale.say('about-purpose'), about.purpose)} ${part(locale.say('about-who'), about.whoCanTakePart)}
      <section>
        <h3>${locale.say('about-timeline')}</h3>
        <ol class="timeline">
          ${about.timeline.map(
            ({ title, duration, text }) => html`
              <li>
                <h4>${say(title)}${duration === undefined ? nothing : html` <span class="meta">${say(duration)}</span>`}</h4>
                ${markdown(say(text), 4)}
              </li>`,
          )}
        </ol>
      </section>
      ${part(locale.say('about-medication'), about.medication)} ${part(locale.say('about-placebo'), about.placebo)}
      ${part(locale.say('about-run-by'), about.runBy)} ${part(locale.say('about-funded-by'), about.fundedBy)}
      ${sites(options)}
    </div>`;
}

function sites({ study, locale, query, search }: Parameters<typeof aboutStudy>[0]): TemplateResult | typeof nothing {
  const all = study.sites ?? [];
  if (all.length === 0) return nothing;
  const found = all.filter((site) => matches(site, query));
  const contact = whomToAsk(study.contacts);
  const many = all.length > MANY_SITES;
  return html`
    <section>
      <h3>${locale.say('about-sites')}</h3>
      ${contact === undefined ? nothing : html`<p class="meta">${contactLine(contact)}</p>`}
      ${
        many
          ? html`
              <label class="quiet" for="site-search">${locale.say('about-search')}</label>
              <input id="site-search" class="line" type="search" autocomplete="off" .value=${query}
                @input=${(event: Event) => search((event.currentTarget as HTMLInputElement).value)}
                @keydown=${(event: KeyboardEvent) => event.key === 'Enter' && event.preventDefault()} />
              <p class="meta" role="status">${locale.say(found.length === 0 ? 'filter-none' : 'filter-results', { count: found.length })}</p>`
          : nothing
      }
      <ul class=${many ? 'sites many' : 'sites'} tabindex=${many ? 0 : nothing} aria-label=${locale.say('about-sites')}>
        ${found.map(
          ({ title, organisation, phone, email }) => html`
            <li>
              ${title}${organisation === undefined ? nothing : html` <span class="meta">${organisation}</span>`}
              ${phone === undefined ? nothing : phoneLink(phone)}
              ${email === undefined ? nothing : html`<a href="mailto:${email}">${email}</a>`}
            </li>`,
        )}
      </ul>
    </section>`;
}

/** Every word of the query stands somewhere in the site's names; capitals and accents do not matter. */
function matches({ title, organisation = '' }: Site, query: string): boolean {
  const names = plain(`${title} ${organisation}`);
  return plain(query)
    .split(/\s+/)
    .every((word) => names.includes(word));
}

function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().trim();
}
