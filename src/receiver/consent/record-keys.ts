import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { readdir, readFile, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { SignText, TrustedKey } from '../../consent/record.ts';
import { KeyError } from '../keys.ts';
import { isErrno, makeSecretFile, readSecretFile } from '../secret-file.ts';
import { type PublishedKey, publishedKey, trustedKey } from './public-key.ts';

/**
 * The keys that consent records are signed with, and what the receiver vouches for beside them (`signed-document.ts`): PEM files in the receiver's directory of keys. The
 * private key with the highest number signs. Of a retired one the public key stays, so that what it has signed can be
 * verified for as long as anybody keeps it.
 */

export interface RecordKeys {
  readonly current: { readonly id: string; readonly signText: SignText };
  /** Of every key that ever signed, the one that signs first, as a JWK set has them. */
  readonly published: readonly PublishedKey[];
  /** The same keys, to verify with. */
  readonly trusted: readonly TrustedKey[];
}

const FILE = /^record-(\d{4})(\.public)?\.pem$/;
const nameOf = (number: number, what: '' | '.public'): string => `record-${String(number).padStart(4, '0')}${what}.pem`;

/** Makes an Ed25519 private key. */
export type NewKey = () => KeyObject;
const newKey: NewKey = () => generateKeyPairSync('ed25519').privateKey;

interface KeyFile {
  readonly number: number;
  readonly publicKey: KeyObject;
  /** Absent once it is retired. */
  readonly privateKey?: KeyObject;
}

/**
 * Opens the keys in a directory; makes the first one when there is none and none is required.
 *
 * @param required ids of the keys that stand in the database's records
 * @param make `none`: a directory without keys is an error, whatever is required
 * @throws KeyError `keys-missing`, `keys-exposed` (others on this machine can read one), `keys-damaged`, `keys-unreadable`
 */
export async function openRecordKeys(
  directory: string,
  required: readonly string[],
  make: NewKey | 'none' = newKey,
): Promise<RecordKeys> {
  let files = await readFiles(directory);
  if (files.length === 0 && required.length === 0 && make !== 'none') {
    await add(directory, 1, make());
    files = await readFiles(directory);
  }
  const published = await Promise.all(files.map(({ publicKey }) => ours(publishedKey(publicKey))));
  const missing = required.filter((id) => !published.some(({ kid }) => kid === id));
  if (missing.length > 0) {
    throw new KeyError(
      'keys-missing',
      `Consent records were signed with the keys ${missing.join(', ')}, which are not in ${directory}. Put them back from your backup, or name their directory with --keys: without them nobody can verify those records.`,
    );
  }
  const privateKey = files.find((file) => file.privateKey !== undefined)?.privateKey;
  if (privateKey === undefined) {
    throw new KeyError(
      'keys-missing',
      `${directory} has no key to sign consent records with. Put ${nameOf(files[0]?.number ?? 1, '')} back from your backup, or make a new one: steady keys rotate.`,
    );
  }
  return createRecordKeys(
    privateKey,
    files.map(({ publicKey }) => publicKey),
  );
}

/**
 * The keys from themselves.
 *
 * @param privateKey what signs: Ed25519
 * @param publicKeys of every key that ever signed, the newest first; the one that signs need not be among them
 */
export async function createRecordKeys(
  privateKey: KeyObject,
  publicKeys: readonly KeyObject[] = [],
): Promise<RecordKeys> {
  const own = createPublicKey(privateKey);
  const all = [own, ...publicKeys.filter((key) => !key.equals(own))];
  const published = await Promise.all(all.map((key) => ours(publishedKey(key))));
  const trusted = await Promise.all(all.map((key) => ours(trustedKey(key))));
  const { kid: id } = await ours(publishedKey(own));
  const signText: SignText = (text) => sign(null, Buffer.from(text, 'utf8'), privateKey).toString('hex');
  return { current: { id, signText }, published, trusted };
}

/**
 * Makes a new key to sign with, and leaves of those before it their public keys alone. Receivers that run sign with the old
 * one until they are started again.
 *
 * @returns the ids of the new key and of those retired by it
 * @throws KeyError as `openRecordKeys`
 */
export async function rotateRecordKeys(
  directory: string,
  make: NewKey = newKey,
): Promise<{ readonly current: string; readonly retired: readonly string[] }> {
  const before = await readFiles(directory);
  await add(directory, (before[0]?.number ?? 0) + 1, make());
  // Whoever rotates at the same time makes the same number: one of the two keys is there.
  const [newest, ...others] = await readFiles(directory);
  if (newest === undefined) throw new TypeError('A key was just made.');
  const retired: string[] = [];
  for (const { number, publicKey, privateKey } of others) {
    if (privateKey === undefined) continue;
    // The public key is on the disk before the private one is gone.
    const pem = publicKey.export({ type: 'spki', format: 'pem' });
    await makeSecretFile(directory, nameOf(number, '.public'), String(pem)).catch(unreadable(directory));
    await unlink(join(directory, nameOf(number, ''))).catch(unreadable(directory));
    retired.push((await ours(publishedKey(publicKey))).kid);
  }
  return { current: (await ours(publishedKey(newest.publicKey))).kid, retired };
}

/** One for each number, the newest first. */
async function readFiles(directory: string): Promise<readonly KeyFile[]> {
  const names = await readdir(directory).catch((cause: unknown) => {
    if (isErrno(cause, 'ENOENT')) return [];
    throw unreadable(directory)(cause);
  });
  const found = new Map<number, KeyFile>();
  // A public key beside its private one says the same: rotating was interrupted.
  for (const name of names.filter((one) => FILE.test(one)).sort()) {
    const [, digits = '', isPublic] = FILE.exec(name) ?? [];
    const number = Number(digits);
    const path = join(directory, name);
    if (isPublic === undefined) found.set(number, await readPrivate(path, number));
    else if (!found.has(number)) found.set(number, { number, publicKey: await readPublic(path) });
  }
  return [...found.values()].toSorted((one, other) => other.number - one.number);
}

async function readPrivate(path: string, number: number): Promise<KeyFile> {
  const { text, exposed, mode } = await readSecretFile(path).catch(unreadable(path));
  if (exposed !== 0) {
    throw new KeyError(
      'keys-exposed',
      `${path} can be read by others on this machine (mode ${mode}). Run: chmod 600 ${path}`,
    );
  }
  const privateKey = keyIn(text, path, createPrivateKey);
  return { number, privateKey, publicKey: createPublicKey(privateKey) };
}

async function readPublic(path: string): Promise<KeyObject> {
  return keyIn(await readFile(path, 'utf8').catch(unreadable(path)), path, createPublicKey);
}

function keyIn(pem: string, path: string, create: (pem: string) => KeyObject): KeyObject {
  try {
    const key = create(pem);
    if (key.asymmetricKeyType === 'ed25519') return key;
  } catch (cause) {
    throw damaged(path, cause);
  }
  throw damaged(path);
}

async function add(directory: string, number: number, key: KeyObject): Promise<void> {
  const pem = key.export({ type: 'pkcs8', format: 'pem' });
  await makeSecretFile(directory, nameOf(number, ''), String(pem)).catch(unreadable(directory));
}

/** Every key here was read as Ed25519. */
async function ours<Made>(made: Promise<Made | undefined>): Promise<Made> {
  const key = await made;
  if (key === undefined) throw new TypeError('A record key is Ed25519.');
  return key;
}

function damaged(path: string, cause?: unknown): KeyError {
  const message = `${path} is not an Ed25519 key, or was changed. Put it back from your backup.`;
  return new KeyError('keys-damaged', message, { cause });
}

function unreadable(path: string): (cause: unknown) => never {
  return (cause) => {
    if (cause instanceof KeyError) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new KeyError('keys-unreadable', `${path} cannot be read or made: ${reason}.`, { cause });
  };
}
