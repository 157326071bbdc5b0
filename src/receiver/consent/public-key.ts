import { type KeyObject, verify } from 'node:crypto';
import * as v from 'valibot';
import { keyIdOf, type TrustedKey } from '../../consent/record.ts';
import { fitted } from '../../study/read.ts';
import { digestOf } from '../../submission/digest.ts';

/** Public keys that records are verified by: Ed25519 (RFC 8032) and no other. */

/** As much of a JSON Web Key (RFC 8037) as makes one. */
export const publicJwkSchema = v.object({ kty: v.literal('OKP'), crv: v.literal('Ed25519'), x: v.string() });

/** A key of a set as it is published. */
export interface PublishedKey extends v.InferOutput<typeof publicJwkSchema> {
  /** The key's id, as it stands in records. */
  readonly kid: string;
  readonly use: 'sig';
  readonly alg: 'EdDSA';
}

/** Undefined for a key of another kind. */
export async function trustedKey(key: KeyObject): Promise<TrustedKey | undefined> {
  const jwk = jwkOf(key);
  return (
    jwk && {
      id: await keyIdOf(jwk, digestOf),
      verify: (text, signature) => verify(null, Buffer.from(text, 'utf8'), key, Buffer.from(signature, 'hex')),
    }
  );
}

/** Undefined for a key of another kind. */
export async function publishedKey(key: KeyObject): Promise<PublishedKey | undefined> {
  const jwk = jwkOf(key);
  return jwk && { ...jwk, kid: await keyIdOf(jwk, digestOf), use: 'sig', alg: 'EdDSA' };
}

function jwkOf(key: KeyObject): v.InferOutput<typeof publicJwkSchema> | undefined {
  return key.asymmetricKeyType === 'ed25519' ? fitted(publicJwkSchema, key.export({ format: 'jwk' })) : undefined;
}
