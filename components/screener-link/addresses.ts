import { groupLinkCode } from '../../src/submission/link-code.ts';
import { isSecure, StudyLoadError } from '../element/load-study.ts';

/** The addresses that are handed out. */

/** A link's page, with the code as it is read out: it may be typed in any way. */
export function linkAddress(endpoint: URL, code: string): URL {
  return new URL(`j/${groupLinkCode(code)}`, endpoint);
}

/**
 * The screener's own page with where people came from: unverified, because whoever opens it can change it.
 *
 * @param page an address, https or on this machine; one on this page's own site begins with `/`, `./` or `../`, so that nobody
 *   prints `https://here/trial.example.edu/` who has only left the `https://` out. What else its query says stays
 * @param base what it is relative to
 * @throws StudyLoadError `page-refused`
 */
export function pageAddress(page: string, base: string, source: string): URL {
  const refused = (why: string, cause?: unknown) => new StudyLoadError('page-refused', `page="${page}" ${why}`, cause);
  if (!/^(\w+:|\.{0,2}\/)/.test(page.trim())) throw refused('does not begin with https:// or /');
  let address: URL;
  try {
    address = new URL(page, base);
  } catch (cause) {
    throw refused('is not an address', cause);
  }
  if (!isSecure(address)) throw refused('is not https, nor this machine');
  address.searchParams.set('source', source);
  return address;
}

/** What stands for where people came from: as the receiver puts it together for a link. */
export function sourceOf(channel: string, site: string): string {
  return site === '' ? channel : `${site}-${channel}`;
}

/** An address as it is written on paper, without what browsers put in front of it themselves. */
export function onPaper(address: URL): string {
  return address.href.replace(/^https?:\/\//, '');
}
