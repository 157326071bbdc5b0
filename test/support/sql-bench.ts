/** A database of each engine that a test can also look into, and reach into, past the store: by SQL that both understand. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openPostgresStore } from '../../src/receiver/store/postgres.ts';
import { openSqliteStore } from '../../src/receiver/store/sqlite.ts';
import type { Bench } from '../suites/store.suite.ts';
import type { TestDatabases } from './postgres/databases.ts';

export type SqlRow = Readonly<Record<string, unknown>>;

export interface SqlBench extends Bench {
  sql(statement: string): Promise<SqlRow[]>;
  /** The names of all tables. */
  tables(): Promise<string[]>;
}

const named = (rows: readonly SqlRow[]): string[] => rows.map(({ name }) => String(name));

export async function sqliteBench(): Promise<SqlBench> {
  const directory = await mkdtemp(join(tmpdir(), 'steady-sql-'));
  const file = join(directory, 'data.sqlite');
  let opened: DatabaseSync | undefined;
  const sql: SqlBench['sql'] = async (statement) => {
    opened ??= new DatabaseSync(file, { timeout: 5_000 });
    return opened.prepare(statement).all();
  };
  return {
    sql,
    open: () => openSqliteStore(file),
    tables: async () => named(await sql(`select name from sqlite_schema where type = 'table'`)),
    async remove() {
      opened?.close();
      await rm(directory, { recursive: true });
    },
  };
}

export async function postgresBench(databases: TestDatabases): Promise<SqlBench> {
  const database = await databases.borrow();
  const client = await database.connect();
  const sql: SqlBench['sql'] = async (statement) => (await client.query(statement)).rows;
  return {
    sql,
    open: () => openPostgresStore(database.address),
    tables: async () => named(await sql(`select tablename as name from pg_tables where schemaname = 'public'`)),
    async remove() {
      await client.end();
      await database.giveBack();
    },
  };
}

/** Everything in every table but the study files, as text: to find what must not be there. */
export async function dumpOf({ sql, tables }: SqlBench): Promise<string> {
  const rows: SqlRow[] = [];
  for (const name of await tables()) if (name !== 'study_files') rows.push(...(await sql(`select * from "${name}"`)));
  return JSON.stringify(rows);
}
