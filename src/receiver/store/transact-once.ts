import { type Store, StoreError, type StoreTransaction } from './store.ts';

/**
 * A transaction for which "it may have been committed" is no answer: what it would have written is looked for, by a key that
 * it made itself.
 *
 * @param isThere whether it was committed, by what is in the database
 * @throws StoreError `commit-unknown` where nothing is there: then it was not committed, or has not been yet. As
 *   `Store.transaction` else
 */
export async function transactOnce<T>(
  store: Store,
  work: (tx: StoreTransaction) => Promise<T>,
  isThere: (tx: StoreTransaction) => Promise<boolean>,
): Promise<T> {
  // Of the run whose commit is in question: it was the last.
  let last: { readonly value: T } | undefined;
  try {
    return await store.transaction(async (tx) => {
      const value = await work(tx);
      last = { value };
      return value;
    });
  } catch (error) {
    if (!isCommitUnknown(error) || last === undefined || !(await store.transaction(isThere))) throw error;
    return last.value;
  }
}

export function isCommitUnknown(error: unknown): boolean {
  return error instanceof StoreError && error.code === 'commit-unknown';
}
