import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { allocationProcessesSuite } from '../../suites/allocation-processes.suite.ts';

allocationProcessesSuite('SQLite', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'steady-processes-'));
  const module = new URL('../../../src/receiver/store/sqlite.ts', import.meta.url).href;
  return {
    reach: { module, name: 'openSqliteStore', address: join(directory, 'data.sqlite') },
    remove: () => rm(directory, { recursive: true }),
  };
});
