import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { type Office, openOffice } from '../../support/receiver.ts';

/** The kit's files as the receiver serves them: types, caching, compression, and nothing from outside of the folder. */

const SCRIPT = `export const text = 'a script ${'that repeats itself '.repeat(40)}';\n`;

describe('/embed/', () => {
  let folder: string;
  let ask: Office['ask'];
  let office: Office;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'steady-embed-'));
    const embed = join(folder, 'embed');
    await mkdir(join(embed, 'chunks', 'deeper'), { recursive: true });
    await writeFile(join(folder, 'secret.js'), 'secret');
    await writeFile(join(folder, 'package.json'), '{"secret":true}');
    await writeFile(join(embed, 'steady.js'), SCRIPT);
    await writeFile(join(embed, 'page.css'), '.page{margin:0}');
    await writeFile(join(embed, 'THIRD-PARTY-LICENSES.txt'), 'MIT');
    await writeFile(join(embed, '.hidden.js'), 'secret');
    await writeFile(join(embed, 'notes.json'), '{"secret":true}');
    await writeFile(join(embed, 'chunks', 'base-AbCd1234.js'), 'export {};');
    await writeFile(join(embed, 'chunks', 'deeper', 'one.js'), 'secret');
    await symlink(embed, join(folder, 'another-name'));
    office = await openOffice({ embedDir: join(folder, 'another-name') });
    ask = office.ask;
  });
  after(async () => {
    await office.receiver.close();
    await rm(folder, { recursive: true });
  });

  it('files have their types; those named by their content are kept for good, the others are asked for again', async () => {
    const files = [
      ['/embed/steady.js', 'text/javascript; charset=utf-8', 'no-cache'],
      ['/embed/page.css', 'text/css; charset=utf-8', 'no-cache'],
      ['/embed/THIRD-PARTY-LICENSES.txt', 'text/plain; charset=utf-8', 'no-cache'],
      ['/embed/chunks/base-AbCd1234.js', 'text/javascript; charset=utf-8', 'public, max-age=31536000, immutable'],
    ] as const;
    for (const [path, type, caching] of files) {
      const { status, headers } = await ask(path);
      assert.equal(status, 200, path);
      assert.equal(headers.get('content-type'), type);
      assert.equal(headers.get('cache-control'), caching);
      assert.equal(headers.get('x-content-type-options'), 'nosniff');
      assert.equal(headers.get('access-control-allow-origin'), '*');
    }
    assert.equal((await ask('/embed/steady.js')).body, SCRIPT);
  });

  it('an entry that has not changed is not sent again; one that has, is', async () => {
    const path = join(folder, 'embed', 'languages.js');
    await writeFile(path, 'export const one = 1;');
    const etag = (await ask('/embed/languages.js')).headers.get('etag') ?? '';
    const again = await ask('/embed/languages.js', { headers: { 'If-None-Match': etag } });
    assert.deepEqual([again.status, again.body], [304, '']);
    await writeFile(path, 'export const another = 22;');
    const changed = await ask('/embed/languages.js', { headers: { 'If-None-Match': etag } });
    assert.deepEqual([changed.status, changed.body], [200, 'export const another = 22;']);
  });

  it('is compressed as the browser can read it', async () => {
    const bytes = async (accepted: string) => {
      const request = new Request('http://receiver.test/embed/steady.js', { headers: { 'Accept-Encoding': accepted } });
      const response = await office.receiver.fetch(request);
      assert.match(response.headers.get('vary') ?? '', /Accept-Encoding/);
      return [response.headers.get('content-encoding'), Buffer.from(await response.arrayBuffer())] as const;
    };
    const [br, small] = await bytes('gzip, deflate, br, zstd');
    assert.equal(br, 'br');
    assert.ok(small.length < SCRIPT.length / 4);
    assert.equal(brotliDecompressSync(small).toString(), SCRIPT);
    const [gz, medium] = await bytes('gzip, br;q=0');
    assert.equal(gz, 'gzip');
    assert.equal(gunzipSync(medium).toString(), SCRIPT);
    const [plain, all] = await bytes('');
    assert.equal(plain, null);
    assert.equal(all.toString(), SCRIPT);
  });

  const OUTSIDE = [
    '/embed/..%2fsecret.js',
    '/embed/%2e%2e%2fsecret.js',
    '/embed/..%5csecret.js',
    '/embed/chunks/..%2f..%2fsecret.js',
    '/embed/chunks/..%2fsteady.js',
    '/embed/chunks/deeper%2fone.js',
    '/embed/chunks/deeper/one.js',
    '/embed/%2fetc%2fpasswd',
    '/embed/..%2fpackage.json',
    '/embed/notes.json',
    '/embed/.hidden.js',
    '/embed/steady.js%00.txt',
    '/embed/steady.js%0a',
    '/embed/chunks',
    '/embed/',
    '/embed/no-such-file.js',
    '/embed/../secret.js',
    '/embed/steady.js/more.js',
    '/embed/%E0%A4%A.js',
  ];
  for (const path of OUTSIDE) {
    it(`${path} is not there`, async () => {
      const answer = await ask(path);
      assert.equal(answer.status, 404);
      assert.ok(!answer.body.includes('secret'));
    });
  }

  it('takes nothing', async () => {
    for (const method of ['POST', 'PUT', 'DELETE']) {
      assert.equal((await ask('/embed/steady.js', { method })).problem(), 'method-not-allowed');
    }
  });
});
