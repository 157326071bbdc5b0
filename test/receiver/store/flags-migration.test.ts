import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { it } from 'node:test';
import { Kysely } from 'kysely';
import { Migrator } from 'kysely/migration';
import * as foundation from '../../../src/receiver/store/migrations/0001-foundation.ts';
import * as participants from '../../../src/receiver/store/migrations/0002-participants.ts';
import * as staff from '../../../src/receiver/store/migrations/0003-staff-and-webhooks.ts';
import * as consent from '../../../src/receiver/store/migrations/0004-consent.ts';
import { NodeSqliteDialect } from '../../../src/receiver/store/node-sqlite-dialect.ts';
import { openSqliteStore } from '../../../src/receiver/store/sqlite.ts';

it('a database of the release before keeps its flags, and takes the new kinds', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'steady-flags-'));
  const path = join(directory, 'data.sqlite');
  const database = new DatabaseSync(path);
  const db = new Kysely<unknown>({ dialect: new NodeSqliteDialect(database) });
  const before = {
    '0001-foundation': foundation,
    '0002-participants': participants,
    '0003-staff-and-webhooks': staff,
    '0004-consent': consent,
  };
  const { error } = await new Migrator({ db, provider: { getMigrations: async () => before } }).migrateToLatest();
  assert.equal(error, undefined);
  const resolved = `'["p1","s2"]', '2026-03-01', '2026-03-02', 'm1', 'Two people.'`;
  database.exec(`insert into flags values ('ward', 'f1', 'repeat-screening', 'test', ${resolved})`);
  await db.destroy();

  const store = await openSqliteStore(path);
  const open = { resolvedAt: null, resolvedBy: null, note: null };
  const safety = { study: 'ward', id: 'f2', kind: 'safety', mode: 'test', subjects: ['p1'], raisedAt: '2026' } as const;
  await store.transaction((tx) => tx.addFlag({ ...safety, ...open }));
  const flags = await store.transaction((tx) => tx.flags('ward', { limit: 9 }));
  assert.deepEqual(flags, [
    { ...safety, ...open },
    {
      ...{ study: 'ward', id: 'f1', kind: 'repeat-screening', mode: 'test', subjects: ['p1', 's2'] },
      ...{ raisedAt: '2026-03-01', resolvedAt: '2026-03-02', resolvedBy: 'm1', note: 'Two people.' },
    },
  ]);
  await assert.rejects(
    store.transaction((tx) => tx.addFlag({ ...safety, ...open })),
    'one of an id',
  );
  await store.close();
  await rm(directory, { recursive: true });
});
