import { sha256Hex } from './digest.ts';

/**
 * What a participant's browser holds, and what the receiver knows it by. The browser makes the secrets; only their hashes
 * travel at enrolment, and only hashes are kept. Both ends make codes: the browser one for the way back, the command line
 * those that invite.
 */

/** Random bytes, as many as asked for: fit for secrets. */
export type RandomBytes = (count: number) => Uint8Array<ArrayBuffer>;

const randomBytes: RandomBytes = (count) => crypto.getRandomValues(new Uint8Array(count));

const WRITE_KEY_MESSAGE = 'steady write key';

/** Crockford's base 32, lower case: no letter that could be read as a digit. */
const DIGITS = '0123456789abcdefghjkmnpqrstvwxyz';
const CODE_BYTES = 20;
const CODE_LENGTH = (CODE_BYTES * 8) / 5;
const GROUP = 4;

/** What stands before a code in the fragment of a link that invites. */
export const INVITE_FRAGMENT = 'steady-invite=';

/** A participant's token: 256 random bits, base64url. */
export function newToken(random: RandomBytes = randomBytes): string {
  return base64url(random(32));
}

/**
 * The key that can only deliver, derived from the token (HMAC-SHA-256), base64url. It stays with what waits to be sent, so
 * that whoever finds it can read nothing.
 */
export async function writeKeyOf(token: string): Promise<string> {
  const [key, message] = [utf8(token), utf8(WRITE_KEY_MESSAGE)];
  return base64url(globalThis.crypto?.subtle ? await hmacNatively(key, message) : await hmacByHand(key, message));
}

/**
 * What a receiver knows a secret by: SHA-256, lower-case hex.
 *
 * @param secret a token, a write key, or a code as `normaliseCode` gives it
 */
export function hashSecret(secret: string): Promise<string> {
  return sha256Hex(utf8(secret));
}

/** A code for an invitation or for the way back: 160 random bits as 32 characters. `groupCode` writes it for people. */
export function newCode(random: RandomBytes = randomBytes): string {
  let bits = 0n;
  for (const byte of random(CODE_BYTES)) bits = (bits << 8n) | BigInt(byte);
  return Array.from({ length: CODE_LENGTH }, (_, index) => {
    const shift = BigInt(5 * (CODE_LENGTH - 1 - index));
    return DIGITS[Number((bits >> shift) & 31n)];
  }).join('');
}

/** A code as it is shown: groups of four, joined by hyphens. */
export function groupCode(code: string): string {
  return Array.from({ length: Math.ceil(code.length / GROUP) }, (_, index) =>
    code.slice(index * GROUP, (index + 1) * GROUP),
  ).join('-');
}

/**
 * A code as people type it back: any case, hyphens and spaces wherever they fall, o for 0, i and l for 1. Undefined for
 * what is no code.
 */
export function normaliseCode(text: string): string | undefined {
  const code = text
    .replaceAll(/[-\s\u2010-\u2015]/g, '')
    .toLowerCase()
    .replaceAll('o', '0')
    .replaceAll(/[il]/g, '1');
  return code.length === CODE_LENGTH && [...code].every((character) => DIGITS.includes(character)) ? code : undefined;
}

async function hmacNatively(secret: Uint8Array<ArrayBuffer>, message: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const key = await crypto.subtle.importKey('raw', secret, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  return new Uint8Array(await crypto.subtle.sign('HMAC', key, message));
}

/** Where the page has no `crypto.subtle` (plain http). */
async function hmacByHand(secret: Uint8Array<ArrayBuffer>, message: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const [{ hmac }, { sha256 }] = await Promise.all([import('@noble/hashes/hmac.js'), import('@noble/hashes/sha2.js')]);
  return hmac(sha256, secret, message);
}

function base64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '');
}

function utf8(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}
