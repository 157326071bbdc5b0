import { createPublicKey, type KeyObject } from 'node:crypto';
import * as v from 'valibot';
import type { TrustedKey } from '../consent/record.ts';
import { publicJwkSchema, trustedKey } from '../receiver/consent/public-key.ts';
import { fitted } from '../study/read.ts';
import { FileError, readTextFile } from './read-text.ts';

/** Public keys from files: PEM, a JSON Web Key, or a set of them as a receiver publishes it. Ed25519 only. */

const LARGEST_KEY_FILE = 65_536;

const jwksSchema = v.object({ keys: v.array(v.unknown()) });

/** @throws FileError where a file is no key */
export async function readPublicKeys(files: readonly string[]): Promise<readonly TrustedKey[]> {
  const keys = await Promise.all(files.map(readKeyFile));
  return keys.flat();
}

async function readKeyFile(file: string): Promise<readonly TrustedKey[]> {
  const text = await readTextFile(file, LARGEST_KEY_FILE);
  if (/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(text)) throw isPrivate(file);
  try {
    const inputs = text.trimStart().startsWith('{') ? keysIn(JSON.parse(text), file) : [createPublicKey(text)];
    return await Promise.all(inputs.map((key) => trusted(key, file)));
  } catch (cause) {
    if (cause instanceof FileError) throw cause;
    throw new FileError(`${file}: is no public key. Name a file with an Ed25519 key, as PEM or as a JSON Web Key.`, {
      cause,
    });
  }
}

function keysIn(json: unknown, file: string): KeyObject[] {
  const listed = fitted(jwksSchema, json)?.keys ?? [json];
  if (listed.some((one) => typeof one === 'object' && one !== null && 'd' in one)) throw isPrivate(file);
  const keys = listed.flatMap((one) => fitted(publicJwkSchema, one) ?? []);
  if (keys.length === 0) {
    throw new FileError(`${file}: has no Ed25519 key. A JSON Web Key has "kty": "OKP" and "crv": "Ed25519".`);
  }
  return keys.map((key) => createPublicKey({ key, format: 'jwk' }));
}

async function trusted(key: KeyObject, file: string): Promise<TrustedKey> {
  const made = await trustedKey(key);
  if (made !== undefined) return made;
  throw new FileError(`${file}: is a key of another kind. Records are signed with Ed25519.`);
}

function isPrivate(file: string): FileError {
  return new FileError(
    `${file}: is a private key. Only the public one is needed here; keep the private one where it is.`,
  );
}
