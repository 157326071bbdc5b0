import { type KeyRing, openKeys } from '../receiver/keys.ts';
import { isPostgresAddress, openStore } from '../receiver/store/open-store.ts';
import type { Store } from '../receiver/store/store.ts';
import { UsageError } from './io.ts';

/** The receiver's database and keys, for commands that work beside `steady serve`, while it runs or not. */

export interface OpenDatabase {
  readonly store: Store;
  readonly keys: KeyRing;
}

/**
 * Opens the database, does the work, closes it. One that is not there is not made: that would only hide that its name is
 * wrong.
 *
 * @param keysDirectory as `keysDirectoryOf` takes it
 * @throws UsageError; StoreError, KeyError; what the work throws
 */
export async function withDatabase<T>(
  data: string,
  keysDirectory: string | undefined,
  work: (open: OpenDatabase) => Promise<T>,
): Promise<T> {
  const directory = keysDirectoryOf(data, keysDirectory);
  const store = await openStore(data, { create: false });
  try {
    const keys = await openKeys(directory, await store.transaction((tx) => tx.keyIds()));
    return await work({ store, keys });
  } finally {
    await store.close();
  }
}

/**
 * Where the receiver's secret keys are: what `--keys` says, else beside the database file.
 *
 * @throws UsageError for a database that is no file here, and so has nothing beside it
 */
export function keysDirectoryOf(data: string, keys: string | undefined): string {
  if (keys !== undefined && keys !== '') return keys;
  if (!isPostgresAddress(data)) return `${data}.keys`;
  throw new UsageError(
    'With PostgreSQL, name the directory of the receiver’s secret keys with --keys. They never lie in the database, and every receiver and command on it needs the same ones.',
  );
}
