import { isSecure } from '../element/load-study.ts';

/**
 * Where questionnaires are answered, by the page's attribute: an address on https, of this machine, or of the page's own origin.
 * Anything else leads nowhere.
 *
 * @param page the address that relative ones are resolved against
 */
export function questionnaireAddress(text: string, page: string): string | undefined {
  const address = text.trim() === '' ? undefined : parsed(text, page);
  if (address === undefined) return undefined;
  const isOfPage = address.origin !== 'null' && address.origin === new URL(page).origin;
  // No other kind of address is ever followed, whichever host it seems to name.
  const isOfWeb = /^https?:$/.test(address.protocol);
  return isOfPage || (isOfWeb && isSecure(address)) ? address.href : undefined;
}

function parsed(text: string, page: string): URL | undefined {
  try {
    return new URL(text, page);
  } catch {
    return undefined;
  }
}
