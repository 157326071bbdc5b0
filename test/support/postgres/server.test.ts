import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { describe, it } from 'node:test';
import { Client } from 'pg';
import type { Kept } from './keeper.ts';
import { startPostgres } from './server.ts';

const isThere = async ({ port, user, password }: Kept): Promise<boolean> => {
  const client = new Client({ host: '127.0.0.1', port, user, password, database: 'postgres' });
  return client.connect().then(
    () => client.end().then(() => true),
    () => false,
  );
};

describe('the PostgreSQL of the tests', () => {
  it('is there until it is stopped, and leaves nothing behind', async () => {
    const server = await startPostgres();
    assert.deepEqual([await isThere(server), existsSync(server.place)], [true, true]);
    await server.stop();
    assert.deepEqual([await isThere(server), existsSync(server.place)], [false, false]);
  });

  it('is gone too when whoever started it was killed', async (t) => {
    const program = `
      import { startPostgres } from ${JSON.stringify(new URL('server.ts', import.meta.url).href)};
      console.log(JSON.stringify(await startPostgres()));
      setInterval(() => {}, 1000);`;
    const starter = spawn(process.execPath, ['--input-type=module', '--eval', program], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = await once(createInterface({ input: starter.stdout }), 'line');
    const server: Kept = JSON.parse(String(line));
    assert.equal(await isThere(server), true);
    starter.kill('SIGKILL');
    await t.waitFor(() => assert.equal(existsSync(server.place), false), { interval: 20, timeout: 30_000 });
    assert.equal(await isThere(server), false);
  });
});
