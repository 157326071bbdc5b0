import { once } from 'node:events';
import type { Server } from 'node:http';
import { createAdaptorServer } from '@hono/node-server';
import type { Receiver } from './receiver.ts';
import { ServeError } from './serve-error.ts';

export interface ServeOptions {
  /** 0: one that is free. */
  readonly port: number;
  /** Default: this machine alone. */
  readonly host?: string;
  /** How long requests in flight may take to finish when it closes, in milliseconds. */
  readonly grace?: number;
}

export interface Serving {
  readonly url: string;
  /** Stops accepting, lets what is in flight finish, closes the store. */
  close(): Promise<void>;
}

/** A phone on a bad line takes its time; a connection that says nothing is given up. */
const TIMEOUTS = { headersTimeout: 20_000, requestTimeout: 120_000 };

/**
 * Binds a receiver to a port.
 *
 * @throws ServeError `cannot-listen`
 */
export async function serve(receiver: Receiver, options: ServeOptions): Promise<Serving> {
  const { port, host = '127.0.0.1', grace = 10_000 } = options;
  let closing = false;
  const server = createAdaptorServer({
    serverOptions: TIMEOUTS,
    overrideGlobalObjects: false,
    async fetch(request, connection) {
      const response = await receiver.fetch(request, connection);
      // A connection kept open for a next request would keep the server from closing.
      if (closing) response.headers.set('Connection', 'close');
      return response;
    },
  }) as Server;

  server.listen(port, host);
  try {
    await once(server, 'listening');
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ServeError('cannot-listen', `Cannot listen on ${host}, port ${port}: ${reason}.`, { cause });
  }
  return {
    url: urlOf(server, host),
    async close() {
      closing = true;
      const closed = once(server, 'close');
      server.close();
      const impatient = setTimeout(() => server.closeAllConnections(), grace);
      await closed;
      clearTimeout(impatient);
      await receiver.close();
    },
  };
}

function urlOf(server: Server, host: string): string {
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}
