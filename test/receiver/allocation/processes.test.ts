import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { allocationProcessesSuite } from '../../suites/allocation-processes.suite.ts';
import { openTestDatabases } from '../../support/postgres/databases.ts';

const storeModule = (name: string): string => new URL(`../../../src/receiver/store/${name}.ts`, import.meta.url).href;

allocationProcessesSuite('SQLite', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'steady-processes-'));
  return {
    reach: { module: storeModule('sqlite'), name: 'openSqliteStore', address: join(directory, 'data.sqlite') },
    remove: () => rm(directory, { recursive: true }),
  };
});

const databases = await openTestDatabases();

allocationProcessesSuite('PostgreSQL', async () => {
  const { address, giveBack } = await databases.borrow();
  return { reach: { module: storeModule('postgres'), name: 'openPostgresStore', address }, remove: giveBack };
});
