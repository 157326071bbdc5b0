import type { CredentialStore, EnrolledCredentials, PendingCredentials } from '../../src/delivery/credential-store.ts';
import type { SuiteTools } from './outbox-store.suite.ts';

const place = { endpoint: 'https://endpoint.example/api', study: 'quiet-hours' };

const pending: PendingCredentials = {
  ...place,
  state: 'pending',
  token: 'token-one',
  writeKey: 'key-one',
  by: 'a1'.repeat(32),
};

const enrolled: EnrolledCredentials = {
  ...place,
  state: 'enrolled',
  token: 'token-one',
  writeKey: 'key-one',
  participant: '0195d3a0-0000-7000-8000-000000000001',
  enrolledAt: '2025-03-03T09:00:00.000Z',
};

/** What every store of credentials promises. */
export function credentialStoreSuite(
  name: string,
  { open, durable }: { open(): Promise<CredentialStore>; readonly durable: boolean },
  { describe, it, assert }: SuiteTools,
) {
  describe(`credential store: ${name}`, () => {
    it('begins empty, and says whether it is durable', async () => {
      const store = await open();
      assert.strictEqual(store.durable, durable);
      assert.deepEqual(await store.read(place), {});
    });

    it('gives back what was written, every field of it', async () => {
      const store = await open();
      await store.write(pending);
      assert.deepEqual(await store.read(place), { pending });
    });

    it('puts an enrolled participant in the place of the pending one with the same token', async () => {
      const store = await open();
      await store.write(pending);
      await store.write(enrolled);
      assert.deepEqual(await store.read(place), { enrolled });
    });

    it('keeps who is signed in while another invitation is pending, and the other way round', async () => {
      const store = await open();
      const other = { ...pending, token: 'token-two', writeKey: 'key-two' };
      await store.write(enrolled);
      await store.write(other);
      assert.deepEqual(await store.read(place), { pending: other, enrolled });
      await store.write({ ...enrolled, enrolledAt: '2025-04-01T00:00:00.000Z' });
      assert.deepEqual((await store.read(place)).pending, other);
      await store.remove(place, 'pending');
      assert.deepEqual(Object.keys(await store.read(place)), ['enrolled']);
    });

    it('removes both, or one', async () => {
      const store = await open();
      const other = { ...pending, token: 'token-two' };
      await store.write(enrolled);
      await store.write(other);
      await store.remove(place, 'enrolled');
      assert.deepEqual(await store.read(place), { pending: other });
      await store.write(enrolled);
      await store.remove(place);
      assert.deepEqual(await store.read(place), {});
      await store.remove(place);
    });

    it('keeps endpoints and studies apart', async () => {
      const store = await open();
      await store.write(enrolled);
      await store.write({ ...enrolled, study: 'other', token: 'theirs' });
      assert.deepEqual(await store.read({ ...place, endpoint: 'https://other.example' }), {});
      assert.strictEqual((await store.read({ ...place, study: 'other' })).enrolled?.token, 'theirs');
      await store.remove({ ...place, study: 'other' });
      assert.deepEqual(await store.read(place), { enrolled });
    });

    it('lets go of everything', async () => {
      const store = await open();
      await store.write(enrolled);
      await store.write(pending);
      await store.write({ ...enrolled, study: 'other' });
      await store.clear();
      assert.deepEqual([await store.read(place), await store.read({ ...place, study: 'other' })], [{}, {}]);
    });
  });
}
