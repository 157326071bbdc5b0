/** Somebody's own mailer: a real HTTP server that takes deliveries, or fails to in the way a test asks for. */
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';

export interface Delivery {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly path: string;
}

/** What it does with a delivery: answers with a status and headers, hangs up, or says nothing. */
export type Reaction = number | readonly [number, Record<string, string>] | 'hang-up' | 'silence';

export interface Target {
  readonly url: string;
  readonly got: readonly Delivery[];
  /** What it does next, one after another; afterwards 204. */
  react(...reactions: Reaction[]): void;
  /** Waits until it has been asked so many times in all. */
  untilAsked(times: number): Promise<void>;
  /** The ids of what it took, each checked against the secret. @throws where a signature is not right */
  verified(secret: string): string[];
  close(): Promise<void>;
}

export async function openTarget(): Promise<Target> {
  const got: Delivery[] = [];
  const reactions: Reaction[] = [];
  const server = createServer(async (request, response) => {
    const body = await textOf(request);
    got.push({ headers: request.headers, body, path: request.url ?? '' });
    server.emit('asked');
    answer(response, reactions.shift() ?? 204);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/hook`,
    got,
    react(...more) {
      reactions.push(...more);
    },
    async untilAsked(times) {
      while (got.length < times) await once(server, 'asked');
    },
    verified(secret) {
      return got.map(({ body, headers }) => {
        new Webhook(secret).verify(body, headers as Record<string, string>);
        return String(headers['webhook-id']);
      });
    },
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

function answer(response: ServerResponse, reaction: Reaction): void {
  if (reaction === 'silence') return;
  if (reaction === 'hang-up') {
    response.destroy();
    return;
  }
  const [status, headers] = typeof reaction === 'number' ? [reaction, {}] : reaction;
  response.writeHead(status, headers).end(status === 204 || status === 304 ? undefined : 'words nobody reads');
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}
