import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openPostgresStore } from '../../src/receiver/store/postgres.ts';
import { openSqliteStore } from '../../src/receiver/store/sqlite.ts';
import { questionnairesSuite } from '../suites/receiver/questionnaires.suite.ts';
import { receiverSuite } from '../suites/receiver/receiver.suite.ts';
import { openTestDatabases } from '../support/postgres/databases.ts';

const databases = await openTestDatabases();

const onSqlite = async () => {
  const directory = await mkdtemp(join(tmpdir(), 'steady-two-'));
  return {
    open: () => openSqliteStore(join(directory, 'data.sqlite')),
    remove: () => rm(directory, { recursive: true }),
  };
};
const onPostgres = async () => {
  const database = await databases.borrow();
  return { open: () => openPostgresStore(database.address), remove: () => database.giveBack() };
};

// SQLite waits for another connection with the whole process, and here the other one is in this process too.
receiverSuite('SQLite', onSqlite, 10);
receiverSuite('PostgreSQL', onPostgres, 50);
questionnairesSuite('SQLite', onSqlite);
questionnairesSuite('PostgreSQL', onPostgres);
