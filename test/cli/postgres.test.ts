import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { parseCsv } from '../../src/cli/csv.ts';
import { run } from '../../src/cli/steady.ts';
import { type Ran, runCommand } from '../support/command-io.ts';
import { openTestDatabases, type TestDatabase } from '../support/postgres/databases.ts';
import { screening, studyJson } from '../support/receiver.ts';
import { type Served, serveProcess } from '../support/serve-process.ts';

const databases = await openTestDatabases();
const PASSWORD = databases.password;

describe('steady on PostgreSQL', () => {
  let database: TestDatabase;
  let directory: string;
  let keys: string;
  let study: string;
  let serving: Served | undefined;
  beforeEach(async () => {
    database = await databases.create();
    directory = await mkdtemp(join(tmpdir(), 'steady-postgres-cli-'));
    keys = join(directory, 'keys');
    study = join(directory, 'ward.study.json');
    await writeFile(study, JSON.stringify(studyJson()));
    serving = undefined;
  });
  afterEach(async () => {
    await serving?.end();
    await database.drop();
    await rm(directory, { recursive: true });
  });

  const serve = async (env: NodeJS.ProcessEnv = {}, data = database.address): Promise<Served> => {
    serving = await serveProcess(['--study', study, '--data', data, '--keys', keys], env);
    return serving;
  };
  const steady = (...args: string[]): Promise<Ran> =>
    runCommand(run, [...args, '--data', database.address, '--keys', keys]);

  async function post({ url }: Served): Promise<number> {
    const given = screening();
    const headers = { 'Content-Type': 'application/json', 'Idempotency-Key': given.id };
    const init = { method: 'POST', headers, body: JSON.stringify(given) };
    return (await fetch(`${url}/studies/ward/submissions`, init)).status;
  }

  it('serves, invites and adds staff, side by side', async () => {
    const served = await serve();
    assert.equal(await post(served), 201);
    const invited = await steady('invite', 'ward', '--count', '3');
    assert.equal(invited.code, 0, invited.stderr);
    assert.equal(parseCsv(invited.stdout).length, 4);
    const added = await steady('staff', 'add', 'ward', '--role', 'coordinator', '--name', 'Ana Ruiz');
    assert.equal(added.code, 0, added.stderr);
    const asked = await fetch(`${served.url}/studies/ward/flags`, {
      headers: { Authorization: `Bearer ${added.stdout.trim()}` },
    });
    assert.equal(asked.status, 200);
    const listed = await steady('staff', 'list', 'ward');
    assert.match(listed.stdout, /coordinator .*Ana Ruiz/);
  });

  it('finds the database by the usual environment too', async () => {
    const { username, password, port, pathname } = new URL(database.address);
    const env = {
      PGHOST: '127.0.0.1',
      PGPORT: port,
      PGUSER: username,
      PGPASSWORD: password,
      PGDATABASE: pathname.slice(1),
    };
    const served = await serve(env, 'postgres:');
    assert.equal(await post(served), 201);
    const client = await database.connect();
    assert.equal((await client.query('select 1 from screenings')).rowCount, 1);
    await client.end();
  });

  it('prints the password nowhere', async () => {
    const served = await serve();
    await post(served);
    await served.end();
    const wrong = database.address.replace(PASSWORD, `${PASSWORD}x`);
    const gone = database.address.replace(/\/\w+$/, '/nowhere');
    const said = [served.errors()];
    for (const data of [wrong, gone, `${gone}#x`, gone.replace(':', 's:'), `${gone}?pasword=${PASSWORD}`]) {
      const ran = await runCommand(run, ['staff', 'list', 'ward', '--data', data, '--keys', keys]);
      assert.equal(ran.code, 1, ran.stderr);
      said.push(ran.stderr);
    }
    assert.ok(!said.join().includes(PASSWORD), said.join('\n'));
  });

  it('asks for the keys, which cannot lie beside it', async () => {
    for (const args of [
      ['serve', '--study', study],
      ['staff', 'list', 'ward'],
      ['invite', 'ward', '--count', '1'],
    ]) {
      const ran = await runCommand(run, [...args, '--data', database.address]);
      assert.equal(ran.code, 2);
      assert.match(ran.stderr, /--keys.*every receiver and command on it needs the same ones/);
    }
    assert.deepEqual(await readdir(directory), ['ward.study.json'], 'and makes none');
  });

  it('makes no tables for a command that finds none', async () => {
    const ran = await steady('staff', 'list', 'ward');
    assert.equal(ran.code, 1);
    assert.match(ran.stderr, /^steady staff: postgres:\/\/steady@127\.0\.0\.1:\d+\/\w+ has no tables of a receiver/);
  });

  it('goes on when its sessions are ended, and says so in its log', async (t) => {
    const served = await serve();
    assert.equal(await post(served), 201);
    const client = await database.connect();
    await client.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'steady' and datname = current_database()`,
    );
    await client.end();
    const lost = /"code":"57P01","msg":"connection to the database lost"/;
    await t.waitFor(() => assert.match(served.errors(), lost), { interval: 10, timeout: 30_000 });
    assert.equal(await post(served), 201);
  });
});
