import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { openStore } from '../../../src/receiver/store/open-store.ts';
import { StoreError, type StoreErrorCode } from '../../../src/receiver/store/store.ts';
import { openTestDatabases } from '../../support/postgres/databases.ts';

const databases = await openTestDatabases();

const code = (wanted: StoreErrorCode, says: RegExp) => (error: unknown) =>
  error instanceof StoreError && error.code === wanted && says.test(error.message);

describe('openStore', () => {
  let directory: string;
  before(async () => {
    directory = await mkdtemp(join(tmpdir(), 'steady-open-'));
  });
  after(() => rm(directory, { recursive: true }));

  it('takes a path for a file of SQLite, and makes it unless told not to', async () => {
    const path = join(directory, 'data.sqlite');
    await assert.rejects(openStore(path, { create: false }), code('no-database', /data\.sqlite is not there/));
    assert.deepEqual(await readdir(directory), []);
    const store = await openStore(path);
    assert.deepEqual(await store.transaction((tx) => tx.keyIds()), []);
    await store.close();
    await (await openStore(path, { create: false })).close();
  });

  it('takes postgres: for a server', async () => {
    const database = await databases.create();
    await assert.rejects(
      openStore(database.address, { create: false }),
      code('no-database', /no tables of a receiver/),
    );
    const store = await openStore(database.address.replace(/^postgres:/, 'PostgreSQL:'));
    assert.deepEqual(await store.transaction((tx) => tx.keyIds()), []);
    await store.close();
    await database.drop();
  });

  it('takes no other address for a path, and does not repeat it', async () => {
    for (const address of ['mysql://ana:geheim@db/trial', 'postgress://ana:geheim@db/trial', 'file:///trial.sqlite']) {
      const scheme = address.split(':')[0] ?? '';
      await assert.rejects(
        openStore(address),
        (error) =>
          code('bad-address', new RegExp(`no engine for ${scheme}://`))(error) && !`${error}`.includes('geheim'),
      );
    }
  });
});
