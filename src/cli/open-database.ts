import { stat } from 'node:fs/promises';
import { type KeyRing, openKeys } from '../receiver/keys.ts';
import { openSqliteStore } from '../receiver/store/sqlite.ts';
import type { Store } from '../receiver/store/store.ts';
import { SteadyError } from '../study/steady-error.ts';

/** The receiver's database and keys, for commands that work beside `steady serve`, while it runs or not. */

export interface OpenDatabase {
  readonly store: Store;
  readonly keys: KeyRing;
}

/**
 * Opens the database, does the work, closes it.
 *
 * @param keysDirectory default: beside the database, as `steady serve` has it
 * @throws SteadyError `no-database`: a new one would only hide that the path is wrong; StoreError, KeyError; what the work
 *   throws
 */
export async function withDatabase<T>(
  data: string,
  keysDirectory: string | undefined,
  work: (open: OpenDatabase) => Promise<T>,
): Promise<T> {
  try {
    await stat(data);
  } catch (cause) {
    throw new SteadyError('no-database', `${data} is not there. Name the database that steady serve was given.`, {
      cause,
    });
  }
  const store = await openSqliteStore(data);
  try {
    const keys = await openKeys(keysDirectory ?? `${data}.keys`, await store.transaction((tx) => tx.keyIds()));
    return await work({ store, keys });
  } finally {
    await store.close();
  }
}
