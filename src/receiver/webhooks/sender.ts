import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from '../log.ts';
import type { Store } from '../store/store.ts';
import type { EventOutcome, EventRow } from '../store/webhook-store.ts';
import { type Attempt, type DeliveryEdges, deliver } from './deliver.ts';
import { nextAttempt } from './retry-plan.ts';
import type { Webhook } from './webhook.ts';

/**
 * Hands one study's events to its webhook, until they are taken or five days are over. The queue is in the database:
 * several receivers may work on it, and one that is killed loses nothing. An event may arrive twice, and events may arrive
 * in any order; their ids tell.
 */

export interface SenderOptions {
  readonly study: string;
  readonly webhook: Webhook;
  readonly store: Store;
  readonly logger: Logger;
  readonly now?: () => Date;
  readonly random?: () => number;
  readonly fetch?: typeof globalThis.fetch;
  /** How long the other end may take to answer, in milliseconds. */
  readonly timeout?: number;
  /** Ends after so many milliseconds, or with the signal: then it rejects. */
  readonly sleep?: (ms: number, signal: AbortSignal) => Promise<unknown>;
}

export interface Sender {
  /** Something may be due now. */
  wake(): void;
  /** Sends what is due, once each. Returns when the next is due; undefined when none waits. */
  sendDue(): Promise<Date | undefined>;
  /** Sends what becomes due, from now on. */
  start(): void;
  /** Ends what is being sent, and gives it back to the queue. */
  stop(): Promise<void>;
}

/** The specification's own advice is 15 to 30 seconds. */
const TIMEOUT = 15_000;
/** Until who claimed an event is taken for dead. Well over the time an attempt may take. */
const LEASE = 60_000;
/** At most so many at once: the other end may be small. */
const AT_ONCE = 4;
/** How long it sleeps at most: another process may have queued something. */
const POLL = 30_000;
const GONE = 410;

export function createSender(options: SenderOptions): Sender {
  const { study, webhook, store, logger, now = () => new Date(), random = Math.random, sleep = usualSleep } = options;
  const edges: DeliveryEdges = { fetch: options.fetch ?? globalThis.fetch, now, timeout: options.timeout ?? TIMEOUT };
  const stopping = new AbortController();
  let nap = new AbortController();
  let woken = false;
  let running: Promise<void> | undefined;

  function claim(): Promise<EventRow[]> {
    const at = now();
    const until = new Date(at.getTime() + LEASE).toISOString();
    return store.transaction((tx) => tx.claimEvents({ study, now: at.toISOString(), until, limit: AT_ONCE }));
  }

  async function send(event: EventRow): Promise<void> {
    const attempt = await deliver(webhook, event, edges, stopping.signal);
    const outcome = outcomeOf(event, attempt, now(), random);
    const mine = await store.transaction((tx) => tx.settleEvent(event, outcome));
    if (mine) tell(event, outcome);
  }

  function tell(
    { id, type, attempts }: EventRow,
    { lastStatus, lastFailure, gaveUpAt, deliveredAt }: EventOutcome,
  ): void {
    const line = {
      study,
      event: id,
      type,
      attempts,
      ...(lastStatus === null ? { failure: lastFailure } : { status: lastStatus }),
    };
    if (deliveredAt !== null) logger.info(line, 'webhook delivered');
    else if (gaveUpAt !== null) logger.error(line, 'webhook given up');
    else logger.warn(line, 'webhook failed');
  }

  async function sendDue(): Promise<Date | undefined> {
    for (let events = await claim(); events.length > 0; events = await claim()) {
      const sent = await Promise.allSettled(events.map(send));
      for (const one of sent) if (one.status === 'rejected') throw one.reason;
      if (stopping.signal.aborted) return undefined;
    }
    const due = await store.transaction((tx) => tx.nextEventDue(study));
    return due === undefined ? undefined : new Date(due);
  }

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      woken = false;
      const due = await sendDue().catch((error: unknown) => {
        const code = error instanceof Error && 'code' in error ? error.code : undefined;
        logger.error({ study, code }, 'webhook queue failed');
        return undefined;
      });
      if (woken || stopping.signal.aborted) continue;
      nap = new AbortController();
      const ms = due === undefined ? POLL : Math.min(POLL, Math.max(0, due.getTime() - now().getTime()));
      await sleep(ms, nap.signal).catch((error: unknown) => {
        if (!nap.signal.aborted) throw error;
      });
    }
  }

  const wake = (): void => {
    woken = true;
    nap.abort();
  };
  return {
    wake,
    sendDue,
    start() {
      running ??= run();
    },
    async stop() {
      stopping.abort();
      wake();
      await running;
    },
  };
}

function outcomeOf(event: EventRow, attempt: Attempt, now: Date, random: () => number): EventOutcome {
  const at = now.toISOString();
  const none = { dueAt: null, lastStatus: null, lastFailure: null, deliveredAt: null, gaveUpAt: null };
  if ('failure' in attempt && attempt.failure === 'stopped') return { ...none, dueAt: at, lastFailure: 'stopped' };
  const last = 'status' in attempt ? { lastStatus: attempt.status } : { lastFailure: attempt.failure };
  if ('status' in attempt && attempt.status >= 200 && attempt.status < 300)
    return { ...none, ...last, deliveredAt: at };
  const gone = 'status' in attempt && attempt.status === GONE;
  const next = nextAttempt(
    {
      createdAt: Date.parse(event.createdAt),
      attempts: event.attempts,
      now: now.getTime(),
      retryAfter: 'status' in attempt ? attempt.retryAfter : undefined,
    },
    random,
  );
  if (gone || next === undefined) return { ...none, ...last, gaveUpAt: at };
  return { ...none, ...last, dueAt: new Date(next).toISOString() };
}

function usualSleep(ms: number, signal: AbortSignal): Promise<void> {
  return delay(ms, undefined, { signal, ref: false });
}
