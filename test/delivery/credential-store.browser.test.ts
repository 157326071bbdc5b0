import { assert } from '@open-wc/testing';
import { deleteDB, openDB } from 'idb';
import type { CredentialStore } from '../../src/delivery/credential-store.ts';
import { openCredentialStore } from '../../src/delivery/indexed-db-credential-store.ts';
import { credentialStoreSuite } from '../suites/credential-store.suite.ts';

let name = '';
let opened: CredentialStore[] = [];

beforeEach(() => {
  name = `credentials-test-${crypto.randomUUID()}`;
});
afterEach(async () => {
  for (const store of opened) store.close();
  opened = [];
  await deleteDB(name);
});

async function open(): Promise<CredentialStore> {
  const store = await openCredentialStore({ name });
  opened.push(store);
  return store;
}

credentialStoreSuite('IndexedDB', { open, durable: true }, { describe, it, assert });

describe('credentials on disk', () => {
  const place = { endpoint: 'https://endpoint.example', study: 'quiet-hours' };

  it('are there for the next page', async () => {
    const pending = { ...place, state: 'pending', token: 't', writeKey: 'w', by: 'c' } as const;
    await (await open()).write(pending);
    assert.deepEqual(await (await open()).read(place), { pending });
  });

  it('that are damaged are as if they were not there', async () => {
    const store = await open();
    const database = await openDB(name);
    await database.put('credentials', { ...place, state: 'enrolled', token: 7 });
    database.close();
    assert.deepEqual(await store.read(place), {});
  });
});
