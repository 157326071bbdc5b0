import { html } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';
import { type PageWords, pageWords } from './words.ts';

/** What the endpoint's own pages have in common: their policy, their head, and that every value is escaped. */

export type Markup = HtmlEscapedString | Promise<HtmlEscapedString>;

/** The strictest policy that the kit runs under, and who may show the page in a frame. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'";

export interface PageParts {
  readonly language: string;
  /** From the page's address to the receiver's root: it may be mounted anywhere. */
  readonly root: string;
  /** Files of `/embed/`: its script, and modules that the script will ask for. */
  readonly script?: string;
  readonly soon?: readonly string[];
  readonly styleSheet?: string;
  readonly body: Markup;
  /** What a messenger shows of a link to it, and the tab; without one, the page's own. */
  readonly card?: Pick<PageWords, 'title' | 'description'>;
  /** Default: 200. */
  readonly status?: number;
  /** Origins that may show it in a frame; nobody where there are none. */
  readonly ancestors: readonly string[];
}

export async function pageResponse(parts: PageParts): Promise<Response> {
  const { language, root, script, soon = [], styleSheet, body, ancestors, status = 200 } = parts;
  const { title, description } = parts.card ?? pageWords(language);
  const embed = `${root}embed/`;
  const document = await html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<meta name="description" content="${description}">
<meta name="robots" content="noindex, nofollow">
<meta name="referrer" content="no-referrer">
<meta property="og:type" content="website">
<meta property="og:title" content="${title}">
<meta property="og:description" content="${description}">
<meta name="twitter:card" content="summary">
${styleSheet === undefined ? '' : html`<link rel="stylesheet" href="${embed}${styleSheet}">`}
${soon.map((file) => html`<link rel="modulepreload" href="${embed}${file}">`)}
${script === undefined ? '' : html`<script type="module" src="${embed}${script}"></script>`}
</head>
${body}
</html>
`;
  return new Response(String(document), {
    status,
    headers: {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Language': language,
      'Content-Security-Policy': `${POLICY}; frame-ancestors ${ancestors.length === 0 ? "'none'" : ancestors.join(' ')}`,
      'Referrer-Policy': 'no-referrer',
      'X-Robots-Tag': 'noindex, nofollow',
      'Cache-Control': 'no-cache',
      Vary: 'Accept-Language',
    },
  });
}
