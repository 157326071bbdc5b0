import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { digestOf } from '../../../src/submission/digest.ts';
import type { Receipt } from '../../../src/submission/receipt.ts';

/** One request, and what a server may make of it. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly body: string;
  readonly response: ServerResponse;
  /** Stores the submission, once per key, and gives its receipt. */
  commit(): Promise<Receipt>;
}

export type Behaviour = (exchange: Exchange) => void | Promise<void>;

/** A real HTTP endpoint that misbehaves as told, request by request, and then behaves. */
export class FaultyServer {
  readonly #server = createServer((request, response) => this.#answer(request, response));
  /** What is done with the next requests. */
  readonly behaviours: Behaviour[] = [];
  /** Keys and digests of what was stored. */
  readonly stored = new Map<string, string>();
  readonly requests: { readonly request: IncomingMessage; readonly body: string }[] = [];
  url = '';

  static async start(): Promise<FaultyServer> {
    const faulty = new FaultyServer();
    await new Promise<void>((resolve) => faulty.#server.listen(0, '127.0.0.1', resolve));
    faulty.url = `http://127.0.0.1:${(faulty.#server.address() as AddressInfo).port}`;
    return faulty;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString();
    this.requests.push({ request, body });
    const commit = async (): Promise<Receipt> => {
      const id = String(request.headers['idempotency-key']);
      const digest = await digestOf(JSON.parse(body));
      this.stored.set(id, digest);
      return { id, digest, receivedAt: '2025-03-03T09:00:01.000Z', deviations: [] };
    };
    await (this.behaviours.shift() ?? acknowledge)({ request, body, response, commit });
  }
}

export const acknowledge: Behaviour = async ({ response, commit }) => {
  json(response, 201, await commit());
};

export function answer(status: number, headers: Record<string, string> = {}, body = ''): Behaviour {
  return ({ response }) => {
    response.writeHead(status, headers).end(body);
  };
}

/** Answers with what `change` makes of the receipt. */
export function answerReceipt(change: (receipt: Receipt) => unknown, status = 201): Behaviour {
  return async ({ response, commit }) => json(response, status, change(await commit()));
}

/** Cuts the connection after a part of the answer: 0 is before its first byte. */
export function cutAnswer(part: number): Behaviour {
  return async ({ response, commit }) => {
    const text = JSON.stringify(await commit());
    if (part > 0) {
      response.writeHead(201, {
        'Content-Type': 'application/json',
        'Content-Length': String(Buffer.byteLength(text)),
      });
      await new Promise<void>((resolve) =>
        response.write(text.slice(0, Math.floor(text.length * part)), () => resolve()),
      );
    }
    response.destroy();
  };
}

function json(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(value));
}
