import type { PendingCredentials } from '../../../src/delivery/credential-store.ts';
import { hashSecret, normaliseCode } from '../../../src/submission/secrets.ts';

/** The code in a link, or in the text itself; undefined where there is none. */
export function codeIn(text: string): string | undefined {
  return normaliseCode(text.split('steady-invite=').at(-1)?.split('&', 1)[0] ?? '');
}

/** What an endpoint is told of secrets: of the token, and of the key that delivers. */
export function hashesOf({ token, writeKey }: PendingCredentials): Promise<[string, string]> {
  return Promise.all([hashSecret(token), hashSecret(writeKey)]);
}
