import { erasureSuite } from '../suites/receiver/erasure.suite.ts';
import { openTestDatabases } from '../support/postgres/databases.ts';
import { postgresBench, sqliteBench } from '../support/sql-bench.ts';

const databases = await openTestDatabases();

erasureSuite('SQLite', sqliteBench);
erasureSuite('PostgreSQL', () => postgresBench(databases));
