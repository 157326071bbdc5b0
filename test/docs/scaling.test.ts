import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { openStore } from '../../src/receiver/store/open-store.ts';
import { CONNECT_TIMEOUT, CONNECTIONS, LIFETIME } from '../../src/receiver/store/postgres.ts';
import { STATEMENT_TIMEOUT } from '../../src/receiver/store/postgres-dialect.ts';
import { repositoryRoot } from '../checks/check.ts';
import { fencesIn, readDocument } from '../support/documents.ts';
import { openTestDatabases } from '../support/postgres/databases.ts';

const databases = await openTestDatabases();
const document = readDocument('docs/scaling.md').replaceAll(/\s+/g, ' ');
const words = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];

describe('docs/scaling.md', () => {
  test('makes a role and a database in which a receiver can begin', async () => {
    const [{ text } = { text: '' }] = fencesIn(readDocument('docs/scaling.md'), 'sql');
    const name = `docs_${process.pid}`;
    const statements = text
      .replaceAll('steady', name)
      .replace('…', 'geheim')
      .split('\n')
      .filter((line) => line !== '');
    assert.equal(statements.length, 2);
    const database = await databases.create();
    const client = await database.connect();
    try {
      for (const statement of statements) await client.query(statement);
      const store = await openStore(`postgres://${name}:geheim@127.0.0.1:${databases.port}/${name}`);
      assert.deepEqual(await store.transaction((tx) => tx.keyIds()), []);
      await store.close();
    } finally {
      await client.query(`drop database if exists ${name} with (force)`);
      await client.query(`drop role if exists ${name}`);
      await client.end();
      await database.drop();
    }
  });

  test('gives the limits that hold', () => {
    for (const said of [
      `holds ${words[CONNECTIONS]} connections`,
      `waits ${words[STATEMENT_TIMEOUT / 1000]} seconds for a statement and ${words[CONNECT_TIMEOUT / 1000]} for a connection`,
      `goes on ${words[LIFETIME / 60]} minutes after`,
    ]) {
      assert.ok(document.includes(said), said);
    }
  });

  test('names every variable of the environment that is read', () => {
    const source = readFileSync(join(repositoryRoot, 'src/receiver/store/postgres-address.ts'), 'utf8');
    const read = new Set([...source.matchAll(/env\.(PG[A-Z]+)/g)].map(([, name]) => name));
    const named = new Set([...document.matchAll(/`(PG[A-Z]+)`/g)].map(([, name]) => name));
    assert.ok(read.size > 5);
    assert.deepEqual([...named].sort(), [...read].sort());
  });
});
