/** A plain file server, as any web team has one, under the strictest policy; some paths lead to a server behind it. */
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { createAdaptorServer } from '@hono/node-server';
import { STRICT_POLICY } from '../../demo/pages-app.ts';

export interface StaticServer {
  readonly url: string;
  close(): Promise<void>;
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
};

/**
 * @param behind where paths lead that begin so, as `{ '/receiver/': 'http://localhost:1234/receiver/' }`
 * @param policy of every file; none where it is empty
 */
export async function openStaticServer(
  folder: string,
  behind: Readonly<Record<string, string>>,
  policy: string = STRICT_POLICY,
): Promise<StaticServer> {
  const server = createAdaptorServer({
    async fetch(request: Request) {
      const { pathname, search } = new URL(request.url);
      for (const [start, origin] of Object.entries(behind)) {
        if (pathname.startsWith(start)) return passOn(request, `${origin}${pathname.slice(start.length)}${search}`);
      }
      const path = join(folder, normalize(pathname.endsWith('/') ? `${pathname}index.html` : pathname));
      const body = await readFile(path).catch(() => undefined);
      if (body === undefined) return new Response('Not found', { status: 404 });
      const type = TYPES[extname(path)] ?? 'application/octet-stream';
      const headers = { 'content-type': type, ...(policy && { 'content-security-policy': policy }) };
      return new Response(body, { headers });
    },
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    async close() {
      server.close();
      if ('closeAllConnections' in server) server.closeAllConnections();
    },
  };
}

/** Sends a request on, and its answer back. What came compressed is plain by then. */
export async function passOn(request: Request, address: string): Promise<Response> {
  const body = request.method === 'GET' || request.method === 'HEAD' ? null : await request.arrayBuffer();
  const { host: _, origin: __, ...headers } = Object.fromEntries(request.headers);
  const answer = await fetch(address, { method: request.method, headers, body });
  const kept = [...answer.headers].filter(([name]) => !['content-encoding', 'content-length'].includes(name));
  return new Response(answer.body, { status: answer.status, headers: kept });
}
