import { StoreError } from '../../../src/receiver/store/store.ts';

/** Asks again as long as another writer holds the database: what a browser does that is answered 503. */
export async function untilFree<T>(work: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof StoreError) || error.code !== 'busy') throw error;
    }
  }
}
