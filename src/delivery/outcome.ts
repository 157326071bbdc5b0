import { fitted, jsonOf } from '../study/read.ts';
import { type ProblemDetails, problemDetailsSchema, type Receipt, receiptSchema } from '../submission/receipt.ts';
import type { HeldReason, OutboxEntry, RetryReason } from './entry.ts';
import { retryAfter } from './retry-after.ts';

/**
 * What an answer means for the entry that it answers. Only `acknowledged` lets go of it.
 */
export type Outcome =
  | { readonly status: 'acknowledged'; readonly receipt?: Receipt }
  | {
      readonly status: 'retry';
      readonly reason: RetryReason;
      /** Milliseconds that the endpoint asked to wait. */
      readonly after?: number;
    }
  | { readonly status: 'held'; readonly reason: HeldReason }
  | { readonly status: 'parked'; readonly problem: ProblemDetails };

/**
 * @param text the answer's body; `undefined` when it was too long to be one of ours, or broke off.
 * @param now epoch milliseconds by this device's clock.
 */
export function judge(response: Response, text: string | undefined, entry: OutboxEntry, now: number): Outcome {
  const { status } = response;
  if (response.type === 'opaqueredirect' || response.redirected || (status >= 300 && status < 400)) {
    return { status: 'retry', reason: 'redirect' };
  }
  if (response.ok) return judgeReceipt(response, text, entry);
  if (status === 401) return { status: 'held', reason: 'unauthorised' };
  if (status === 403) return { status: 'held', reason: 'forbidden' };
  if (COME_BACK.has(status) || status >= 500) {
    const after = retryAfter(response.headers, now);
    const reason = status >= 500 ? 'server-error' : 'busy';
    return after === undefined ? { status: 'retry', reason } : { status: 'retry', reason, after };
  }
  if (status >= 400) return { status: 'parked', problem: readProblem(status, text) };
  return { status: 'retry', reason: 'not-a-receipt' };
}

/** Request timeout, conflict (the same key in flight, or a screening yet to arrive), too early, too many requests. */
const COME_BACK = new Set([408, 409, 425, 429]);

function judgeReceipt(response: Response, text: string | undefined, entry: OutboxEntry): Outcome {
  const receipt = readReceipt(text, entry);
  if (receipt) return { status: 'acknowledged', receipt };
  const enough = entry.receipt === 'none' && text !== undefined && !isWebPage(response, text);
  return enough ? { status: 'acknowledged' } : { status: 'retry', reason: 'not-a-receipt' };
}

/** The receipt of this very submission, and of no other. */
function readReceipt(text: string | undefined, entry: OutboxEntry): Receipt | undefined {
  const receipt = fitted(receiptSchema, jsonOf(text));
  return receipt?.id === entry.id && receipt.digest === entry.digest ? receipt : undefined;
}

/** A login page of the network in between, whatever it calls itself. */
function isWebPage(response: Response, text: string): boolean {
  return (
    /html/i.test(response.headers.get('Content-Type') ?? '') ||
    /<(!doctype\s+html|html|head|body|meta|script)\b/i.test(text.slice(0, 2000))
  );
}

/** What the endpoint said, short enough to keep and to show; the status is the answer's own. */
function readProblem(status: number, text: string | undefined): ProblemDetails {
  const data = fitted(problemDetailsSchema, jsonOf(text));
  if (data === undefined) return { type: 'about:blank', status };
  return {
    type: data.type.slice(0, 200),
    status,
    ...(data.title && { title: data.title.slice(0, 200) }),
    ...(data.detail && { detail: data.detail.slice(0, 2000) }),
  };
}

/** Its bytes are not those that were written. What a person can read who opens the download. */
export const DAMAGED: Outcome = {
  status: 'parked',
  problem: { type: 'urn:steady:damaged-entry', title: 'This copy was damaged on the device that kept it.' },
};
