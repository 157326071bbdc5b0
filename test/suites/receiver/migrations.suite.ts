import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import { MIGRATIONS, migrate } from '../../../src/receiver/store/migrate.ts';
import type { Engine } from '../../../src/receiver/store/run-again.ts';
import { StoreError, type StoreErrorCode } from '../../../src/receiver/store/store.ts';
import { AT, ROWS } from '../../support/released-rows.ts';
import type { Bench } from '../store.suite.ts';

/** A database without tables, and ways into it that the store does not have. */
export interface MigrationBench extends Bench {
  /** The tables as they are named there. */
  readonly db: Kysely<Record<string, Record<string, unknown>>>;
  readonly engine: Engine;
  /** What the engine needs before the first migration. */
  prepare(): Promise<void>;
}

/** What every engine must do with a database of an earlier release, and with the rows in it. */
export function migrationsSuite(name: string, createBench: () => Promise<MigrationBench>): void {
  describe(`${name} from release to release`, () => {
    let bench: MigrationBench;
    beforeEach(async () => {
      bench = await createBench();
    });
    afterEach(() => bench.remove());

    /** Brings the database to the release whose last migration this is. */
    async function migrateTo(last: string, more: Record<string, Migration> = {}): Promise<void> {
      const released = Object.entries(MIGRATIONS).filter(([one]) => one <= last);
      await bench.prepare();
      await migrate(bench.db, bench.engine, { ...Object.fromEntries(released), ...more });
    }

    async function fill(last: string): Promise<void> {
      for (const [release, tables] of Object.entries(ROWS)) {
        if (release > last) continue;
        for (const [table, row] of Object.entries(tables)) await bench.db.insertInto(table).values(row).execute();
      }
    }

    /** Every row that `fill` has put in, as it was, and nothing in the columns that have come since. */
    async function assertKept(last: string): Promise<void> {
      for (const [release, tables] of Object.entries(ROWS)) {
        if (release > last) continue;
        for (const [table, row] of Object.entries(tables)) {
          const [found, ...more] = await bench.db.selectFrom(table).selectAll().execute();
          const since = Object.keys(found ?? {}).filter((column) => !(column in row));
          const empty = Object.fromEntries(since.map((column) => [column, null]));
          assert.deepEqual({ ...found }, { ...row, ...empty }, table);
          assert.deepEqual(more, []);
        }
      }
    }

    for (const release of Object.keys(ROWS)) {
      it(`goes on from ${release} with every row as it was`, async () => {
        await migrateTo(release);
        await fill(release);
        const store = await bench.open();
        await assertKept(release);
        await store.transaction(async (tx) => {
          assert.equal((await tx.contacts('ward'))[0]?.participant, null);
          assert.deepEqual(await tx.auditHeads('ward'), [{ chain: 'study', seq: 1, mac: 'mac' }]);
        });
        await store.close();
      });
    }

    it('takes flags of kinds that 0002-participants did not know, beside those that it has', async () => {
      await migrateTo('0004-consent');
      await fill('0004-consent');
      const store = await bench.open();
      const open = { resolvedAt: null, resolvedBy: null, note: null };
      const flag = { study: 'ward', id: 'f2', kind: 'safety', mode: 'test', subjects: ['p1'], raisedAt: AT } as const;
      await store.transaction((tx) => tx.addFlag({ ...flag, ...open }));
      const flags = await store.transaction((tx) => tx.flags('ward', { limit: 9 }));
      assert.deepEqual(
        flags.map(({ id, kind }) => [id, kind]),
        [
          ['f2', 'safety'],
          ['f1', 'repeat-contact'],
        ],
      );
      await assert.rejects(
        store.transaction((tx) => tx.addFlag({ ...flag, ...open })),
        'one of an id',
      );
      await store.close();
    });

    it('leaves everything as it was when a migration fails half way', async () => {
      const [last = ''] = Object.keys(MIGRATIONS).slice(-1);
      await migrateTo(last);
      await fill(last);
      const failing: Migration = {
        async up(db) {
          await db.schema.alterTable('contacts').addColumn('half', 'text').execute();
          await sql`update contacts set half = id`.execute(db);
          await sql`delete from audit`.execute(db);
          throw new RangeError('out of luck');
        },
      };
      await assert.rejects(
        migrateTo(last, { '9998-failing': failing }),
        code('migration-failed', /out of luck.*Nothing/),
      );
      await assertKept(last);
      assert.ok(!('half' in ((await bench.db.selectFrom('contacts').selectAll().execute())[0] ?? {})));
      await (await bench.open()).close();
    });

    it('refuses a database that a newer release has changed', async () => {
      const [last = ''] = Object.keys(MIGRATIONS).slice(-1);
      await migrateTo(last, { '9999-later': { up: async () => {} } });
      await assert.rejects(bench.open(), code('migration-failed', /newer release/));
    });

    it('is one change, however many start at once where there is nothing yet', async () => {
      const stores = await Promise.all(Array.from({ length: 4 }, () => bench.open()));
      for (const store of stores) {
        assert.deepEqual(await store.transaction((tx) => tx.keyIds()), []);
        await store.close();
      }
      const done = await bench.db.selectFrom('kysely_migration').select('name').orderBy('name').execute();
      assert.deepEqual(
        done.map((row) => row.name),
        Object.keys(MIGRATIONS),
      );
    });
  });
}

const code = (wanted: StoreErrorCode, says: RegExp) => (error: unknown) =>
  error instanceof StoreError && error.code === wanted && says.test(error.message);
