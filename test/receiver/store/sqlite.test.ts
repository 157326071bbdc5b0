import assert from 'node:assert/strict';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { after, before, beforeEach, describe, it } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { Kysely } from 'kysely';
import { NodeSqliteDialect } from '../../../src/receiver/store/node-sqlite-dialect.ts';
import { assertVersion, openSqliteStore } from '../../../src/receiver/store/sqlite.ts';
import { StoreError, type StoreErrorCode } from '../../../src/receiver/store/store.ts';
import { allocationStoreSuite } from '../../suites/allocation-store.suite.ts';
import { consentStoreSuite } from '../../suites/consent-store.suite.ts';
import { linksStoreSuite } from '../../suites/links-store.suite.ts';
import { participantsStoreSuite } from '../../suites/participants-store.suite.ts';
import { questionnairesStoreSuite } from '../../suites/questionnaires-store.suite.ts';
import { migrationsSuite } from '../../suites/receiver/migrations.suite.ts';
import { sessionsStoreSuite } from '../../suites/receiver/sessions-store.suite.ts';
import { staffStoreSuite } from '../../suites/staff-store.suite.ts';
import { storeSuite } from '../../suites/store.suite.ts';

const createBench = async () => {
  const directory = await mkdtemp(join(tmpdir(), 'steady-store-'));
  const path = join(directory, 'data.sqlite');
  return {
    path,
    open: () => openSqliteStore(path, { wait: () => setImmediate() }),
    remove: () => rm(directory, { recursive: true }),
  };
};

storeSuite('SQLite', createBench);
participantsStoreSuite('SQLite', createBench);
staffStoreSuite('SQLite', createBench);
consentStoreSuite('SQLite', createBench);
questionnairesStoreSuite('SQLite', createBench);
allocationStoreSuite('SQLite', createBench);
sessionsStoreSuite('SQLite', createBench);
linksStoreSuite('SQLite', createBench);
migrationsSuite('SQLite', async () => {
  const bench = await createBench();
  const dialect = new NodeSqliteDialect(new DatabaseSync(bench.path, { enableForeignKeyConstraints: true }));
  const db = new Kysely<Record<string, Record<string, unknown>>>({ dialect });
  return {
    ...bench,
    db,
    engine: { judge: () => 'other', isUndone: () => false, attempts: 1, wait: async () => {} },
    prepare: async () => {},
    async remove() {
      await db.destroy();
      await bench.remove();
    },
  };
});

const code = (wanted: StoreErrorCode) => (error: unknown) => error instanceof StoreError && error.code === wanted;

describe('openSqliteStore', () => {
  let directory: string;
  let path: string;
  let count = 0;
  before(async () => {
    directory = await mkdtemp(join(tmpdir(), 'steady-sqlite-'));
  });
  after(() => rm(directory, { recursive: true }));
  beforeEach(() => {
    path = join(directory, `${count++}.sqlite`);
  });

  it('writes ahead and waits for the disk', async () => {
    let opened: DatabaseSync | undefined;
    const store = await openSqliteStore(path, {
      open(file, how) {
        opened = new DatabaseSync(file, how);
        return opened;
      },
    });
    const pragma = (name: string) => Object.values(opened?.prepare(`pragma ${name}`).get() ?? {})[0];
    assert.equal(pragma('journal_mode'), 'wal');
    assert.equal(pragma('synchronous'), 2, 'FULL');
    await store.close();
    assert.equal(opened?.isOpen, false);
  });

  it('makes files that nobody else on the machine can read', async () => {
    const store = await openSqliteStore(path);
    await store.transaction((tx) => tx.keyIds());
    for (const file of [path, `${path}-wal`, `${path}-shm`]) assert.equal((await stat(file)).mode & 0o777, 0o600, file);
    await store.close();
  });

  it('refuses what is no database, and what is not there to be one', async () => {
    await writeFile(path, 'answers,of,people\n'.repeat(1000));
    await assert.rejects(openSqliteStore(path), code('database-unusable'));
    await assert.rejects(openSqliteStore(join(directory, 'no', 'such', 'place')), code('database-unusable'));
  });

  it('leaves no half of a migration behind', async () => {
    const database = new DatabaseSync(path);
    database.exec('create table audit_heads (in_the_way text)');
    await assert.rejects(openSqliteStore(path), code('migration-failed'));
    const tables = database.prepare("select name from sqlite_master where name in ('intake', 'study_files')").all();
    assert.deepEqual(tables, []);
    database.exec('drop table audit_heads');
    database.close();
    await (await openSqliteStore(path)).close();
  });

  it('waits for another writer, and says that it is busy when that one does not end', async () => {
    const waits: number[] = [];
    const other = new DatabaseSync(path);
    let patience = 3;
    const store = await openSqliteStore(path, {
      async wait(attempt) {
        waits.push(attempt);
        patience -= 1;
        if (patience === 0) other.exec('commit');
      },
    });
    other.exec('begin immediate');
    assert.deepEqual(await store.transaction((tx) => tx.keyIds()), []);
    assert.deepEqual(waits, [1, 2, 3]);

    other.exec('begin immediate');
    await assert.rejects(
      store.transaction((tx) => tx.keyIds()),
      code('busy'),
    );
    other.exec('commit');
    assert.deepEqual(await store.transaction((tx) => tx.keyIds()), [], 'and goes on when that one has ended');
    other.close();
    await store.close();
  });

  it('is a writer from its first statement, so that nothing it reads goes stale before it writes', async () => {
    const store = await openSqliteStore(path);
    const other = new DatabaseSync(path, { timeout: 0 });
    await store.transaction(async (tx) => {
      await tx.keyIds();
      assert.throws(() => other.exec('begin immediate'), /locked/);
    });
    other.exec('begin immediate');
    other.close();
    await store.close();
  });

  it('prepares a statement once, however often it is asked', async () => {
    const prepared: string[] = [];
    class Counting extends DatabaseSync {
      override prepare(sql: string): StatementSync {
        prepared.push(sql);
        return super.prepare(sql);
      }
    }
    const store = await openSqliteStore(path, { open: (file, how) => new Counting(file, how) });
    for (let index = 0; index < 3; index += 1) {
      const row = { study: 'ward', keyId: `k${index}`, firstUsedAt: '2026' };
      await store.transaction((tx) => tx.keepKeyId(row));
    }
    assert.deepEqual(await store.transaction((tx) => tx.keyIds()), ['k0', 'k1', 'k2']);
    assert.equal(prepared.filter((sql) => sql.startsWith('insert into "study_keys"')).length, 1);
    assert.equal(prepared.filter((sql) => sql === 'commit').length, 1);
    await store.close();
  });

  it('does not claim to know what became of a commit that failed', async () => {
    let fail = false;
    /** Commits, and reports that it could not: what a disk or a connection that dies at that moment looks like. */
    class Dying extends DatabaseSync {
      override prepare(sql: string): StatementSync {
        const statement = super.prepare(sql);
        if (sql !== 'commit') return statement;
        const commit = statement.run.bind(statement);
        return Object.assign(statement, {
          run() {
            const done = commit();
            if (!fail) return done;
            fail = false;
            throw Object.assign(new Error('disk I/O error'), { code: 'ERR_SQLITE_ERROR', errcode: 10 });
          },
        });
      }
    }
    const store = await openSqliteStore(path, { open: (file, how) => new Dying(file, how) });
    fail = true;
    const keeping = store.transaction((tx) => tx.keepKeyId({ study: 'ward', keyId: 'k1', firstUsedAt: '2026' }));
    await assert.rejects(keeping, code('commit-unknown'));
    assert.deepEqual(await store.transaction((tx) => tx.keyIds()), ['k1'], 'the connection is given back');
    await store.close();
  });
});

describe('assertVersion', () => {
  for (const version of ['3.51.3', '3.51.10', '3.52.0', '4.0.0']) {
    it(`takes SQLite ${version}`, () => assertVersion(version));
  }
  for (const version of ['3.51.2', '3.6.23', '3.50.99', '2.99.99']) {
    it(`refuses SQLite ${version}`, () => assert.throws(() => assertVersion(version), code('engine-too-old')));
  }
});
