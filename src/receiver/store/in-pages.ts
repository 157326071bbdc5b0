import type { Store, StoreTransaction } from './store.ts';

export interface PageWork<Row, Result> {
  /** Rows of a page, at most: so long does whoever writes meanwhile wait. */
  readonly limit: number;
  /** A page of the list, in the order of ids. */
  read(
    tx: StoreTransaction,
    page: { readonly after: string | undefined; readonly limit: number },
  ): Promise<readonly Row[]>;
  work(tx: StoreTransaction, row: Row): Promise<Result>;
  /** Asked before each page. Default: to the end. */
  goesOn?(): boolean;
}

/** Does something with every row of a long list, page by page, each page in a transaction of its own. */
export async function inPages<Row extends { readonly id: string }, Result>(
  store: Store,
  { limit, read, work, goesOn = () => true }: PageWork<Row, Result>,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  let after: string | undefined;
  for (let more = true; more && goesOn(); ) {
    const page = await store.transaction(async (tx) => {
      const rows = await read(tx, { after, limit });
      const done: Result[] = [];
      for (const row of rows) done.push(await work(tx, row));
      return { done, last: rows.at(-1)?.id, more: rows.length === limit };
    });
    results.push(...page.done);
    after = page.last;
    more = page.more;
  }
  return results;
}
