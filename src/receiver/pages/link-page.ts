import { html } from 'hono/html';
import type { LinkState } from '../links/links.ts';
import type { KnownStudy } from '../served-study.ts';
import type { LinkRow } from '../store/links-store.ts';
import { type Markup, pageResponse } from './page.ts';
import { contacts, participantPage } from './participant-page.ts';
import { PAGE_LANGUAGES, pageWords } from './words.ts';

/** What somebody finds at the address that a recruiter has handed out: the screener, or words about why it is not there. */

/** The hosted page, which knows by which link it was reached and counts that it was. */
export function openLinkPage({ current }: KnownStudy, { code }: LinkRow, language: string): Promise<Response> {
  const { title, description } = pageWords(language).link;
  return participantPage(current.study, language, { card: { title, description }, link: code });
}

/**
 * Whoever typed a wrong code, or comes too late: told so in every language that the pages have, since nobody knows theirs.
 *
 * @param known the study that the link was for; without one whom to ask is not known either
 */
export function closedLinkPage(
  state: Exclude<LinkState, 'open'> | 'unknown',
  language: string,
  known?: KnownStudy,
): Promise<Response> {
  const languages = [language, ...PAGE_LANGUAGES].filter((one, index, all) => all.indexOf(one) === index);
  const { title, description } = pageWords(language).link;
  return pageResponse({
    language,
    root: '../',
    styleSheet: 'page.css',
    card: { title, description },
    body: html`<body class="root page">
<main>
<h1>${pageWords(language).link.heading}</h1>
${languages.filter((one) => PAGE_LANGUAGES.includes(one)).map((one) => wordsIn(one, state))}
</main>
${known === undefined ? '' : html`<footer>${contacts(known.current.study.contacts, pageWords(language))}</footer>`}
</body>`,
    ancestors: [],
    status: state === 'unknown' ? 404 : state === 'expired' ? 410 : 200,
  });
}

function wordsIn(language: string, state: Exclude<LinkState, 'open'> | 'unknown'): Markup {
  return html`<p lang="${language}">${pageWords(language).link[state]}</p>`;
}
