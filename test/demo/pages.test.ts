import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { createAdaptorServer } from '@hono/node-server';
import { pagesApp, STRICT_POLICY } from '../../demo/pages-app.ts';

/** The demo's web server: the policy on every page, and the way to the receiver. The receiver is a stand-in here. */

const pagesDir = fileURLToPath(new URL('../../demo/pages', import.meta.url));

async function serve(fetch: (request: Request) => Response | Promise<Response>) {
  const server = createAdaptorServer({ fetch });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => server.close() };
}

describe('the demo pages', () => {
  const seen: { method: string; url: string; headers: Headers; body: Uint8Array }[] = [];
  let answer: () => Response = () => new Response('nothing');
  let receiverUrl: string | undefined;
  let receiver: Awaited<ReturnType<typeof serve>>;
  let pages: Awaited<ReturnType<typeof serve>>;

  before(async () => {
    receiver = await serve(async (request) => {
      const { pathname, search } = new URL(request.url);
      const body = new Uint8Array(await request.arrayBuffer());
      seen.push({ method: request.method, url: pathname + search, headers: request.headers, body });
      return answer();
    });
    const app = pagesApp({
      pagesDir,
      embedDir: fileURLToPath(new URL('.', import.meta.url)),
      receiverUrl: () => receiverUrl,
      receiverAddress: () => 'http://127.0.0.1:9999',
    });
    pages = await serve(app.fetch as (request: Request) => Promise<Response>);
  });
  after(() => {
    receiver.close();
    pages.close();
  });

  for (const path of [
    '/',
    '/intranet/',
    '/portal/',
    '/partner/',
    '/partner/partner.css',
    '/steady/pages.test.ts',
    '/no-such-page',
  ]) {
    it(`${path} comes under the strict policy`, async () => {
      const response = await fetch(pages.url + path);
      assert.equal(response.status, path === '/no-such-page' ? 404 : 200);
      assert.equal(response.headers.get('content-security-policy'), STRICT_POLICY);
      await response.body?.cancel();
    });
  }

  it('/isolated/ is the intranet’s page with the receiver’s own origin in a frame, and nothing weaker', async () => {
    const response = await fetch(`${pages.url}/isolated/`);
    assert.equal(response.headers.get('content-security-policy'), `${STRICT_POLICY}; frame-src http://127.0.0.1:9999`);
    const html = await response.text();
    assert.match(
      html,
      /<steady-eligibility-screener study="keck-thrive" endpoint="http:\/\/127\.0\.0\.1:9999" isolated>/,
    );
    assert.doesNotMatch(html, /"intranet\.css"/);
  });

  it('gives nothing from outside its folders', async () => {
    for (const path of [
      '/..%2fserve.ts',
      '/intranet/..%2f..%2fserve.ts',
      '/steady/..%2f..%2fpackage.json',
      '/%2e%2e/serve.ts',
    ]) {
      const response = await fetch(pages.url + path);
      assert.ok(response.status >= 400, `${path} is ${response.status}`);
      await response.body?.cancel();
    }
  });

  it('hands a submission on byte for byte, and the answer back as it came', async () => {
    receiverUrl = receiver.url;
    answer = () =>
      Response.json({ id: 'x' }, { status: 201, headers: { 'Idempotency-Replayed': 'true', 'Retry-After': '7' } });
    const body = new TextEncoder().encode('{ "spaced" : "ñ" }');
    const response = await fetch(`${pages.url}/receiver/studies/keck-thrive/submissions?a=%20b`, {
      method: 'POST',
      body,
      headers: { 'Content-Type': 'application/json', 'Idempotency-Key': 'key', Origin: 'http://elsewhere.example' },
    });
    assert.equal(response.status, 201);
    assert.deepEqual(await response.json(), { id: 'x' });
    assert.equal(response.headers.get('idempotency-replayed'), 'true');
    assert.equal(response.headers.get('retry-after'), '7');
    const request = seen.at(-1);
    assert.ok(request);
    assert.equal(`${request.method} ${request.url}`, 'POST /studies/keck-thrive/submissions?a=%20b');
    assert.deepEqual(request.body, body);
    assert.equal(request.headers.get('idempotency-key'), 'key');
    assert.equal(request.headers.get('origin'), null);
    assert.equal(request.headers.get('x-forwarded-for'), '127.0.0.1');
  });

  it('passes a redirect on instead of following it', async () => {
    receiverUrl = receiver.url;
    answer = () => new Response(null, { status: 302, headers: { Location: '/login' } });
    const before = seen.length;
    const response = await fetch(`${pages.url}/receiver/studies/x`, { redirect: 'manual' });
    assert.equal(response.status, 302);
    assert.equal(seen.length, before + 1);
  });

  it('says in problem details that the receiver is stopped, or is gone', async () => {
    for (const url of [undefined, 'http://127.0.0.1:1']) {
      receiverUrl = url;
      const response = await fetch(`${pages.url}/receiver/studies/keck-thrive`);
      assert.equal(response.status, 502);
      assert.equal(response.headers.get('content-type'), 'application/problem+json');
      const problem = (await response.json()) as { status: number; title: string };
      assert.equal(problem.status, 502);
      assert.match(problem.title, /receiver/);
    }
  });
});

describe('the files of the demo pages', async () => {
  const files = (await readdir(pagesDir, { recursive: true })).filter((file) => file.endsWith('.html'));

  for (const file of files) {
    it(`${file} holds no inline style or script and asks nobody else for anything`, async () => {
      const html = await readFile(join(pagesDir, file), 'utf8');
      assert.doesNotMatch(html, /<style|\sstyle=|\son[a-z]+=|javascript:|<script(?![^>]*\ssrc=)/);
      const loaded = [...html.matchAll(/<(?:script|link|img|iframe|source)\b[^>]*?\s(?:src|href)="([^"]*)"/g)].map(
        ([, address]) => address,
      );
      assert.ok(loaded.length > 0);
      for (const address of loaded) assert.doesNotMatch(address ?? '', /^(?:[a-z]+:|\/\/)/i);
      assert.match(html, /<html lang="(?:en|es)">/);
    });

    it(`${file} links only to what is there`, async () => {
      const html = await readFile(join(pagesDir, file), 'utf8');
      const ids = new Set([...html.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id));
      for (const [, id] of html.matchAll(/href="#([^"]*)"/g)) assert.ok(ids.has(id), `#${id}`);
      for (const [, path] of html.matchAll(/href="(\/[^"]*)"/g)) {
        if (path === undefined || /^\/(receiver|steady|isolated)\//.test(path)) continue;
        await readFile(join(pagesDir, path, 'index.html'));
      }
    });
  }

  it('style sheets load nothing', async () => {
    for (const file of await readdir(pagesDir, { recursive: true })) {
      if (file.endsWith('.css')) assert.doesNotMatch(await readFile(join(pagesDir, file), 'utf8'), /url\(|@import/);
    }
  });
});
