import { randomBytes } from 'node:crypto';
import { sha256 } from '../hash.ts';

/** What a member of staff shows the receiver. Whoever finds one, or a scanner of secrets, sees what it is. */

const PREFIX = 'steady-staff-';
const TOKEN = /^steady-staff-[A-Za-z0-9_-]{43}$/;

/** 256 random bits. Shown once, to whom it is for. */
export function newStaffToken(random: (bytes: number) => Uint8Array = randomBytes): string {
  return `${PREFIX}${Buffer.from(random(32)).toString('base64url')}`;
}

export function isStaffToken(text: string): boolean {
  return TOKEN.test(text);
}

/** What is kept of a token: its hash, and the beginning of that, by which it is looked for. */
export function staffTokenHash(token: string): { readonly tokenHash: string; readonly hashPrefix: string } {
  const tokenHash = sha256(token);
  return { tokenHash, hashPrefix: tokenHash.slice(0, 16) };
}
