import { assert } from '@open-wc/testing';
import { deleteDB, openDB } from 'idb';
import { IndexedDbStore } from '../../src/delivery/indexed-db-store.ts';
import { openStore } from '../../src/delivery/open-store.ts';
import type { OutboxStore, StoreChange } from '../../src/delivery/outbox-store.ts';
import { toRecord } from '../../src/delivery/record.ts';
import { outboxStoreSuite } from '../suites/outbox-store.suite.ts';
import { ENDPOINT, sampleEntry } from '../suites/support/sample-entry.ts';

let name = '';
let opened: OutboxStore[] = [];
const undo: (() => void)[] = [];

beforeEach(() => {
  name = `outbox-test-${crypto.randomUUID()}`;
});
afterEach(async () => {
  for (const each of undo.splice(0)) each();
  for (const store of opened) store.close();
  opened = [];
  await deleteDB(name);
});

async function open(options: Parameters<typeof IndexedDbStore.open>[0] = {}): Promise<IndexedDbStore> {
  const store = await IndexedDbStore.open({ name, storage: undefined, ...options });
  opened.push(store);
  return store;
}

/** Puts something else in the place of a platform's method until the test is over. */
function replace<Owner extends object, Key extends keyof Owner>(owner: Owner, key: Key, value: Owner[Key]): void {
  const before = Object.getOwnPropertyDescriptor(owner, key);
  Object.defineProperty(owner, key, { configurable: true, writable: true, value });
  undo.push(() => {
    if (before) Object.defineProperty(owner, key, before);
    else Reflect.deleteProperty(owner, key);
  });
}

/** The records as they lie on disk, read and written by other means than the store. */
async function onDisk<T>(work: (records: Awaited<ReturnType<typeof openDB>>) => Promise<T>): Promise<T> {
  const database = await openDB(name);
  try {
    return await work(database);
  } finally {
    database.close();
  }
}

const codeOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'resolved',
    (error: { code?: unknown }) => error.code,
  );

outboxStoreSuite('IndexedDB', { open, durable: true }, { describe, it, assert });

describe('entries in IndexedDB', () => {
  it('outlive the page', async () => {
    const first = await open();
    const entry = await sampleEntry();
    await first.put(entry);
    first.close();
    assert.deepEqual(await (await open()).list({ endpoint: ENDPOINT }), [{ ...entry, durable: true }]);
  });

  it('are written with the durability that reaches the disk', async () => {
    const asked: (IDBTransactionOptions | undefined)[] = [];
    const { transaction } = IDBDatabase.prototype;
    replace(IDBDatabase.prototype, 'transaction', function (this: IDBDatabase, stores, mode, options) {
      if (mode === 'readwrite') asked.push(options);
      return transaction.call(this, stores, mode, options);
    });
    const store = await open();
    const entry = await sampleEntry();
    await store.put(entry);
    await store.update(entry.id, (kept) => ({ ...kept, attempts: 1 }));
    await store.remove(entry.id, { type: 'delivered' });
    assert.deepEqual(asked, [{ durability: 'strict' }, { durability: 'strict' }, { durability: 'strict' }]);
  });

  it('have the browser asked to keep them: once, when the first is written, whatever it says', async () => {
    let asked = 0;
    const storage = {
      persist: () => {
        asked++;
        return Promise.reject(new Error('no'));
      },
    };
    const store = await open({ storage });
    await store.list({ endpoint: ENDPOINT });
    assert.equal(asked, 0);
    await store.put(await sampleEntry());
    await store.put(await sampleEntry());
    assert.equal(asked, 1);
  });

  it('of another tab are told of, without their answers', async () => {
    const [here, there] = [await open(), await open()];
    const heard: StoreChange[] = [];
    const own: StoreChange[] = [];
    const all = Promise.withResolvers<void>();
    here.subscribe((change) => own.push(change));
    there.subscribe((change) => {
      heard.push(change);
      if (heard.length === 4) all.resolve();
    });
    const [entry, other] = [await sampleEntry(), await sampleEntry()];
    const receipt = { id: entry.id, digest: entry.digest, receivedAt: '2025-03-03T09:00:01Z', deviations: [] };
    await here.put(entry);
    await here.update(entry.id, (kept) => ({ ...kept, attempts: 1 }));
    await here.remove(entry.id, { type: 'delivered', receipt });
    await here.remove(other.id, { type: 'discarded' });
    await all.promise;
    assert.deepEqual(heard, [
      { type: 'written', id: entry.id },
      { type: 'written', id: entry.id },
      { type: 'delivered', id: entry.id, receipt },
      { type: 'discarded', id: other.id },
    ]);
    assert.deepEqual(own, []);
  });
});

describe('a record that cannot be read', () => {
  it('is left out and left alone: damaged, or of another format', async () => {
    const store = await open();
    const [good, newer, damaged] = [await sampleEntry(), await sampleEntry(), await sampleEntry()];
    await store.put(good);
    const strange: object[] = [
      { ...toRecord(newer), format: 2 },
      { ...toRecord(damaged), body: 'no bytes' },
      { id: 'nothing but an id' },
    ];
    await onDisk(async (database) => {
      for (const record of strange) await database.put('entries', record);
    });
    assert.deepEqual(
      (await store.list({ endpoint: ENDPOINT })).map((entry) => entry.id),
      [good.id],
    );
    for (const id of [newer.id, damaged.id, 'nothing but an id']) {
      assert.isUndefined(await store.get(id));
      assert.isUndefined(await store.update(id, (entry) => ({ ...entry, attempts: 1 })));
    }
    assert.equal(await codeOf(store.put(newer)), 'id-in-use');
    const records = await onDisk((database) => database.getAll('entries'));
    assert.sameDeepMembers(records, [toRecord(good), ...strange]);
  });

  it('hides no other when the browser itself fails to read it', async () => {
    const store = await open();
    const [good, lost] = [await sampleEntry(), await sampleEntry()];
    await store.put(good);
    await store.put(lost);
    const failing = () => {
      throw new DOMException('Failed to read large IndexedDB value', 'NotReadableError');
    };
    const { get } = IDBObjectStore.prototype;
    replace(IDBObjectStore.prototype, 'getAll', failing);
    replace(IDBObjectStore.prototype, 'get', function (this: IDBObjectStore, key) {
      return key === lost.id ? failing() : get.call(this, key);
    });
    assert.deepEqual(await store.list({ endpoint: ENDPOINT }), [{ ...good, durable: true }]);
    for (const each of undo.splice(0)) each();
    assert.equal((await store.list({ endpoint: ENDPOINT })).length, 2);
  });
});

describe('a database that changes under the page', () => {
  it('deleted by the participant, is made anew', async () => {
    const store = await open();
    await store.put(await sampleEntry());
    await deleteDB(name);
    const entry = await sampleEntry();
    await store.put(entry);
    assert.deepEqual(await store.list({ endpoint: ENDPOINT }), [{ ...entry, durable: true }]);
  });

  it('whose connection was dropped, is opened again', async () => {
    const connections: IDBDatabase[] = [];
    const { transaction } = IDBDatabase.prototype;
    replace(IDBDatabase.prototype, 'transaction', function (this: IDBDatabase, ...given) {
      connections.push(this);
      return transaction.apply(this, given);
    });
    const store = await open();
    const entry = await sampleEntry();
    await store.put(entry);
    connections.at(-1)?.close();
    assert.equal((await store.get(entry.id))?.id, entry.id);
    connections.at(-1)?.close();
    const counted = await store.update(entry.id, (kept) => ({ ...kept, attempts: kept.attempts + 1 }));
    assert.equal(counted?.attempts, 1);
  });

  it('of a newer kit, still gives and takes our entries where it has the store for them', async () => {
    const store = await open();
    const entry = await sampleEntry();
    await store.put(entry);
    (await openDB(name, 7, { upgrade: (database) => void database.createObjectStore('more') })).close();
    assert.deepEqual(await store.list({ endpoint: ENDPOINT }), [{ ...entry, durable: true }]);
    store.close();
    const reopened = await open();
    await reopened.put(await sampleEntry());
    assert.equal((await reopened.list({ endpoint: ENDPOINT })).length, 2);
  });

  it('of another layout, is left alone, and the entries go to memory', async () => {
    (await openDB(name, 7, { upgrade: (database) => void database.createObjectStore('more') })).close();
    assert.equal(await codeOf(open()), 'store-unknown');
    const store = await openStore({ name, storage: undefined });
    opened.push(store);
    assert.isFalse((await store.put(await sampleEntry())).durable);
  });
});

describe('openStore', () => {
  async function openAny(options: Parameters<typeof openStore>[0] = {}): Promise<OutboxStore> {
    const store = await openStore({ name, storage: undefined, ...options });
    opened.push(store);
    return store;
  }

  it('is on disk where it can be', async () => {
    const store = await openAny();
    const entry = await sampleEntry();
    assert.isTrue(store.durable);
    assert.isTrue((await store.put(entry)).durable);
    assert.equal((await onDisk((database) => database.getAll('entries'))).length, 1);
  });

  it('is in memory where IndexedDB is absent', async () => {
    replace(globalThis, 'indexedDB', undefined as unknown as IDBFactory);
    const store = await openAny();
    assert.isFalse(store.durable);
    assert.isFalse((await store.put(await sampleEntry())).durable);
  });

  it('is in memory where a page that the browser gives no storage asks for it', async () => {
    const frame = document.createElement('iframe');
    frame.setAttribute('sandbox', 'allow-scripts');
    const refusal = new Promise<unknown>((resolve) => {
      window.addEventListener('message', (event) => event.source === frame.contentWindow && resolve(event.data));
    });
    frame.srcdoc = `<script>
      try { indexedDB.open('x').onerror = (event) => parent.postMessage(event.target.error.name, '*'); }
      catch (error) { parent.postMessage(error.name, '*'); }
    </script>`;
    document.body.append(frame);
    const name = await refusal;
    frame.remove();
    assert.equal(name, 'SecurityError', 'what a refusing browser does');
    const factory = {
      open: () => {
        throw new DOMException('Denied.', String(name));
      },
    } as unknown as IDBFactory;
    assert.isFalse((await openAny({ factory })).durable);
  });

  for (const when of ['at once', 'at the end of the transaction'] as const) {
    it(`keeps in memory what a full disk refuses ${when}, and what it took before stays`, async () => {
      const store = await openAny();
      const kept = await sampleEntry();
      await store.put(kept);
      const { put } = IDBObjectStore.prototype;
      replace(IDBObjectStore.prototype, 'put', function (this: IDBObjectStore, ...given) {
        if (when === 'at once') throw new DOMException('Full.', 'QuotaExceededError');
        const request = put.apply(this, given);
        this.transaction.abort();
        return request;
      });
      const entry = await sampleEntry();
      assert.isFalse((await store.put(entry)).durable);
      const durable = (await store.list({ endpoint: ENDPOINT })).map((each) => [each.id, each.durable]);
      assert.deepEqual(Object.fromEntries(durable), { [kept.id]: true, [entry.id]: false });
      await store.remove(entry.id, { type: 'delivered' });
      assert.isUndefined(await store.get(entry.id));
    });
  }
});
