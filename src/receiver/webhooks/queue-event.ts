import { v7 } from 'uuid';
import type { Mode } from '../mode.ts';
import type { StoreTransaction } from '../store/store.ts';
import type { Webhooks } from './webhook.ts';

/** Puts events into the queue, in the transaction that does what they tell of: neither is there without the other. */

export type EventType =
  | 'enrolled'
  | 'consent-signed'
  | 'consent-declined'
  | 'consent-paper'
  | 'withdrawn'
  | 'safety'
  | 'assessment-due'
  | 'assessment-overdue';

export interface NewEvent {
  readonly study: string;
  readonly type: EventType;
  /** Absent where nobody was signed in. */
  readonly participant?: string | undefined;
  readonly site?: string | undefined;
  /** What it was done by, where staff can look it up by its id. */
  readonly submission?: string | undefined;
  /** Of the study file, and the day on which it is due. */
  readonly assessment?: string | undefined;
  readonly day?: string | undefined;
  /** When it happened, UTC. */
  readonly at: string;
  readonly mode: Mode;
}

export type QueueEvent = (tx: StoreTransaction, event: NewEvent) => Promise<void>;

/**
 * Queues what happens in the studies that have a webhook; of the others nothing is kept.
 *
 * @param onQueued told of each, before its transaction is committed
 */
export function createQueue(
  webhooks: Webhooks,
  onQueued: (study: string) => void = () => {},
  newId: () => string = v7,
): QueueEvent {
  return async (tx, { study, type, participant, site, submission, assessment, day, at, mode }) => {
    const webhook = webhooks.get(study);
    if (webhook === undefined) return;
    const { page } = webhook;
    // Ids and links without secrets, never who somebody is or what they answered: the other end may log what it gets.
    const data = {
      ...{ study, ...(participant !== undefined && { participant }), ...(site !== undefined && { site }), mode },
      ...(submission !== undefined && { submission }),
      ...(assessment !== undefined && { assessment }),
      ...(day !== undefined && { day }),
      ...(page !== undefined && { page }),
    };
    await tx.addEvent({
      study,
      id: newId(),
      type,
      mode,
      site: site ?? null,
      body: JSON.stringify({ type, timestamp: at, data }),
      createdAt: at,
      dueAt: at,
      attempts: 0,
      lastStatus: null,
      lastFailure: null,
      deliveredAt: null,
      gaveUpAt: null,
    });
    onQueued(study);
  };
}
