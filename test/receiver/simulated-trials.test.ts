import { simulatedTrialSuite } from '../suites/receiver/simulated-trial.suite.ts';
import { openTestDatabases } from '../support/postgres/databases.ts';
import { postgresBench, sqliteBench } from '../support/sql-bench.ts';

// Somebody of every way; in npm run prove many of each, and PostgreSQL too.
const isThorough = process.env.STEADY_THOROUGH === '1';
const people = isThorough ? 300 : 28;

for (const trial of ['keck', 'mgh'] as const) simulatedTrialSuite('SQLite', sqliteBench, { trial, people });
if (isThorough) {
  const databases = await openTestDatabases();
  for (const trial of ['keck', 'mgh'] as const) {
    simulatedTrialSuite('PostgreSQL', () => postgresBench(databases), { trial, people });
  }
}
