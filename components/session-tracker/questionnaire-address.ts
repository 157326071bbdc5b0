/**
 * Where questionnaires are answered, by the page's attribute: an address on https or of the page's own origin. Anything else
 * leads nowhere.
 *
 * @param page the address that relative ones are resolved against
 */
export function questionnaireAddress(text: string, page: string): string | undefined {
  if (text.trim() === '' || !URL.canParse(text, page)) return undefined;
  const address = new URL(text, page);
  const isOfPage = address.origin !== 'null' && address.origin === new URL(page).origin;
  return isOfPage || address.protocol === 'https:' ? address.href : undefined;
}
