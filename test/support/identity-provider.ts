/** An identity provider that a study trusts: its keys, how the receiver is told of it, and the proofs that it gives. */
import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { SignJWT } from 'jose';
import type { Reauthentication } from '../../src/receiver/consent/reauthentication.ts';
import { NOW } from './receiver.ts';

export const ISSUER = 'https://id.example.org';
export const AUDIENCE = 'calm-ward-consent';

export interface IdentityProvider {
  readonly config: Reauthentication;
  readonly privateKey: KeyObject;
  /** What it says after somebody has signed in again, just now. */
  proof(claims: Claims, options?: ProofOptions): Promise<string>;
}

/** What it says, in place of what it would: undefined leaves a claim out. */
export type Claims = Readonly<Record<string, unknown>>;

export interface ProofOptions {
  readonly alg?: string;
  readonly key?: KeyObject | Uint8Array;
  readonly kid?: string;
}

export const seconds = (time: string): number => Math.floor(Date.parse(time) / 1000);

export function identityProvider(required = true): IdentityProvider {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const jwk = { ...publicKey.export({ format: 'jwk' }), alg: 'ES256', kid: 'one', use: 'sig' };
  return {
    config: { issuer: ISSUER, audience: AUDIENCE, required, jwks: { keys: [jwk] } },
    privateKey,
    proof: (claims, { alg = 'ES256', key = privateKey, kid = 'one' } = {}) =>
      new SignJWT({ iss: ISSUER, aud: AUDIENCE, sub: 'ana', iat: seconds(NOW), ...claims })
        .setProtectedHeader({ alg, kid })
        .sign(key),
  };
}
