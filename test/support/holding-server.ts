/** A server in front of another that holds some answers back, as a slow line does. */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';

export interface HoldingServer {
  readonly url: string;
  /** Addresses that were asked for, held back or not. */
  readonly asked: readonly string[];
  close(): Promise<void>;
}

/**
 * @param origin the server behind
 * @param isHeld which addresses are held back
 * @param until how long
 */
export async function openHoldingServer(
  origin: string,
  isHeld: (path: string) => boolean,
  until: () => Promise<unknown>,
): Promise<HoldingServer> {
  const asked: string[] = [];
  const server = createAdaptorServer({
    async fetch(request: Request) {
      const { pathname, search } = new URL(request.url);
      asked.push(pathname);
      if (isHeld(pathname)) await until();
      const body = request.method === 'GET' || request.method === 'HEAD' ? null : await request.arrayBuffer();
      const { host: _, ...headers } = Object.fromEntries(request.headers);
      const answer = await fetch(`${origin}${pathname}${search}`, { method: request.method, headers, body });
      // What came compressed is plain by now.
      const kept = [...answer.headers].filter(([name]) => !['content-encoding', 'content-length'].includes(name));
      return new Response(answer.body, { status: answer.status, headers: kept });
    },
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    asked,
    async close() {
      server.close();
      if ('closeAllConnections' in server) server.closeAllConnections();
    },
  };
}
