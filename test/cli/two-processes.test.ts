import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openPostgresStore } from '../../src/receiver/store/postgres.ts';
import { openSqliteStore } from '../../src/receiver/store/sqlite.ts';
import { serveSuite } from '../suites/receiver/serve.suite.ts';
import { openTestDatabases } from '../support/postgres/databases.ts';

const databases = await openTestDatabases();

serveSuite('SQLite', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'steady-serve-two-'));
  const data = join(directory, 'data.sqlite');
  return { data, open: () => openSqliteStore(data), remove: () => rm(directory, { recursive: true }) };
});

serveSuite('PostgreSQL', async () => {
  const database = await databases.create();
  const { address: data } = database;
  return { data, open: () => openPostgresStore(data), remove: () => database.drop() };
});
