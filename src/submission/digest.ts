import canonicalize from 'canonicalize';

/** RFC 8785 (JSON Canonicalization Scheme) form of a JSON value, as UTF-8 bytes. */
export function canonicalBytes(value: unknown): Uint8Array<ArrayBuffer> {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('Only a JSON value has a canonical form.');
  return new TextEncoder().encode(text);
}

/** SHA-256, lower-case hex. Where the page has no `crypto.subtle` (plain http), the same in JavaScript. */
export async function sha256Hex(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const hash = globalThis.crypto?.subtle
    ? new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
    : (await import('@noble/hashes/sha2.js')).sha256(bytes);
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** The digest by which a submission and its receipt recognise each other. */
export async function digestOf(value: unknown): Promise<string> {
  return sha256Hex(canonicalBytes(value));
}
