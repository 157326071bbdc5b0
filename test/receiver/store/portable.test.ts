/** The rules by which the tables fit every engine (docs/scaling.md), read from what the migrations have made. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Client } from 'pg';
import { openTestDatabases } from '../../support/postgres/databases.ts';

const databases = await openTestDatabases();

describe('the tables', () => {
  let database: Awaited<ReturnType<typeof databases.borrow>>;
  let client: Client;
  before(async () => {
    database = await databases.borrow();
    client = await database.connect();
  });
  after(async () => {
    await client.end();
    await database.giveBack();
  });

  /** One column of what a query finds among our own tables. */
  const found = async (query: string): Promise<string[]> => {
    const { rows } = await client.query<{ found: string }>(query);
    return rows.map((row) => row.found);
  };
  const OURS = `relnamespace = 'public'::regnamespace and relname not like 'kysely%'`;

  it('have keys that start with the study, so that a study can lie in one place', async () => {
    const keys = await found(`
      select relname || ': ' || attname as found
      from pg_index join pg_class on pg_class.oid = indexrelid
        join pg_attribute on attrelid = indrelid and attnum = indkey[0]
      where ${OURS} and indisunique`);
    assert.ok(keys.length > 10);
    assert.deepEqual(
      keys.filter((key) => !key.endsWith(': study')),
      [],
    );
    const references = await found(`
      select conname || ': ' || attname as found
      from pg_constraint join pg_class on pg_class.oid = conrelid
        join pg_attribute on attrelid = conrelid and attnum = conkey[1]
      where ${OURS} and contype = 'f'`);
    assert.ok(references.length > 3);
    assert.deepEqual(
      references.filter((key) => !key.endsWith(': study')),
      [],
    );
  });

  it('each have a key', async () => {
    const without = await found(`
      select relname as found from pg_class
      where ${OURS} and relkind = 'r' and not exists (select 1 from pg_index where indrelid = pg_class.oid and indisprimary)`);
    assert.deepEqual(without, []);
  });

  it('hold text and integers alone', async () => {
    const others = await found(`
      select relname || '.' || attname || ': ' || format_type(atttypid, atttypmod) as found
      from pg_attribute join pg_class on pg_class.oid = attrelid
      where ${OURS} and relkind = 'r' and attnum > 0
        and format_type(atttypid, atttypmod) not in ('text', 'integer', 'bigint')`);
    assert.deepEqual(others, []);
  });

  it('have no sequences, triggers, functions or extensions', async () => {
    const others = await found(`
      select relname::text as found from pg_class where ${OURS} and relkind not in ('r', 'i')
      union all select tgname::text from pg_trigger where not tgisinternal
      union all select proname::text from pg_proc where pronamespace = 'public'::regnamespace
      union all select extname::text from pg_extension where extname <> 'plpgsql'`);
    assert.deepEqual(others, []);
  });
});
