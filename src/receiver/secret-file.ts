import { randomBytes } from 'node:crypto';
import { link, mkdir, open, readFile, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';

/** Files that hold a secret of the receiver: made once, for their owner alone. */

export interface SecretFile {
  readonly text: string;
  /** Permission bits that others on this machine have been given; 0 is as it must be. Windows has none. */
  readonly exposed: number;
  /** All permission bits, as `chmod` writes them. */
  readonly mode: string;
}

/** @throws what the file system throws */
export async function readSecretFile(path: string): Promise<SecretFile> {
  const [text, { mode }] = await Promise.all([readFile(path, 'utf8'), stat(path)]);
  return { text, exposed: process.platform === 'win32' ? 0 : mode & 0o077, mode: (mode & 0o777).toString(8) };
}

/**
 * Makes a file in a directory, and the directory; where the file stands already, leaves it. Written aside, then linked into
 * place: it is there whole or not at all, and of two receivers that start at once one makes it and the other finds it.
 *
 * @throws what the file system throws
 */
export async function makeSecretFile(directory: string, name: string, text: string): Promise<void> {
  const draft = join(directory, `.${name}.${process.pid}.${randomBytes(4).toString('hex')}`);
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const file = await open(draft, 'wx', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await link(draft, join(directory, name)).catch((cause: unknown) => {
    if (!isErrno(cause, 'EEXIST')) throw cause;
  });
  await unlink(draft);
  const parent = await open(directory, 'r');
  await parent.sync().finally(() => parent.close());
}

export function isErrno(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
