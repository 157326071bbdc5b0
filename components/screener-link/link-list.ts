import { html, nothing, type TemplateResult } from 'lit';
import { groupLinkCode } from '../../src/submission/link-code.ts';
import type { Link } from '../../src/submission/links.ts';
import { dayIn, isChannel, lastDayOf } from './link-form.ts';
import { nameOfLanguage } from './names.ts';
import type { Screen } from './screen.ts';

/** A recruiter's own links, and what came of each. Templates alone. */

export function linkList(screen: Screen): TemplateResult {
  const { locale, recruiter, act } = screen;
  const { links, hasMore } = recruiter;
  return html`
    <section class="block links">
      <h3>${locale.say('link-list-title')}</h3>
      ${recruiting(screen)}
      ${links.length === 0 ? html`<p class="help">${locale.say('link-list-none')}</p>` : html`<p class="help">${locale.say('link-small')}</p>`}
      <ul class="entries">
        ${links.map((link) => entry(screen, link))}
      </ul>
      ${hasMore ? html`<div class="actions"><button class="secondary" type="button" @click=${act.showMore}>${locale.say('link-list-more')}</button></div>` : nothing}
    </section>`;
}

function entry(screen: Screen, link: Link): TemplateResult {
  const { locale, act } = screen;
  return html`
    <li class=${link.state === 'expired' ? 'ended' : nothing}>
      <button class="text" type="button" aria-label=${locale.say('link-show', { code: groupLinkCode(link.code) })} @click=${() => act.show(link.code)}><span dir="ltr">${groupLinkCode(link.code)}</span></button>
      <p class="meta">${linkLine(screen, link)}</p>
      ${counts(screen, link)}
    </li>`;
}

/** `Open until March 3, 2027 · On a poster · North · Spanish` */
export function linkLine({ locale, form }: Screen, link: Link): string {
  const { channel, site, language, state, createdAt, expiresAt } = link;
  const ends = expiresAt === undefined ? undefined : lastDayOf(expiresAt);
  const day =
    ends === undefined ? undefined : locale.say(state === 'open' ? 'link-until' : 'link-ended-on', { day: ends });
  return [
    [locale.say(state === 'open' ? 'link-open' : 'link-ended'), day].filter((part) => part !== undefined).join(' '),
    isChannel(channel) ? locale.say(`channel-${channel}`) : channel,
    form.siteTitle(site),
    nameOfLanguage(language, locale.language),
    locale.say('link-made-on', { day: dayIn(new Date(createdAt)) }),
  ]
    .filter((part) => part !== undefined)
    .join(' · ');
}

export function counts({ locale }: Screen, { counts }: Link): TemplateResult | typeof nothing {
  if (counts === undefined) return nothing;
  const number = (count: number | string): string =>
    typeof count === 'number' ? new Intl.NumberFormat(locale.language).format(count) : count;
  return html`
    <dl class="counts">
      ${(['opened', 'completed', 'eligible', 'consented'] as const).map(
        (what) => html`<div><dt>${locale.say(`link-${what}`)}</dt><dd>${number(counts[what])}</dd></div>`,
      )}
    </dl>`;
}

/** What whoever opens it is told, where that is not the screener. */
export function recruiting({ locale, recruiter, form }: Screen): TemplateResult | typeof nothing {
  const { site } = recruiter.link ?? {};
  const state = recruiter.recruitmentAt(site);
  if (state !== 'paused' && state !== 'closed') return nothing;
  const isSites = state === 'paused' && recruiter.recruitmentAt() === 'open';
  const words = isSites
    ? locale.say('link-paused-site', { site: form.siteTitle(site) ?? '' })
    : locale.say(state === 'paused' ? 'link-paused' : 'link-closed');
  return html`<div class="notice warn"><p>${words}</p></div>`;
}
