import type * as v from 'valibot';
import { fitted, jsonOf } from '../study/read.ts';
import { SteadyError } from '../study/steady-error.ts';
import { checkWrongSchema } from '../submission/participation.ts';
import { problemDetailsSchema } from '../submission/receipt.ts';
import { readText } from './read-text.ts';

/** One question to an endpoint, for whoever may ask: how it is put, and what counts as an answer. */

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

/** Where a study's calls go. */
export interface CallPlace {
  /** `{endpoint}/studies/{study}`, the endpoint normalised. */
  readonly base: string;
  readonly fetch: typeof fetch;
}

export function callPlace(
  endpoint: string,
  study: string,
  fetch: typeof globalThis.fetch = (...request) => globalThis.fetch(...request),
): CallPlace {
  return { base: `${endpoint}/studies/${encodeURIComponent(study)}`, fetch };
}

export interface CallOptions {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly token?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly keepalive?: boolean;
}

/** Milliseconds of silence after which a call is given up. */
const PATIENCE = 10_000;
/** What somebody has written between all their sessions comes whole, each text of 20,000 characters at most. */
export const LARGEST_ANSWER = 2 * 1024 * 1024;

/**
 * Asks for JSON.
 *
 * @throws CallError
 */
export function callJson(
  place: CallPlace,
  path: string,
  options: CallOptions,
): Promise<{ readonly json: unknown; readonly etag: string }> {
  return callEndpoint(place, path, options, async (response) => {
    const text = await readText(response, LARGEST_ANSWER);
    const json = jsonOf(text);
    if (!response.ok) throw problem(response, json);
    // What was kept is answered without a body; a web page in its place has one.
    const isEmpty = options.method !== 'GET' && text === '';
    if (json === undefined && !isEmpty) throw notAnEndpoint(response.status);
    return { json, etag: response.headers.get('ETag') ?? '' };
  });
}

/**
 * Asks, and lets `read` have the answer.
 *
 * @throws CallError
 */
export async function callEndpoint<Result>(
  { base, fetch }: CallPlace,
  path: string,
  { method, token, body, headers, keepalive = false }: CallOptions,
  read: (response: Response) => Promise<Result>,
): Promise<Result> {
  try {
    const response = await fetch(`${base}/${path}`, {
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

export function problem(response: Response, json: unknown): CallError {
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

export function notAnEndpoint(status: number): CallError {
  return new CallError('unreachable', `What answered (${status}) was not the endpoint.`);
}

/** The answer as `schema` has it. @throws CallError */
export function expected<Schema extends v.GenericSchema>(schema: Schema, json: unknown): v.InferOutput<Schema> {
  const value = fitted(schema, json);
  if (value === undefined) throw notAnEndpoint(200);
  return value;
}
