/**
 * A proxy between browser and demo that misbehaves on purpose: pages pass through it untouched, submissions meet the fault
 * that is set. Each proxy is an origin of its own, and so has storage of its own in the same browser. It keeps account of
 * what came, what the receiver said to it, and what of that went on to the browser whole.
 */
import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What happens to a submission. `afterCommit`: the receiver has it first, but its answer does not pass. */
export type Fault =
  /** The connection breaks when this share of the request's body has come, and the receiver never hears of it. */
  | { readonly kind: 'request-cut'; readonly share: number }
  /** The receiver gets this share of the body, then nothing more. */
  | { readonly kind: 'upstream-cut'; readonly share: number }
  /** The connection breaks before the answer's head. */
  | { readonly kind: 'answer-lost' }
  /** The connection breaks when this share of the answer's body has gone out. */
  | { readonly kind: 'answer-cut'; readonly share: number }
  /** Somebody else answers. */
  | { readonly kind: 'answer'; readonly answer: Answer; readonly afterCommit?: boolean }
  /** What is made of the receiver's own answer. */
  | { readonly kind: 'answer-changed'; readonly change: (body: string) => string }
  /** Nobody answers. */
  | { readonly kind: 'silence'; readonly afterCommit?: boolean }
  /** Waits at the door until `release`. */
  | { readonly kind: 'hold'; readonly afterCommit?: boolean }
  /** For pages of another origin: the question before the request is refused; or the answer lacks its permission. */
  | { readonly kind: 'preflight-refused' }
  | { readonly kind: 'answer-forbidden' };

export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** One submission that came, or the question whether it may, once for each attempt. */
export interface Post {
  readonly id: string;
  readonly kind: string;
  readonly body: Buffer;
  readonly fault: Fault | undefined;
  /** What the receiver said; undefined where it was not asked. */
  status?: number;
  replayed?: boolean;
  receipt?: string;
  /** The receiver's answer went out to the browser whole and unchanged. */
  isPassedOn: boolean;
}

export interface ProxyOptions {
  /** Serve pages whose element posts to this proxy by another name, and so across origins. */
  readonly isCrossOrigin?: boolean;
}

export class FaultyProxy {
  /** Met by every submission until it is changed; undefined: none. */
  fault: Fault | undefined;
  readonly posts: Post[] = [];
  readonly #target: URL;
  readonly #options: ProxyOptions;
  readonly #server = createServer((incoming, outgoing) => {
    // A connection that broke is what half of these tests are about.
    this.#serve(incoming, outgoing).catch(() => outgoing.destroy());
  });
  readonly #waiting = new Set<() => void>();
  readonly #held = new Set<() => void>();
  #port = 0;

  private constructor(target: string, options: ProxyOptions) {
    this.#target = new URL(target);
    this.#options = options;
  }

  static async start(target: string, options: ProxyOptions = {}): Promise<FaultyProxy> {
    const proxy = new FaultyProxy(target, options);
    proxy.#server.listen(0, '127.0.0.1');
    await once(proxy.#server, 'listening');
    proxy.#port = (proxy.#server.address() as AddressInfo).port;
    return proxy;
  }

  get url(): string {
    return `http://localhost:${this.#port}`;
  }

  /** Ids that a browser may rightly believe to be delivered. */
  get acknowledged(): ReadonlySet<string> {
    return new Set(this.posts.filter(({ isPassedOn }) => isPassedOn).map(({ id }) => id));
  }

  /** No more faults; what is held at the door goes on. */
  heal(): void {
    this.fault = undefined;
    this.release();
  }

  /** Lets what is held go on. */
  release(): void {
    for (const go of this.#held) go();
    this.#held.clear();
  }

  /** Waits until the account fits. The wait ends with the test. */
  async until(fits: (posts: readonly Post[]) => boolean): Promise<void> {
    while (!fits(this.posts)) await new Promise<void>((resolve) => this.#waiting.add(resolve));
  }

  async close(): Promise<void> {
    this.#server.close();
    this.#server.closeAllConnections();
    await once(this.#server, 'close');
  }

  #changed(): void {
    for (const look of this.#waiting) look();
    this.#waiting.clear();
  }

  async #serve(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const isSubmission = /\/submissions$/.test(incoming.url ?? '');
    if (isSubmission && incoming.method === 'OPTIONS') return this.#preflight(incoming, outgoing);
    if (isSubmission && incoming.method === 'POST') return this.#submission(incoming, outgoing);
    const given = await this.#ask(incoming, await read(incoming));
    const isPage = /html/.test(String(given.headers['content-type']));
    if (this.#options.isCrossOrigin && isPage) this.#moveEndpoint(given);
    this.#permit(given.headers);
    outgoing.writeHead(given.status, given.headers).end(given.body);
  }

  #preflight(incoming: IncomingMessage, outgoing: ServerResponse): void {
    if (this.fault?.kind === 'preflight-refused') {
      this.#note(incoming, Buffer.alloc(0), this.fault);
      outgoing.writeHead(403).end();
      return;
    }
    const headers: Headers = { 'access-control-allow-headers': 'Content-Type, Idempotency-Key' };
    this.#permit(headers);
    outgoing.writeHead(204, headers).end();
  }

  async #submission(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const { fault } = this;
    if (fault?.kind === 'request-cut') {
      await this.#cutComing(incoming, fault.share);
      return;
    }
    const body = await read(incoming);
    const post = this.#note(incoming, body, fault);
    const ask = async (): Promise<Given> => {
      const given = await this.#ask(incoming, body);
      post.status = given.status;
      post.replayed = given.headers['idempotency-replayed'] === 'true';
      post.receipt = given.body.toString();
      this.#changed();
      return given;
    };
    switch (fault?.kind) {
      case undefined:
        return this.#passOn(post, await ask(), outgoing);
      case 'hold': {
        const early = fault.afterCommit ? await ask() : undefined;
        await new Promise<void>((resolve) => this.#held.add(resolve));
        return this.#passOn(post, early ?? (await ask()), outgoing);
      }
      case 'silence':
        if (fault.afterCommit) await ask();
        return;
      case 'upstream-cut':
        await this.#cutGoing(incoming, body, fault.share);
        outgoing.destroy();
        return;
      case 'answer-lost':
        await ask();
        outgoing.destroy();
        return;
      case 'answer-cut': {
        const given = await ask();
        outgoing.writeHead(given.status, given.headers);
        const part = given.body.subarray(0, Math.floor(given.body.length * fault.share));
        // Written out before the connection goes, or the part would go with it.
        await new Promise((resolve) => outgoing.write(part.length > 0 ? part : ' ', resolve));
        outgoing.socket?.resetAndDestroy();
        return;
      }
      case 'answer-changed': {
        const { headers, status, body: text } = await ask();
        const changed = fault.change(text.toString());
        outgoing.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(changed) }).end(changed);
        return;
      }
      case 'answer': {
        if (fault.afterCommit) await ask();
        const { answer } = fault;
        outgoing.writeHead(answer.status, { 'content-type': 'text/plain', ...answer.headers }).end(answer.body ?? '');
        return;
      }
      case 'answer-forbidden': {
        const { headers, status, body: text } = await ask();
        outgoing.writeHead(status, headers).end(text);
        return;
      }
      case 'preflight-refused':
        // It came all the same, so the browser has asked no one: the test would prove nothing.
        throw new Error('A request came without its preflight.');
    }
  }

  #note(incoming: IncomingMessage, body: Buffer, fault: Fault | undefined): Post {
    const post: Post = {
      id: String(incoming.headers['idempotency-key']),
      kind: /"kind":"(\w+)"/.exec(body.toString())?.[1] ?? '',
      body,
      fault,
      isPassedOn: false,
    };
    this.posts.push(post);
    this.#changed();
    return post;
  }

  #passOn(post: Post, { body, headers, status }: Given, outgoing: ServerResponse): void {
    this.#permit(headers);
    outgoing.writeHead(status, headers).end(body);
    post.isPassedOn = status < 300;
    this.#changed();
  }

  /** Reads no further than this share of what is announced, then breaks the connection. */
  async #cutComing(incoming: IncomingMessage, share: number): Promise<void> {
    const length = Number(incoming.headers['content-length']);
    const parts: Buffer[] = [];
    let size = 0;
    if (share > 0) {
      for await (const part of incoming.iterator({ destroyOnReturn: false })) {
        parts.push(part);
        size += part.length;
        if (size >= length * share) break;
      }
    }
    this.#note(incoming, Buffer.concat(parts), this.fault);
    incoming.socket.resetAndDestroy();
  }

  /** Gives the receiver's side no more than this share of the body. */
  #cutGoing(incoming: IncomingMessage, body: Buffer, share: number): Promise<void> {
    return new Promise((resolve) => {
      const onward = request(new URL(incoming.url ?? '/', this.#target), {
        method: 'POST',
        headers: { ...incoming.headers, host: this.#target.host },
      });
      onward.on('error', () => resolve()).on('close', () => resolve());
      onward.write(body.subarray(0, Math.floor(body.length * share)), () => onward.destroy());
    });
  }

  #ask(incoming: IncomingMessage, body: Buffer): Promise<Given> {
    return new Promise((resolve, reject) => {
      const address = new URL(incoming.url ?? '/', this.#target);
      const { 'accept-encoding': _, ...headers } = incoming.headers;
      const onward = request(address, {
        method: incoming.method,
        headers: { ...headers, host: this.#target.host, connection: 'close' },
      });
      onward.on('error', reject);
      onward.on('response', (answer) => {
        const { connection: _, 'transfer-encoding': __, ...kept } = answer.headers;
        read(answer).then((text) => resolve({ status: answer.statusCode ?? 502, headers: kept, body: text }), reject);
      });
      onward.end(body);
    });
  }

  #moveEndpoint(given: Given): void {
    const elsewhere = `http://127.0.0.1:${this.#port}`;
    given.body = Buffer.from(given.body.toString().replace('endpoint="/receiver"', `endpoint="${elsewhere}/receiver"`));
    const { 'content-length': _, ...headers } = given.headers;
    const policy = String(headers['content-security-policy']).replace(
      "connect-src 'self'",
      `connect-src 'self' ${elsewhere}`,
    );
    given.headers = { ...headers, 'content-security-policy': policy };
  }

  #permit(headers: Headers): void {
    if (!this.#options.isCrossOrigin) return;
    headers['access-control-allow-origin'] = this.url;
    headers['access-control-expose-headers'] = 'Retry-After';
  }
}

type Headers = Record<string, string | string[] | number | undefined>;

interface Given {
  status: number;
  headers: Headers;
  body: Buffer;
}

async function read(stream: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(part);
  return Buffer.concat(parts);
}
