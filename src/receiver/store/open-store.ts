import { stat } from 'node:fs/promises';
import { type Store, StoreError } from './store.ts';

/** Which engine an address means, and the store over it. An engine is loaded when it is asked for. */

export interface OpenOptions {
  /** Whether a database is made where there is none. Default: true. */
  readonly create?: boolean;
  /** Told of a connection that broke while nobody used it. */
  readonly onLost?: (error: Error) => void;
}

/** `postgres:` for a server; anything else is the path of a file. */
export function isPostgresAddress(address: string): boolean {
  return /^postgres(ql)?:/i.test(address);
}

/**
 * Opens a receiver's database.
 *
 * @param address a file's path, or as `readPostgresAddress` reads it
 * @throws StoreError as the engine does; `bad-address` for one that no engine is for, without repeating it; `no-database`
 */
export async function openStore(address: string, { create = true, ...options }: OpenOptions = {}): Promise<Store> {
  if (isPostgresAddress(address)) {
    const { openPostgresStore } = await import('./postgres.ts');
    return openPostgresStore(address, { create, ...options });
  }
  // Not taken for a path: it may hold a password, which the message of a missing file would show.
  const [, scheme] = /^([a-z][a-z0-9+.-]*):\/\//i.exec(address) ?? [];
  if (scheme !== undefined) {
    throw new StoreError('bad-address', `There is no engine for ${scheme}://. Name a file, or write postgres://…`);
  }
  if (!create) await assertThere(address);
  const { openSqliteStore } = await import('./sqlite.ts');
  return openSqliteStore(address);
}

async function assertThere(path: string): Promise<void> {
  try {
    await stat(path);
  } catch (cause) {
    const fix = 'Name the database that steady serve was given.';
    throw new StoreError('no-database', `${path} is not there. ${fix}`, { cause });
  }
}
