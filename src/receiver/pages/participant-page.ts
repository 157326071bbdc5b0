import { html } from 'hono/html';
import type { Contact, Resource, Study } from '../../study/schema.ts';
import { type Text, textIn } from '../../study/text.ts';
import { type Markup, type PageParts, pageResponse } from './page.ts';
import { type PageWords, pageWords } from './words.ts';

/**
 * The hosted page: everything a participant has to do, for those whose site offers no portal. What is due is the script's
 * to find out; whom to ask stands there without it.
 *
 * @param arrival of somebody who came by a recruiter's link: its code, and what a messenger shows of it
 */
export async function participantPage(
  study: Study,
  language: string,
  { card, link }: Pick<PageParts, 'card'> & { readonly link?: string } = {},
): Promise<Response> {
  const words = pageWords(language);
  const say = (text: Text) => textIn(text, language, study.languages);
  const body = html`<body class="root page" data-study="${study.id}" data-endpoint="../" data-first="${study.screening === undefined ? 'consent' : 'screening'}"${link === undefined ? '' : html` data-link="${link}"`}>
<main>
<h1>${words.title}</h1>
<p class="meta">${say(study.title)}</p>
<p id="back" class="back" hidden><button type="button">${words.back}</button></p>
<div id="now"><p role="status">${words.loading}</p><p>${words.missing}</p></div>
${nextStep(words)}
${doneSteps(words)}
<section id="signed" hidden><h2>${words.signed}</h2></section>
</main>
<footer>
${contacts(study.contacts, words)}
${resources(study.resources ?? [], words, say)}
${languageLinks(study.languages, language, words)}
</footer>
</body>`;
  const response = await pageResponse({
    language,
    root: '../',
    script: 'page.js',
    styleSheet: 'page.css',
    soon: [study.screening === undefined ? 'consent-form.js' : 'eligibility-screener.js'],
    body,
    ...(card !== undefined && { card }),
    ancestors: [],
  });
  // A page that opens this one in a window of its own gets no hold of it.
  response.headers.set('Cross-Origin-Opener-Policy', 'same-origin');
  return response;
}

/** When one step is finished and another is due: the way on, by the participant's own press. */
function nextStep({ next, goOn, overview, steps }: PageWords): Markup {
  // Who has sessions, and who has none, is led to the same place by the same words.
  return html`<section id="next" class="next" hidden><h2>${next}</h2>${Object.entries({
    ...steps,
    session: overview,
  }).map(
    ([step, words]) => html`<p data-step="${step}" hidden>${words}</p>`,
  )}<button type="button">${goOn}</button></section>`;
}

/** Every step that there can be; the script shows those that are done. */
function doneSteps({ done, steps }: PageWords): Markup {
  return html`<section id="done" class="done" hidden><h2>${done}</h2><ul>${Object.entries(steps).map(
    ([step, words]) => html`<li data-step="${step}" hidden>${words} <span class="state">✓</span></li>`,
  )}</ul></section>`;
}

export function contacts(all: readonly Contact[], words: PageWords): Markup {
  const shown = all.flatMap(({ role, ...contact }) => (role === 'safety' ? [] : [{ role, ...contact }]));
  return html`<section><h2>${words.contacts}</h2><ul class="people">${shown.map(
    ({ role, name, phone, email }) => html`
<li><span class="meta">${words.roles[role]}</span> <strong>${name}</strong> ${phone === undefined ? '' : phoneLink(phone)} ${
      email === undefined ? '' : html`<a href="mailto:${email}">${email}</a>`
    }</li>`,
  )}</ul></section>`;
}

function resources(all: readonly Resource[], words: PageWords, say: (text: Text) => string): Markup | '' {
  if (all.length === 0) return '';
  return html`<section><h2>${words.resources}</h2><ul class="people">${all.map(
    ({ title, phone, url, note }) => html`
<li><strong>${url === undefined ? say(title) : html`<a href="${url}" target="_blank" rel="noopener noreferrer">${say(title)}</a>`}</strong> ${
      phone === undefined ? '' : phoneLink(phone)
    } ${note === undefined ? '' : html`<span class="meta">${say(note)}</span>`}</li>`,
  )}</ul></section>`;
}

function phoneLink(phone: string): Markup {
  return html`<a href="tel:${phone.replace(/[^\d+]/g, '')}">${phone}</a>`;
}

/** Each by its own name, for those who cannot read the others. */
function languageLinks(languages: readonly string[], current: string, words: PageWords): Markup | '' {
  if (languages.length < 2) return '';
  return html`<nav aria-label="${words.languages}">${languages.map((language) =>
    language === current
      ? html`<span aria-current="true">${nameOf(language)}</span> `
      : html`<a href="?lang=${language}" lang="${language}" hreflang="${language}">${nameOf(language)}</a> `,
  )}</nav>`;
}

function nameOf(language: string): string {
  const name = new Intl.DisplayNames([language], { type: 'language' }).of(language) ?? language;
  return name.charAt(0).toLocaleUpperCase(language) + name.slice(1);
}
