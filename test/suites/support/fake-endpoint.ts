import { digestOf } from '../../../src/submission/digest.ts';
import type { Receipt } from '../../../src/submission/receipt.ts';

/** One request as it arrived. */
export interface Seen {
  readonly url: string;
  readonly id: string;
  readonly key: string | null;
  readonly keepalive: boolean;
  readonly body: string;
}

/** What happens to one request. `commit` stores it, once per key, and gives its receipt; `signal` is the sender's. */
export type Fault = (commit: () => Promise<Receipt>, signal: AbortSignal) => Promise<Response>;

/** An endpoint that is a function: it stores by idempotency key and answers with receipts, unless a fault comes first. */
export class FakeEndpoint {
  readonly seen: Seen[] = [];
  /** What happens to the next requests; `undefined`: nothing out of the ordinary. */
  readonly faults: (Fault | undefined)[] = [];
  /** By id, what was stored first under it, and how often something was. */
  readonly stored = new Map<string, { readonly body: string; times: number }>();
  /** Ids whose true receipt was given out whole. */
  readonly acknowledged = new Set<string>();
  /** The most requests that were under way at once. */
  busiest = 0;
  #underWay = 0;

  readonly fetch: typeof fetch = async (input, init) => {
    const headers = new Headers(init?.headers);
    const id = headers.get('Idempotency-Key') ?? '';
    const body = new TextDecoder().decode(init?.body as Uint8Array<ArrayBuffer>);
    const { keepalive = false, signal } = init ?? {};
    this.seen.push({ url: String(input), id, key: headers.get('Authorization'), keepalive, body });
    this.busiest = Math.max(this.busiest, ++this.#underWay);
    const commit = async (): Promise<Receipt> => {
      const digest = await digestOf(JSON.parse(body));
      const kept = this.stored.get(id);
      if (kept) kept.times += kept.body === body ? 0 : 1;
      else this.stored.set(id, { body, times: 1 });
      return { id, digest, receivedAt: '2025-03-03T09:00:01.000Z', deviations: [] };
    };
    try {
      const fault = this.faults.shift();
      if (fault) return await fault(commit, signal ?? new AbortController().signal);
      const receipt = await commit();
      this.acknowledged.add(id);
      return Response.json(receipt, { status: 201 });
    } finally {
      this.#underWay--;
    }
  };

  get ids(): string[] {
    return this.seen.map(({ id }) => id);
  }
}

export const requestLost: Fault = () => Promise.reject(new TypeError('fetch failed'));

export const answerLost: Fault = async (commit) => {
  await commit();
  throw new TypeError('fetch failed');
};

export function answers(status: number, headers: Record<string, string> = {}, body = ''): Fault {
  return async () => new Response(status === 204 ? null : body, { status, headers });
}

export const webPage = answers(200, { 'Content-Type': 'text/html' }, '<!doctype html><title>Guest network</title>');

export const wrongDigest: Fault = async (commit) => Response.json({ ...(await commit()), digest: '0'.repeat(64) });

export const truncated: Fault = async (commit) =>
  new Response(JSON.stringify(await commit()).slice(0, -5), { status: 201 });

/** No answer, until the sender gives up. */
export const silence: Fault = (_commit, signal) =>
  new Promise((_resolve, reject) => {
    signal.throwIfAborted();
    signal.addEventListener('abort', () => reject(signal.reason));
  });

/** Holds one request back until it is let go, then treats it as `then` says. */
export function held(then?: Fault) {
  const arrived = Promise.withResolvers<void>();
  const gate = Promise.withResolvers<void>();
  const fault: Fault = async (commit, signal) => {
    arrived.resolve();
    await gate.promise;
    return then ? then(commit, signal) : Response.json(await commit(), { status: 201 });
  };
  return { fault, arrived: arrived.promise, letGo: () => gate.resolve() };
}
