/** A TCP proxy in front of PostgreSQL that fails a connection in the middle of its COMMIT, as a network can. */
import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/**
 * `before`: the connection breaks, and the server never gets it. `after`: the server has done it, and the connection breaks.
 * `silence`: the server has done it, and nothing is heard of that.
 */
export type Cut = 'before' | 'after' | 'silence';

export interface CuttingProxy {
  readonly port: number;
  /** Fails the next connection that commits a transaction in which these words were sent. */
  cutNext(cut: Cut, words: string): void;
  /** How many it has failed. */
  readonly cuts: number;
  close(): Promise<void>;
}

/** The address of the same database through the proxy. */
export function throughProxy(address: string, { port }: CuttingProxy): string {
  const url = new URL(address);
  url.port = String(port);
  return url.href;
}

/** `commit` as the simple query that pg makes of it: a Q, the length, the text, a zero. */
const COMMIT = Buffer.from('Q\0\0\0\x0bcommit\0', 'latin1');

export async function openCuttingProxy(target: number): Promise<CuttingProxy> {
  let due: { readonly cut: Cut; readonly words: string } | undefined;
  let cuts = 0;
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = connect(target, '127.0.0.1');
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => {}).on('close', () => sockets.delete(socket));
    }
    const breakOff = (): void => {
      cuts += 1;
      client.resetAndDestroy();
      upstream.destroy();
    };
    let isMeant = false;
    let lost: Cut | undefined;
    client.on('data', (chunk) => {
      if (due !== undefined && chunk.includes(due.words)) isMeant = true;
      if (isMeant && chunk.includes(COMMIT)) {
        const cut = due?.cut;
        due = undefined;
        isMeant = false;
        if (cut === 'silence') cuts += 1;
        if (cut === 'before') return breakOff();
        lost = cut;
      }
      upstream.write(chunk);
    });
    // What comes after a commit is its answer: then it is on disk.
    upstream.on('data', (chunk) => {
      if (lost === 'after') breakOff();
      else if (lost === undefined) client.write(chunk);
    });
    client.on('close', () => upstream.destroy());
    upstream.on('close', () => client.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    cutNext(cut, words) {
      due = { cut, words };
    },
    get cuts() {
      return cuts;
    },
    async close() {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
