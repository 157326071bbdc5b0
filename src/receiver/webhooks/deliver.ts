import { KIT } from '../../submission/kit.ts';
import { readRetryAfter } from './retry-plan.ts';
import { signedHeaders } from './signature.ts';
import type { Webhook } from './webhook.ts';

/** One attempt to hand over one event. */

/** What came of it: the other end's status, or that there was none. */
export type Attempt =
  | { readonly status: number; readonly retryAfter?: number | undefined }
  /** `stopped`: by us, before an answer. Whether it arrived is open, as with the others. */
  | { readonly failure: 'timeout' | 'unreachable' | 'stopped' };

export interface DeliveryEdges {
  readonly fetch: typeof globalThis.fetch;
  readonly now: () => Date;
  /** How long the other end may take to answer, in milliseconds. */
  readonly timeout: number;
}

/**
 * Posts an event. Redirects are not followed: the address is the operator's word. The answer's body is not read.
 *
 * @param stop aborted when the receiver closes
 */
export async function deliver(
  webhook: Webhook,
  event: { readonly id: string; readonly body: string },
  { fetch, now, timeout }: DeliveryEdges,
  stop: AbortSignal,
): Promise<Attempt> {
  const patience = AbortSignal.timeout(timeout);
  let response: Response;
  try {
    response = await fetch(webhook.url, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        'User-Agent': KIT,
        ...signedHeaders(webhook.secrets, event, now()),
      },
      body: event.body,
      redirect: 'manual',
      signal: AbortSignal.any([stop, patience]),
    });
  } catch {
    // Why a connection failed, in the engine's words, may name addresses: the kind of failure is all that is kept.
    if (stop.aborted) return { failure: 'stopped' };
    return { failure: patience.aborted ? 'timeout' : 'unreachable' };
  }
  // It has answered; that the rest of the answer cannot be let go of changes nothing.
  await response.body?.cancel().catch(() => undefined);
  return { status: response.status, retryAfter: readRetryAfter(response.headers.get('retry-after'), now().getTime()) };
}
