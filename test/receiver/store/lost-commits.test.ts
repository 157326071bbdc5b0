/** A connection that is cut in the middle of COMMIT: what was asked is then done or not, and whoever asked is told right. */
import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { invite, inviteAgain } from '../../../src/receiver/participants/invitations.ts';
import { addStaff, listStaff, revokeStaff } from '../../../src/receiver/staff/staff-tokens.ts';
import { openPostgresStore } from '../../../src/receiver/store/postgres.ts';
import { type Store, StoreError } from '../../../src/receiver/store/store.ts';
import { type CuttingProxy, openCuttingProxy, throughProxy } from '../../support/postgres/cutting-proxy.ts';
import { openTestDatabases } from '../../support/postgres/databases.ts';
import { type Office, openOffice, screening } from '../../support/receiver.ts';

const databases = await openTestDatabases();

const isUnknown = (error: unknown) => error instanceof StoreError && error.code === 'commit-unknown';

describe('a commit whose answer is lost', () => {
  let database: Awaited<ReturnType<typeof databases.borrow>>;
  let proxy: CuttingProxy;
  let office: Office;
  /** The same database by another way, which nothing cuts. */
  let beside: Store;
  beforeEach(async () => {
    database = await databases.borrow();
    proxy = await openCuttingProxy(databases.port);
    const store = await openPostgresStore(throughProxy(database.address, proxy));
    office = await openOffice({ store });
    beside = await openPostgresStore(database.address);
  });
  afterEach(async () => {
    await office.receiver.close();
    await beside.close();
    await proxy.close();
    await database.giveBack();
  });
  const screenings = () => beside.transaction((tx) => tx.screenings('ward'));
  const keep = (keyId: string) =>
    office.store.transaction((tx) => tx.keepKeyId({ study: 'ward', keyId, firstUsedAt: '2026' }));

  for (const cut of ['before', 'after'] as const) {
    it(`is not taken for either outcome by the store (cut ${cut} it was done)`, async () => {
      proxy.cutNext(cut, 'insert into "study_keys"');
      await assert.rejects(keep('k1'), isUnknown);
      assert.equal(proxy.cuts, 1);
      const kept = await beside.transaction((tx) => tx.keyIds());
      assert.equal(kept.includes('k1'), cut === 'after');
      await keep('k2');
      assert.ok((await beside.transaction((tx) => tx.keyIds())).includes('k2'), 'and it goes on by another connection');
    });
  }

  it('is read back by the receiver: what is stored is acknowledged', async () => {
    proxy.cutNext('after', 'insert into "intake"');
    const given = screening();
    const answer = await office.post(given);
    assert.equal(answer.status, 201);
    assert.equal(proxy.cuts, 1);
    assert.equal((await screenings()).length, 1);
    const again = await office.post(given);
    assert.deepEqual([again.status, again.body], [200, answer.body]);
  });

  it('is read back by the receiver when the network goes silent instead of breaking', async () => {
    const store = await openPostgresStore(throughProxy(database.address, proxy), { answerTimeout: 500 });
    const impatient = await openOffice({ store });
    proxy.cutNext('silence', 'insert into "intake"');
    const given = screening();
    const answer = await impatient.post(given);
    assert.equal(answer.status, 201, answer.body);
    assert.equal(proxy.cuts, 1);
    assert.equal((await screenings()).length, 1);
    await impatient.receiver.close();
  });

  it('is read back by the receiver: what is not stored is asked for again', async () => {
    proxy.cutNext('before', 'insert into "intake"');
    const given = screening();
    const answer = await office.post(given);
    assert.deepEqual([answer.status, answer.problem()], [503, 'store-busy']);
    assert.ok(Number(answer.headers.get('retry-after')) > 0);
    assert.equal(proxy.cuts, 1);
    assert.deepEqual(await screenings(), []);
    assert.equal((await office.post(given)).status, 201);
    assert.equal((await screenings()).length, 1);
  });

  describe('of something that is shown once', () => {
    const desk = () => ({ store: office.store, keys: office.keys });
    const newStaff = { study: 'ward', role: 'coordinator', name: 'Ana Ruiz', sites: [], series: [], days: 9 } as const;

    it('shows an invitation that was made, and none that was not', async () => {
      const asked = { study: 'ward', invitees: [{}, {}] };
      proxy.cutNext('after', 'insert into "invitations"');
      const invited = await invite(desk(), asked);
      assert.equal(invited.length, 2);
      for (const { participant } of invited) {
        assert.equal((await beside.transaction((tx) => tx.invitations('ward', participant))).length, 1);
      }
      const [first] = invited;
      assert(first);
      proxy.cutNext('after', 'insert into "invitations"');
      await inviteAgain(desk(), { study: 'ward', participant: first.participant });
      assert.equal((await beside.transaction((tx) => tx.invitations('ward', first.participant))).length, 2);
      assert.equal(proxy.cuts, 2);

      proxy.cutNext('before', 'insert into "invitations"');
      await assert.rejects(invite(desk(), asked), isUnknown);
    });

    it('shows a token that was given, and none that was not; one that was revoked is', async () => {
      proxy.cutNext('after', 'insert into "staff"');
      const { row } = await addStaff(desk(), newStaff);
      assert.deepEqual(await listStaff({ store: beside }, 'ward'), [row]);
      proxy.cutNext('after', 'update "staff"');
      const revoked = await revokeStaff(desk(), 'ward', row.id);
      assert.deepEqual(await listStaff({ store: beside }, 'ward'), [revoked]);
      assert.equal(proxy.cuts, 2);

      proxy.cutNext('before', 'insert into "staff"');
      await assert.rejects(addStaff(desk(), newStaff), isUnknown);
      assert.equal((await listStaff({ store: beside }, 'ward')).length, 1);
    });
  });
});
