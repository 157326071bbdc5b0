import { DeliveryError } from './delivery-error.ts';

/**
 * The one spelling of an endpoint by which entries are keyed: absolute, without a slash at its end, so that what a page
 * under `/a/` kept for `../api` is found again, and is never sent elsewhere, by a page under `/b/`.
 *
 * @param base what a relative endpoint is relative to; the page's own address unless told.
 * @throws DeliveryError `bad-endpoint` for what is no http(s) address, or carries a user, a query or a fragment.
 */
export function normaliseEndpoint(endpoint: string, base: string | undefined = globalThis.location?.href): string {
  const url = parse(endpoint, base);
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password || url.search || url.hash) {
    throw new DeliveryError(
      'bad-endpoint',
      `"${endpoint}" is not an endpoint: give an http or https address without user, query or fragment.`,
    );
  }
  return url.href.replace(/\/+$/, '');
}

function parse(address: string, base: string | undefined): URL | undefined {
  try {
    return new URL(address, base);
  } catch {
    // Reported by the caller, in words about endpoints.
    return undefined;
  }
}
