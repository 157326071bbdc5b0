import type { OutboxEntry } from '../../src/delivery/entry.ts';
import type { OutboxStore } from '../../src/delivery/outbox-store.ts';
import { newSubmissionId } from '../../src/submission/submission-id.ts';
import { ENDPOINT, sampleEntry } from './support/sample-entry.ts';

/** Of the test runner at hand: mocha with chai in a browser, node:test with node:assert/strict. */
export interface SuiteTools {
  readonly describe: (name: string, body: () => void) => unknown;
  readonly it: (name: string, body: () => Promise<void>) => unknown;
  readonly assert: {
    strictEqual(actual: unknown, expected: unknown, message?: string): void;
    deepEqual(actual: unknown, expected: unknown, message?: string): void;
  };
}

export interface StoreUnderTest {
  /** A new, empty store; closed and cleared away by the caller after the test. */
  open(): Promise<OutboxStore>;
  /** Whether its entries are on disk. */
  readonly durable: boolean;
}

/** What every outbox store promises. */
export function outboxStoreSuite(
  name: string,
  { open, durable }: StoreUnderTest,
  { describe, it, assert }: SuiteTools,
) {
  const codeOf = (work: Promise<unknown>) =>
    work.then(
      () => 'resolved',
      (error: { code?: unknown }) => error.code,
    );

  describe(`outbox store: ${name}`, () => {
    it('gives back every field of what was put, the very bytes included', async () => {
      const store = await open();
      const entry = await sampleEntry({
        participant: 'p-17',
        writeKey: 'wk_0123',
        after: newSubmissionId(),
        status: 'parked',
        attempts: 3,
        reason: 'network',
        problem: { type: 'about:blank', status: 422, title: 'No', detail: 'Not like this' },
      });
      assert.deepEqual(await store.put(entry), { ...entry, durable });
      assert.deepEqual(await store.get(entry.id), { ...entry, durable });
      assert.deepEqual(await store.list({ endpoint: ENDPOINT }), [{ ...entry, durable }]);
    });

    it('says whether it is durable', async () => {
      assert.strictEqual((await open()).durable, durable);
    });

    it('knows nothing of an id that it does not hold', async () => {
      const store = await open();
      const id = newSubmissionId();
      assert.strictEqual(await store.get(id), undefined);
      assert.strictEqual(await store.update(id, (entry) => ({ ...entry, attempts: 1 })), undefined);
      assert.strictEqual(await store.get(id), undefined, 'an update must not bring it to life');
      await store.remove(id, { type: 'discarded' });
    });

    it('answers what it holds when the same submission is put again', async () => {
      const store = await open();
      const entry = await sampleEntry();
      await store.put(entry);
      await store.update(entry.id, (kept) => ({ ...kept, attempts: 4 }));
      assert.strictEqual((await store.put(entry)).attempts, 4);
      assert.strictEqual((await store.list({ endpoint: ENDPOINT })).length, 1);
    });

    it('refuses another content under an id that it holds, and keeps the first', async () => {
      const store = await open();
      const first = await sampleEntry();
      await store.put(first);
      const other: OutboxEntry = { ...first, body: new Uint8Array([123, 125]), digest: '0'.repeat(64) };
      assert.strictEqual(await codeOf(store.put(other)), 'id-in-use');
      assert.strictEqual((await store.get(first.id))?.digest, first.digest);
    });

    it('lists by endpoint, study and participant', async () => {
      const store = await open();
      const [anonymous, mine, theirs, elsewhere, otherStudy] = await Promise.all([
        sampleEntry(),
        sampleEntry({ participant: 'me' }),
        sampleEntry({ participant: 'them' }),
        sampleEntry({ endpoint: 'https://other.example' }),
        sampleEntry({ study: 'mgh-homes', participant: 'me' }),
      ]);
      const all = [anonymous, mine, theirs, elsewhere, otherStudy].map((entry) => entry);
      for (const entry of all) await store.put(entry);
      const ids = async (scope: Parameters<OutboxStore['list']>[0]) =>
        (await store.list(scope)).map((entry) => entry.id).sort();
      const expected = (...entries: OutboxEntry[]) => entries.map((entry) => entry.id).sort();
      assert.deepEqual(await ids({ endpoint: ENDPOINT }), expected(anonymous, mine, theirs, otherStudy));
      assert.deepEqual(await ids({ endpoint: ENDPOINT, study: 'keck-thrive' }), expected(anonymous, mine, theirs));
      assert.deepEqual(await ids({ endpoint: ENDPOINT, participant: null }), expected(anonymous));
      assert.deepEqual(await ids({ endpoint: ENDPOINT, participant: 'me' }), expected(mine, otherStudy));
      assert.deepEqual(await ids({ endpoint: ENDPOINT, study: 'mgh-homes', participant: 'me' }), expected(otherStudy));
      assert.deepEqual(await ids({ endpoint: 'https://other.example' }), expected(elsewhere));
    });

    it('updates without losing a change made at the same time', async () => {
      const store = await open();
      const entry = await sampleEntry();
      await store.put(entry);
      const once = () => store.update(entry.id, (kept) => ({ ...kept, attempts: kept.attempts + 1 }));
      await Promise.all([once(), once(), once(), once(), once()]);
      assert.strictEqual((await store.get(entry.id))?.attempts, 5);
    });

    it('drops what an update leaves out', async () => {
      const store = await open();
      const entry = await sampleEntry({ status: 'parked', problem: { type: 'about:blank', status: 400 } });
      await store.put(entry);
      const updated = await store.update(entry.id, ({ problem: _problem, ...kept }) => ({
        ...kept,
        status: 'waiting',
      }));
      assert.strictEqual(updated?.status, 'waiting');
      assert.strictEqual('problem' in ((await store.get(entry.id)) ?? {}), false);
    });

    it('still keeps, and changes, what has left the disk', async () => {
      const store = await open();
      const [entry, other] = await Promise.all([sampleEntry(), sampleEntry()]);
      await store.put(entry);
      await store.put(other);
      const { durable: _durable, ...left } = (await store.leaveDisk(entry.id)) ?? {};
      assert.deepEqual(left, entry);
      assert.deepEqual((await store.get(entry.id))?.body, entry.body);
      assert.strictEqual((await store.update(entry.id, (kept) => ({ ...kept, attempts: 2 })))?.attempts, 2);
      assert.strictEqual((await store.list({ endpoint: ENDPOINT })).length, 2);
      assert.strictEqual((await store.get(other.id))?.durable, durable);
      await store.remove(entry.id, { type: 'delivered' });
      assert.strictEqual(await store.leaveDisk(entry.id), undefined);
    });

    it('removes one and leaves the others', async () => {
      const store = await open();
      const [gone, stays] = await Promise.all([sampleEntry(), sampleEntry()]);
      await store.put(gone);
      await store.put(stays);
      await store.remove(gone.id, { type: 'delivered' });
      assert.strictEqual(await store.get(gone.id), undefined);
      assert.deepEqual(
        (await store.list({ endpoint: ENDPOINT })).map((entry) => entry.id),
        [stays.id],
      );
    });

    it('keeps a body of 256 KB', async () => {
      const store = await open();
      const body = new Uint8Array(256 * 1024).fill(97);
      const entry = await sampleEntry({ body });
      await store.put(entry);
      assert.deepEqual((await store.get(entry.id))?.body, body);
    });
  });
}
