import { html, type TemplateResult } from 'lit';
import { normaliseEndpoint } from '../../src/delivery/endpoint.ts';
import { StaffCalls } from '../../src/delivery/staff-calls.ts';
import { saveFile } from '../element/save-file.ts';
import { lineStyles } from '../styles/line.styles.ts';
import { noticeStyles } from '../styles/notice.styles.ts';
import { problemStyles } from '../styles/problems.styles.ts';
import { linkStyles } from './link.styles.ts';
import { posterStyles, sheetStyles } from './poster.styles.ts';
import { poster } from './poster.ts';
import { printSheet } from './print-sheet.ts';
import { qrPng, qrSvg } from './qr-files.ts';
import type { Screen } from './screen.ts';
import type { ShownLink } from './shown-link.ts';

/** What a recruiter needs once they have signed in, or chosen: one file, fetched while the first screen is being looked at. */

export { problemSummary } from '../element/problem-summary.ts';
export { IdleWatch } from '../element/session/idle-watch.ts';
export { linkList } from './link-list.ts';
export { linkScreen } from './link-screen.ts';
export { shownLink, shownPage } from './shown-link.ts';

export const styles = [noticeStyles, problemStyles, lineStyles, linkStyles, posterStyles];

export function staffCalls(endpoint: URL, study: string): StaffCalls {
  return new StaffCalls(normaliseEndpoint(endpoint.href), study);
}

/** Who is signed in, and the way out. */
export function footing({ locale, recruiter, act }: Screen): TemplateResult | undefined {
  const { staff } = recruiter;
  if (staff === undefined) return undefined;
  return html`<p>${locale.say('link-signed-in', { name: staff.name })}</p><button class="quiet" type="button" @click=${act.signOut}>${locale.say('link-sign-out')}</button>`;
}

/** Hands the code over as a file. @throws Error where the browser makes no picture */
export async function takeQr(
  { address, name }: ShownLink,
  as: 'svg' | 'png',
  root: HTMLElement | DocumentFragment,
): Promise<void> {
  saveFile(as === 'svg' ? qrSvg(address, name) : await qrPng(address, name), root);
}

export function printPoster({ facts, say, name }: ShownLink, root: HTMLElement | DocumentFragment): void {
  const { language } = facts;
  printSheet(
    { content: poster(facts, say), styles: [posterStyles, sheetStyles], title: facts.title ?? name, language },
    root,
  );
}
