import type * as v from 'valibot';
import { fitted, jsonOf } from '../study/read.ts';
import { SteadyError } from '../study/steady-error.ts';
import { type Draft, draftSchema } from '../submission/draft.ts';
import {
  checkWrongSchema,
  type Enrolment,
  type EnrolmentRequest,
  enrolmentSchema,
  type Me,
  type MyScores,
  meSchema,
  myScoresSchema,
} from '../submission/participation.ts';
import { problemDetailsSchema } from '../submission/receipt.ts';
import type { Credentials } from './key-ring.ts';
import { readText } from './read-text.ts';

/**
 * An endpoint that did not do what was asked of it. `code` is its problem's name (`invitation-spent`, `not-signed-in`), or
 * `unreachable` where nothing of an endpoint answered: no network, silence, a redirect, a web page.
 */
export class CallError extends SteadyError {
  /** HTTP's; 0 where no endpoint answered: a portal's 401 says nothing of a participant. */
  readonly status: number;
  /** Of a `check-wrong`: how often one can still try. */
  readonly triesLeft: number | undefined;

  constructor(code: string, message: string, options: { status?: number; triesLeft?: number; cause?: unknown } = {}) {
    super(code, message, options.cause === undefined ? undefined : { cause: options.cause });
    this.status = options.status ?? 0;
    this.triesLeft = options.triesLeft;
  }
}

export interface KeptDraft {
  readonly draft: Draft;
  readonly etag: string;
}

interface CallOptions {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly token?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly keepalive?: boolean;
}

/** Milliseconds of silence after which a call is given up. */
const PATIENCE = 10_000;
/** A draft is 64 KB at most. */
const LARGEST_ANSWER = 128 * 1024;

/**
 * What a participant's page asks of the endpoint beside handing in submissions, which is the outbox's. Nothing is tried
 * again here and nothing kept: whoever calls decides.
 */
export class ParticipantCalls {
  readonly #base: string;
  readonly #fetch: typeof fetch;
  /** `GET /me` under way, by token: the outbox and the session ask at the same moment. */
  readonly #asking = new Map<string, Promise<Me>>();

  /** @param endpoint normalised base address */
  constructor(
    endpoint: string,
    study: string,
    fetch: typeof globalThis.fetch = (...request) => globalThis.fetch(...request),
  ) {
    this.#base = `${endpoint}/studies/${encodeURIComponent(study)}`;
    this.#fetch = fetch;
  }

  /**
   * Spends an invitation, or moves a participant to this device. The same request again gets the same answer again.
   *
   * @throws CallError
   */
  async enrol(request: EnrolmentRequest): Promise<Enrolment> {
    const { json } = await this.#call('participants', { method: 'POST', body: request });
    return expected(enrolmentSchema, json);
  }

  /** Who this is, and what is next. @throws CallError */
  me(token: string): Promise<Me> {
    const asking =
      this.#asking.get(token) ??
      this.#call('me', { method: 'GET', token })
        .then(({ json }) => expected(meSchema, json))
        .finally(() => this.#asking.delete(token));
    this.#asking.set(token, asking);
    return asking;
  }

  /** Makes a code the one way back. @throws CallError */
  async setReturn(token: string, returnHash: string): Promise<void> {
    await this.#call('me/return', { method: 'PUT', token, body: { returnHash } });
  }

  /** Undefined where there is none, or none that this kit can read. @throws CallError */
  async readDraft(token: string, key: string): Promise<KeptDraft | undefined> {
    try {
      const { json, etag } = await this.#call(`me/drafts/${key}`, { method: 'GET', token });
      const draft = fitted(draftSchema, json);
      return draft && { draft, etag };
    } catch (error) {
      if (error instanceof CallError && error.code === 'no-draft') return undefined;
      throw error;
    }
  }

  /**
   * Keeps a draft in the place of the one that `etag` names; without it, where there is none yet.
   *
   * @returns the new draft's ETag
   * @throws CallError `draft-changed` where another device was faster
   */
  async writeDraft(token: string, key: string, draft: Draft, etag?: string, keepalive = false): Promise<string> {
    // What only a tab keeps does not travel.
    const { pending: _pending, ...kept } = { pending: undefined, ...draft };
    const condition = etag === undefined ? { 'If-None-Match': '*' } : { 'If-Match': etag };
    const call = { method: 'PUT', token, body: kept, headers: condition, keepalive } as const;
    const answer = await this.#call(`me/drafts/${key}`, call);
    if (answer.etag === '') throw notAnEndpoint(200);
    return answer.etag;
  }

  /** @throws CallError */
  async removeDraft(token: string, key: string): Promise<void> {
    await this.#call(`me/drafts/${key}`, { method: 'DELETE', token, keepalive: true });
  }

  /**
   * What this participant has signed: the record as it is kept, or the document to keep.
   *
   * @param submission the one that it was signed by
   * @throws CallError
   */
  async record(token: string, submission: string, as: 'record' | 'pdf'): Promise<Blob> {
    const [path, type] = as === 'pdf' ? ['/copy', 'application/pdf'] : ['', 'application/json'];
    const options = { method: 'GET', token, headers: { Accept: `${type}, application/problem+json` } } as const;
    return this.#request(`me/records/${submission}${path}`, options, async (response) => {
      if (!response.ok) throw problem(response, jsonOf(await readText(response, LARGEST_ANSWER)));
      const blob = await response.blob();
      if (!response.headers.get('Content-Type')?.startsWith(type)) throw notAnEndpoint(response.status);
      return blob;
    });
  }

  /** This participant's own scores over time, as far as the study lets them be seen. @throws CallError */
  async scores(token: string): Promise<MyScores> {
    return expected(myScoresSchema, (await this.#call('me/scores', { method: 'GET', token })).json);
  }

  /**
   * The file of an instrument whose words a site has brought: as JSON, to be read as untrusted.
   *
   * @param token of a participant; nobody's where an open assessment asks it
   * @throws CallError
   */
  async instrument(id: string, token?: string): Promise<unknown> {
    const path = `instruments/${encodeURIComponent(id)}`;
    return (await this.#call(path, { method: 'GET', ...(token !== undefined && { token }) })).json;
  }

  #call(path: string, options: CallOptions): Promise<{ readonly json: unknown; readonly etag: string }> {
    return this.#request(path, options, async (response) => {
      const text = await readText(response, LARGEST_ANSWER);
      const json = jsonOf(text);
      if (!response.ok) throw problem(response, json);
      // What was kept is answered without a body; a web page in its place has one.
      const isEmpty = options.method !== 'GET' && text === '';
      if (json === undefined && !isEmpty) throw notAnEndpoint(response.status);
      return { json, etag: response.headers.get('ETag') ?? '' };
    });
  }

  async #request<Result>(
    path: string,
    { method, token, body, headers, keepalive = false }: CallOptions,
    read: (response: Response) => Promise<Result>,
  ): Promise<Result> {
    try {
      const response = await this.#fetch(`${this.#base}/${path}`, {
        method,
        headers: {
          Accept: 'application/json',
          ...(body !== undefined && { 'Content-Type': 'application/json' }),
          ...(token !== undefined && { Authorization: `Bearer ${token}` }),
          ...headers,
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
        credentials: 'omit',
        redirect: 'manual',
        cache: 'no-store',
        referrerPolicy: 'no-referrer',
        keepalive,
        signal: AbortSignal.timeout(PATIENCE),
      });
      return await read(response);
    } catch (cause) {
      if (cause instanceof CallError) throw cause;
      throw new CallError('unreachable', 'The endpoint could not be reached.', { cause });
    }
  }
}

/** Asks `GET /me` whose credentials these are, as the outbox does before it uses them. */
export function whoIs(callsOf: (study: string) => ParticipantCalls) {
  return async ({ study, token }: Credentials): Promise<string | undefined> => {
    if (token === undefined) return undefined;
    return (await callsOf(study).me(token)).participant;
  };
}

function problem(response: Response, json: unknown): CallError {
  const { status } = response;
  const { type, title } = fitted(problemDetailsSchema, json) ?? {};
  const code = /^urn:steady:problem:([a-z-]+)$/.exec(type ?? '')?.[1];
  // A portal of the network in between answers as it likes.
  if (code === undefined) return notAnEndpoint(status);
  const { triesLeft } = fitted(checkWrongSchema, json) ?? {};
  return new CallError(code, `The endpoint answered ${status}: ${title ?? code}.`, {
    status,
    ...(triesLeft !== undefined && { triesLeft }),
  });
}

function notAnEndpoint(status: number): CallError {
  return new CallError('unreachable', `What answered (${status}) was not the endpoint.`);
}

function expected<Schema extends v.GenericSchema>(schema: Schema, json: unknown): v.InferOutput<Schema> {
  const value = fitted(schema, json);
  if (value === undefined) throw notAnEndpoint(200);
  return value;
}
