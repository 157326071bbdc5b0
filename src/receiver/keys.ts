import { createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { SteadyError } from '../study/steady-error.ts';
import { isErrno, makeSecretFile, readSecretFile } from './secret-file.ts';

/**
 * The receiver's secrets: files in a directory of their own, beside the database and never in it, so that a copy of the
 * database alone neither reveals ids by trying nor lets an audit row be forged. Numbered; the last one writes, all read.
 */

/** What a key may be used for. Each purpose has a key of its own, derived from the file's secret (HKDF, RFC 5869). */
export type Purpose = 'audit' | 'replay' | 'check' | 'contact' | 'subject' | 'export' | 'allocation';

export interface Key {
  /** Derived from the secret, so that a file which was changed is noticed. */
  readonly id: string;
  /** HMAC-SHA-256, lower-case hex. */
  mac(purpose: Purpose, content: string | Uint8Array): string;
}

export interface KeyRing {
  /** What new rows are written with. */
  readonly current: Key;
  /** Every key there is, the current one first: an older row may have been written with any of them. */
  readonly all: readonly Key[];
}

export type KeyErrorCode = 'keys-missing' | 'keys-exposed' | 'keys-damaged' | 'keys-unreadable';

export class KeyError extends SteadyError {
  constructor(code: KeyErrorCode, message: string, options?: { cause?: unknown }) {
    super(code, message, options);
  }
}

const SECRET_BYTES = 32;
const FIRST = '0001.key';

/**
 * Whether a ring has every key that a database was written with. Two receivers on one database that each made a first key of
 * their own would not know each other's submissions again.
 *
 * @throws KeyError `keys-missing`
 */
export function assertKeysKnown({ all }: Pick<KeyRing, 'all'>, required: readonly string[], where: string): void {
  const missing = required.filter((id) => !all.some((key) => key.id === id));
  if (missing.length === 0) return;
  throw new KeyError(
    'keys-missing',
    `The database was written with the keys ${missing.join(', ')}, which are not in ${where}. Put them back from your backup, or name their directory with --keys: without them neither replays nor the audit can be checked.`,
  );
}

/**
 * Opens the keys in a directory; makes the first one when there is none and none is required.
 *
 * @param required ids of the keys that the database was written with
 * @throws KeyError `keys-missing`, `keys-exposed` (others on this machine can read one), `keys-damaged`,
 *   `keys-unreadable`
 */
export async function openKeys(
  directory: string,
  required: readonly string[],
  random: (bytes: number) => Uint8Array = randomBytes,
): Promise<KeyRing> {
  let names = await keyFiles(directory);
  if (names.length === 0 && required.length === 0) {
    await makeFirst(directory, random(SECRET_BYTES));
    names = await keyFiles(directory);
  }
  const all = await Promise.all(names.toReversed().map((name) => readKey(join(directory, name))));
  assertKeysKnown({ all }, required, directory);
  const [current] = all;
  if (current === undefined)
    throw new KeyError('keys-unreadable', `${directory} has lost the key that was made in it.`);
  return { current, all };
}

/** A key from its secret. */
export function createKey(secret: Uint8Array): Key {
  const derive = (purpose: string) => new Uint8Array(hkdfSync('sha256', secret, '', `steady/${purpose}`, 32));
  const keys: Readonly<Record<Purpose, Uint8Array>> = {
    audit: derive('audit'),
    replay: derive('replay'),
    check: derive('check'),
    contact: derive('contact'),
    subject: derive('subject'),
    export: derive('export'),
    allocation: derive('allocation'),
  };
  const hmac = (key: Uint8Array, content: string | Uint8Array) =>
    createHmac('sha256', key).update(content).digest('hex');
  return {
    id: hmac(derive('id'), '').slice(0, 16),
    mac: (purpose, content) => hmac(keys[purpose], content),
  };
}

async function keyFiles(directory: string): Promise<string[]> {
  try {
    return (await readdir(directory)).filter((name) => /^\d{4}\.key$/.test(name)).sort();
  } catch (cause) {
    if (isErrno(cause, 'ENOENT')) return [];
    throw unreadable(directory, cause);
  }
}

async function readKey(path: string): Promise<Key> {
  const { text, exposed, mode } = await readSecretFile(path).catch((cause) => {
    throw unreadable(path, cause);
  });
  if (exposed !== 0) {
    throw new KeyError(
      'keys-exposed',
      `${path} can be read by others on this machine (mode ${mode}). Run: chmod 600 ${path}`,
    );
  }
  const match = /^steady-key ([0-9a-f]{16}) ([0-9a-f]{64})\n$/.exec(text);
  const key = match?.[2] === undefined ? undefined : createKey(Buffer.from(match[2], 'hex'));
  if (key === undefined || key.id !== match?.[1]) {
    throw new KeyError('keys-damaged', `${path} is not a key, or was changed. Put it back from your backup.`);
  }
  return key;
}

async function makeFirst(directory: string, secret: Uint8Array): Promise<void> {
  try {
    const text = `steady-key ${createKey(secret).id} ${Buffer.from(secret).toString('hex')}\n`;
    await makeSecretFile(directory, FIRST, text);
  } catch (cause) {
    throw unreadable(directory, cause);
  }
}

function unreadable(path: string, cause: unknown): KeyError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new KeyError('keys-unreadable', `${path} cannot be read or made: ${reason}.`, { cause });
}
