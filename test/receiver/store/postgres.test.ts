import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach, describe, it, type TestContext } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { Kysely } from 'kysely';
import type { Client } from 'pg';
import { openPostgresStore, type PostgresOptions } from '../../../src/receiver/store/postgres.ts';
import { SerializablePostgresDialect } from '../../../src/receiver/store/postgres-dialect.ts';
import { isUndone, judge } from '../../../src/receiver/store/postgres-errors.ts';
import { makeMigrationLock } from '../../../src/receiver/store/postgres-migration-lock.ts';
import { createPool } from '../../../src/receiver/store/postgres-pool.ts';
import type { Engine } from '../../../src/receiver/store/run-again.ts';
import {
  type Store,
  StoreError,
  type StoreErrorCode,
  type StoreTransaction,
} from '../../../src/receiver/store/store.ts';
import { allocationStoreSuite } from '../../suites/allocation-store.suite.ts';
import { consentStoreSuite } from '../../suites/consent-store.suite.ts';
import { linksStoreSuite } from '../../suites/links-store.suite.ts';
import { participantsStoreSuite } from '../../suites/participants-store.suite.ts';
import { questionnairesStoreSuite } from '../../suites/questionnaires-store.suite.ts';
import { migrationsSuite } from '../../suites/receiver/migrations.suite.ts';
import { sessionsStoreSuite } from '../../suites/receiver/sessions-store.suite.ts';
import { staffStoreSuite } from '../../suites/staff-store.suite.ts';
import { storeSuite } from '../../suites/store.suite.ts';
import { freePort } from '../../support/free-port.ts';
import { createCertificate } from '../../support/postgres/certificate.ts';
import { databasesOn, openTestDatabases, type TestDatabase } from '../../support/postgres/databases.ts';
import { type PostgresServer, startPostgres } from '../../support/postgres/server.ts';

const databases = await openTestDatabases();

const createBench = async () => {
  const database = await databases.borrow();
  return {
    open: () => openPostgresStore(database.address, { wait: () => setImmediate() }),
    remove: () => database.giveBack(),
  };
};

storeSuite('PostgreSQL', createBench);
participantsStoreSuite('PostgreSQL', createBench);
staffStoreSuite('PostgreSQL', createBench);
consentStoreSuite('PostgreSQL', createBench);
questionnairesStoreSuite('PostgreSQL', createBench);
allocationStoreSuite('PostgreSQL', createBench);
sessionsStoreSuite('PostgreSQL', createBench);
linksStoreSuite('PostgreSQL', createBench);
migrationsSuite('PostgreSQL', async () => {
  const database = await databases.create();
  const pool = createPool({ connectionString: database.address, max: 2 }, { shown: 'the database', onLost: () => {} });
  const db = new Kysely<Record<string, Record<string, unknown>>>({
    dialect: new SerializablePostgresDialect({ pool }),
  });
  const engine: Engine = { judge, isUndone, attempts: 1, wait: async () => {} };
  return {
    db,
    engine,
    prepare: () => makeMigrationLock(db, engine, { create: true, shown: 'the database' }),
    open: () => openPostgresStore(database.address),
    async remove() {
      await db.destroy();
      await database.drop();
    },
  };
});

const code =
  (wanted: StoreErrorCode, says = /./) =>
  (error: unknown) =>
    error instanceof StoreError && error.code === wanted && says.test(error.message);

const keep = (tx: StoreTransaction, keyId: string) =>
  tx.keepKeyId({ study: 'ward', keyId, firstUsedAt: '2026-03-01T00:00:00.000Z' });

/** Passes when so many have come. */
function gate(count: number): () => Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  let missing = count;
  return () => {
    missing -= 1;
    if (missing === 0) resolve();
    return promise;
  };
}

describe('openPostgresStore', () => {
  let database: Awaited<ReturnType<typeof databases.borrow>>;
  let admin: Client;
  /** Beside `admin`, whose transaction would be shown who was there when it first asked. */
  let watcher: Client;
  let stores: Store[];
  const open = async (options: PostgresOptions = {}): Promise<Store> => {
    const store = await openPostgresStore(database.address, options);
    stores.push(store);
    return store;
  };
  beforeEach(async () => {
    database = await databases.borrow();
    [admin, watcher] = await Promise.all([database.connect(), database.connect()]);
    stores = [];
  });
  afterEach(async () => {
    await Promise.all(stores.map((store) => store.close()));
    await Promise.all([admin.end(), watcher.end()]);
    await database.giveBack();
  });
  const untilWaiting = (t: TestContext) =>
    t.waitFor(async () => assert.equal((await watcher.query(WAITING)).rowCount, 1), SOON);
  /** Ends the sessions of a store, as a restart of the server would. */
  const endSessions = () =>
    admin.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'steady' and datname = current_database()`,
    );

  it('tells the server who it is', async () => {
    const store = await open();
    await store.transaction(async (tx) => {
      await tx.keyIds();
      const { rows } = await admin.query(
        `select state from pg_stat_activity where application_name = 'steady' and datname = current_database()`,
      );
      assert.deepEqual(rows, [{ state: 'idle in transaction' }]);
    });
  });

  it('runs two again of which each has read what the other is about to change', async () => {
    const [one, two] = [await open(), await open()];
    const meet = gate(2);
    let runs = 0;
    const keepIfAlone = (store: Store, keyId: string) =>
      store.transaction(async (tx) => {
        runs += 1;
        const alone = (await tx.keyIds()).length === 0;
        if (runs <= 2) await meet();
        if (alone) await keep(tx, keyId);
        return alone;
      });
    const wrote = await Promise.all([keepIfAlone(one, 'k1'), keepIfAlone(two, 'k2')]);
    assert.deepEqual(wrote.toSorted(), [false, true], 'as if one had come after the other');
    assert.equal(runs, 3);
    assert.equal((await one.transaction((tx) => tx.keyIds())).length, 1);
  });

  it('runs one of two again that wait for each other', async () => {
    await admin.query(`alter database ${admin.database} set deadlock_timeout = '20ms'`);
    const [one, two] = [await open(), await open()];
    await one.transaction(async (tx) => {
      for (const id of ['p1', 'p2']) await tx.addParticipant(participant(id));
    });
    const meet = gate(2);
    let runs = 0;
    const change = (store: Store, ids: readonly [string, string], contact: string) =>
      store.transaction(async (tx) => {
        runs += 1;
        await tx.changeParticipant('ward', ids[0], { contact });
        if (runs <= 2) await meet();
        await tx.changeParticipant('ward', ids[1], { contact });
      });
    await Promise.all([change(one, ['p1', 'p2'], 'c1'), change(two, ['p2', 'p1'], 'c2')]);
    assert.equal(runs, 3);
    const rows = await one.transaction((tx) => tx.participants('ward', { limit: 9 }));
    assert.equal(new Set(rows.map(({ contact }) => contact)).size, 1, 'both rows by the same one');
  });

  it('runs once more what stumbled over a row that somebody else was about to add', async (t) => {
    const store = await open();
    await admin.query('begin');
    const values = `'ward', 'p1', 'test', null, '2026-03-01T00:00:00.000Z', null, null`;
    await admin.query(`insert into participants values (${values})`);
    let runs = 0;
    const adding = store.transaction(async (tx) => {
      runs += 1;
      // Did not look the first time: whatever is there by then is seen by the second run.
      if (runs === 1) await tx.addParticipant(participant('p1'));
      return tx.participant('ward', 'p1');
    });
    await untilWaiting(t);
    await admin.query('commit');
    assert.deepEqual(await adding, participant('p1'));
    assert.equal(runs, 2);
  });

  it('runs a transaction again whose session was ended in the middle', async () => {
    const store = await open();
    let runs = 0;
    await store.transaction(async (tx) => {
      runs += 1;
      await keep(tx, `k${runs}`);
      if (runs === 1) await endSessions();
      await keep(tx, 'last');
    });
    assert.equal(runs, 2);
    assert.deepEqual(await store.transaction((tx) => tx.keyIds()), ['k2', 'last'], 'nothing of the first run is left');
  });

  it('outlives the end of a session that nobody uses, and tells of it', async (t) => {
    const lost: Error[] = [];
    const store = await open({ onLost: (error) => lost.push(error) });
    await store.transaction((tx) => tx.keyIds());
    await endSessions();
    await t.waitFor(() => assert.ok(lost.length > 0), SOON);
    assert.deepEqual(await store.transaction((tx) => tx.keyIds()), []);
  });

  it('says that it is busy when a row is held for too long', async (t) => {
    const store = await open();
    await store.transaction((tx) => tx.addParticipant(participant('p1')));
    await admin.query('begin');
    await admin.query('update participants set contact = null');
    const refused = assert.rejects(
      store.transaction((tx) => tx.changeParticipant('ward', 'p1', { contact: 'c1' })),
      code('busy'),
    );
    // The server's own limit is ten seconds; what it says then is said now.
    await untilWaiting(t);
    await watcher.query(`select pg_cancel_backend(pid) from (${WAITING}) as waiting`);
    await refused;
    await admin.query('rollback');
  });

  it('waits at a row for whoever migrates, however long that takes', async (t) => {
    await admin.query('begin');
    await admin.query('update kysely_migration_lock set is_locked = 1');
    const opening = open();
    await untilWaiting(t);
    const { rows } = await watcher.query(`select query from pg_stat_activity where pid in (${WAITING})`);
    assert.match(rows[0]?.query, /update "kysely_migration_lock"/);
    await admin.query('commit');
    assert.deepEqual(await (await opening).transaction((tx) => tx.keyIds()), []);
    const locks = await watcher.query(`select 1 from pg_locks where locktype = 'advisory'`);
    assert.equal(locks.rowCount, 0);
  });

  it('reaches nobody, and says so, without the password', async () => {
    const port = await freePort();
    const nowhere = `postgres://ana:geheim@127.0.0.1:${port}/data`;
    const says = new RegExp(`^postgres://ana@127\\.0\\.0\\.1:${port}/data cannot be reached: .*ECONNREFUSED`);
    await assert.rejects(openPostgresStore(nowhere), code('unreachable', says));

    const wrong = database.address.replace(/:[0-9a-f]{32}@/, ':geheim@');
    await assert.rejects(
      openPostgresStore(wrong),
      (error) => code('unreachable', /password authentication failed/)(error) && !`${error}`.includes('geheim'),
    );
  });

  it('says so when the server is gone later', async () => {
    const server = await startPostgres();
    const store = await databasesOn(server)
      .create()
      .then(({ address }) => openPostgresStore(address))
      .finally(() => server.stop());
    await assert.rejects(
      store.transaction((tx) => tx.keyIds()),
      code('unreachable'),
    );
    await store.close();
  });

  it('refuses a replica: nothing is decided from one', async () => {
    const replica = await startPostgres({ isDurable: false, isReplica: true });
    try {
      const { user, password, port } = replica;
      await assert.rejects(
        openPostgresStore(`postgres://${user}:${password}@127.0.0.1:${port}/postgres`),
        code('database-unusable', /hot standby.*takes serializable writes/),
      );
    } finally {
      await replica.stop();
    }
  });

  it('refuses a database that cannot keep every text', async () => {
    await admin.query(`create database latin_${admin.database} encoding 'LATIN1' locale 'C' template template0`);
    const address = database.address.replace(/\/(\w+)$/, '/latin_$1');
    await assert.rejects(openPostgresStore(address), code('database-unusable', /LATIN1.*UTF8/));
    await admin.query(`drop database latin_${admin.database}`);
  });

  it('needs no right to make tables where they are made', async () => {
    await admin.query(`create role plain_${admin.database} login password 'geheim'`);
    try {
      const plain = database.address.replace(/\/\/.*@/, `//plain_${admin.database}:geheim@`);
      await admin.query(
        `grant select, insert, update, delete on all tables in schema public to plain_${admin.database}`,
      );
      const store = await openPostgresStore(plain);
      await store.transaction((tx) => keep(tx, 'k1'));
      await store.close();
    } finally {
      await admin.query(`drop owned by plain_${admin.database}`);
      await admin.query(`drop role plain_${admin.database}`);
    }
  });
});

describe('openPostgresStore, where there is nothing yet', () => {
  let database: TestDatabase;
  beforeEach(async () => {
    database = await databases.create();
  });
  afterEach(() => database.drop());

  it('makes nothing where nothing is to be made', async () => {
    await assert.rejects(openPostgresStore(database.address, { create: false }), code('no-database', /steady serve/));
    const client = await database.connect();
    assert.equal((await client.query(`select 1 from pg_tables where schemaname = 'public'`)).rowCount, 0);
    await client.end();
  });

  it('says whose right is missing', async () => {
    const admin = await database.connect();
    await admin.query(`create role plain_${admin.database} login password 'geheim'`);
    try {
      const plain = database.address.replace(/\/\/.*@/, `//plain_${admin.database}:geheim@`);
      await assert.rejects(openPostgresStore(plain), code('database-unusable', /permission denied for schema public/));
    } finally {
      await admin.query(`drop role plain_${admin.database}`);
      await admin.end();
    }
  });
});

describe('openPostgresStore over TLS', () => {
  const { cert, key } = createCertificate();
  let server: PostgresServer;
  let directory: string;
  let root: string;
  before(async () => {
    server = await startPostgres({ isDurable: false, tls: { cert, key } });
    directory = await mkdtemp(join(tmpdir(), 'steady-tls-'));
    root = join(directory, 'root.crt');
    await writeFile(root, cert);
  });
  after(async () => {
    await server.stop();
    await rm(directory, { recursive: true });
  });
  const openAt = async (host: string, mode: string): Promise<void> => {
    const { user, password, port } = server;
    await (
      await openPostgresStore(`postgres://${user}:${password}@${host}:${port}/postgres?${mode}`, { env: {} })
    ).close();
  };

  it('opens where the certificate is for the name and its authority is known', async () => {
    for (const mode of ['verify-full', 'verify-ca', 'require']) {
      await openAt('localhost', `sslmode=${mode}&sslrootcert=${root}`);
    }
  });

  it('refuses an authority that is not known, and another name', async () => {
    await assert.rejects(openAt('localhost', 'sslmode=verify-full'), code('unreachable', /self-signed.*sslrootcert/));
    const other = openAt('127.0.0.1', `sslmode=verify-full&sslrootcert=${root}`);
    await assert.rejects(other, code('unreachable', /IP: 127\.0\.0\.1.*for this name/));
  });

  it('takes any certificate, or none, where it is told to', async () => {
    await openAt('127.0.0.1', 'sslmode=no-verify');
    await openAt('127.0.0.1', 'sslmode=disable');
  });

  it('says what to do about a server that has no certificate', async () => {
    const { user, password, port } = databases;
    const plain = openPostgresStore(`postgres://${user}:${password}@localhost:${port}/postgres?sslmode=verify-full`);
    await assert.rejects(plain, code('unreachable', /does not support SSL.*sslmode=disable/));
  });
});

const SOON = { interval: 10, timeout: 30_000 };

/** Sessions that wait for a lock. */
const WAITING = `select pid from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`;

function participant(id: string) {
  const enrolledAt = '2026-03-01T00:00:00.000Z';
  return { study: 'ward', id, mode: 'test', site: null, enrolledAt, screeningIdHash: null, contact: null } as const;
}
