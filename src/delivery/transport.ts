import type { Clock } from './clock.ts';
import type { OutboxEntry } from './entry.ts';
import { judge, type Outcome } from './outcome.ts';
import { readText } from './read-text.ts';

/** One attempt to bring an entry to its endpoint. Keeps nothing and never rejects: whatever happens is an outcome. */
export interface SendOptions {
  readonly fetch: typeof fetch;
  readonly clock: Clock;
  /** Milliseconds of silence after which the attempt is given up, beyond what a slow line needs to send the body. */
  readonly timeout: number;
  /** The key to send under, if any. */
  readonly key?: string | undefined;
  /** Let the request outlive the page, where it is small enough for the browser to allow that. */
  readonly keepalive?: boolean;
}

/** Browsers refuse keepalive requests of more than 64 KiB, all of a page's together. */
const KEEPALIVE_LIMIT = 60 * 1024;
/** A receipt or a problem is a few hundred bytes. */
const ANSWER_LIMIT = 64 * 1024;
/** Bytes per millisecond of the slowest line that we wait for. */
const SLOWEST_LINE = 2;

export async function send(entry: OutboxEntry, options: SendOptions): Promise<Outcome> {
  const { fetch, clock, timeout, key, keepalive = false } = options;
  const silence = new AbortController();
  const watch = (ms: number) => clock.wait(ms, () => silence.abort());
  let unwatch = watch(timeout + entry.body.byteLength / SLOWEST_LINE);
  const noAnswer = (): Outcome => ({ status: 'retry', reason: silence.signal.aborted ? 'timeout' : 'network' });
  try {
    let response: Response;
    try {
      response = await fetch(`${entry.endpoint}/studies/${encodeURIComponent(entry.study)}/submissions`, {
        method: 'POST',
        headers: {
          'Content-Type': 'application/json',
          'Idempotency-Key': entry.id,
          ...(key !== undefined && { Authorization: `Bearer ${key}` }),
        },
        body: entry.body,
        credentials: 'omit',
        redirect: 'manual',
        cache: 'no-store',
        referrerPolicy: 'no-referrer',
        keepalive: keepalive && entry.body.byteLength <= KEEPALIVE_LIMIT,
        signal: silence.signal,
      });
    } catch {
      // The platform does not say which: offline, refused, cut off, or an answer without CORS headers.
      return noAnswer();
    }
    unwatch();
    unwatch = watch(timeout);
    let text: string | undefined;
    try {
      text = await readText(response, ANSWER_LIMIT);
    } catch {
      // A receipt that broke off is none; any other answer has said all we need by its status.
      if (response.ok) return noAnswer();
    }
    return judge(response, text, entry, clock.now());
  } finally {
    unwatch();
  }
}
