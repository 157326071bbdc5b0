import type { CredentialPlace, PendingCredentials } from '../../../src/delivery/credential-store.ts';
import { hashSecret, newToken, normaliseCode, writeKeyOf } from '../../../src/submission/secrets.ts';

/** The code in a link, or in the text itself; undefined where there is none. */
export function codeIn(text: string): string | undefined {
  return normaliseCode(text.split('steady-invite=').at(-1)?.split('&', 1)[0] ?? '');
}

/** What an endpoint is told of secrets: of the token, and of the key that delivers. */
export function hashesOf({ token, writeKey }: PendingCredentials): Promise<[string, string]> {
  return Promise.all([hashSecret(token), hashSecret(writeKey)]);
}

/** @param by what enrols: an invitation's hash, or the id of a contact */
export async function newPending(place: CredentialPlace, by: string): Promise<PendingCredentials> {
  const token = newToken();
  return { ...place, state: 'pending', token, writeKey: await writeKeyOf(token), by };
}
