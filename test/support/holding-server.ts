/** A server in front of another that holds some answers back, as a slow line does. */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { passOn } from './static-server.ts';

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
      return passOn(request, `${origin}${pathname}${search}`);
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
