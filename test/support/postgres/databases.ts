/**
 * Databases for tests, on one server for each process that runs tests: it is started when the first file asks for one. They
 * sort as people do, not as machines do: in the field most databases do.
 */
import { randomUUID } from 'node:crypto';
import { after } from 'node:test';
import { Client } from 'pg';
import { openPostgresStore } from '../../../src/receiver/store/postgres.ts';
import type { Kept } from './keeper.ts';
import { startPostgres } from './server.ts';

const HOW = `encoding 'UTF8' locale_provider icu icu_locale 'en-US'`;

export interface TestDatabase {
  /** For `--data`, with the password. */
  readonly address: string;
  /** A connection of its own, which nothing of the kit knows of. */
  connect(): Promise<Client>;
  /** Takes it away, with whoever is connected to it. */
  drop(): Promise<void>;
}

export interface BorrowedDatabase extends Pick<TestDatabase, 'address' | 'connect'> {
  giveBack(): Promise<void>;
}

export interface TestDatabases extends Kept {
  /** Without tables. */
  create(): Promise<TestDatabase>;
  /** With this release's tables, and nothing in them: to be given back, as it is used again. */
  borrow(): Promise<BorrowedDatabase>;
}

let opened: Promise<TestDatabases> | undefined;

/** The databases of this process, until its tests have ended. */
export function openTestDatabases(): Promise<TestDatabases> {
  opened ??= startPostgres().then((server) => {
    after(() => server.stop());
    return databasesOn(server);
  });
  return opened;
}

export function databasesOn(server: Kept): TestDatabases {
  const { port, user, password } = server;
  const addressOf = (name: string): string => `postgres://${user}:${password}@127.0.0.1:${port}/${name}`;
  const administer = async (statement: string): Promise<void> => {
    const client = new Client({ connectionString: addressOf('postgres') });
    await client.connect();
    await client.query(statement).finally(() => client.end());
  };
  const create = async (): Promise<TestDatabase> => {
    const name = `steady_${randomUUID().replaceAll('-', '')}`;
    await administer(`create database ${name} template template0 ${HOW}`);
    const address = addressOf(name);
    return {
      address,
      async connect() {
        const client = new Client({ connectionString: address });
        // A test may end its session.
        client.on('error', () => {});
        await client.connect();
        return client;
      },
      drop: () => administer(`drop database ${name} with (force)`),
    };
  };
  const free: TestDatabase[] = [];
  return {
    ...server,
    create,
    async borrow() {
      const database = free.pop() ?? (await createMigrated(create));
      return {
        ...database,
        async giveBack() {
          await empty(database);
          free.push(database);
        },
      };
    },
  };
}

async function createMigrated(create: () => Promise<TestDatabase>): Promise<TestDatabase> {
  const database = await create();
  await (await openPostgresStore(database.address)).close();
  return database;
}

/** Quicker than another database for each test. */
async function empty(database: TestDatabase): Promise<void> {
  const client = await database.connect();
  try {
    const { rows } = await client.query<{ tablename: string }>(
      `select tablename from pg_tables where schemaname = 'public' and tablename not like 'kysely%'`,
    );
    const statements = rows.map(({ tablename }) => `delete from ${tablename}`);
    await client.query(['set session_replication_role = replica', ...statements].join('; '));
  } finally {
    await client.end();
  }
}
