import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { allocationProcessesSuite } from '../../suites/allocation-processes.suite.ts';
import { openTestDatabases } from '../../support/postgres/databases.ts';

const storeModule = (name: string): string => new URL(`../../../src/receiver/store/${name}.ts`, import.meta.url).href;

const databases = await openTestDatabases();

const onSqlite = async () => {
  const directory = await mkdtemp(join(tmpdir(), 'steady-processes-'));
  return {
    reach: { module: storeModule('sqlite'), name: 'openSqliteStore', address: join(directory, 'data.sqlite') },
    remove: () => rm(directory, { recursive: true }),
  };
};
const onPostgres = async () => {
  const { address, giveBack } = await databases.borrow();
  return { reach: { module: storeModule('postgres'), name: 'openPostgresStore', address }, remove: giveBack };
};

const isThorough = process.env.STEADY_THOROUGH !== undefined;

// With SQLite the process that is killed is the database too. PostgreSQL's is not, and takes its time: `npm run prove` has all 20.
allocationProcessesSuite('SQLite', onSqlite, 20);
allocationProcessesSuite('PostgreSQL', onPostgres, isThorough ? 20 : 6);
