import type { Logger } from '../log.ts';
import type { Store } from '../store/store.ts';
import { createQueue, type QueueEvent } from './queue-event.ts';
import { createSender } from './sender.ts';
import type { Webhooks } from './webhook.ts';

/** All webhooks of one receiver: what queues their events, and what sends them while it runs. */
export interface WebhookSenders {
  readonly queueEvent: QueueEvent;
  /**
   * Call when a request begins, and what it returns when it has ended: whatever was queued in between is committed then, by
   * this request or by another, and is sent without waiting.
   */
  watch(): () => void;
  start(): void;
  /** Ends what is being sent, and gives it back to the queue. */
  stop(): Promise<void>;
}

export function createWebhookSenders(
  webhooks: Webhooks,
  { store, logger, now }: { readonly store: Store; readonly logger: Logger; readonly now: () => Date },
): WebhookSenders {
  const senders = [...webhooks].map(([study, webhook]) => createSender({ study, webhook, store, logger, now }));
  let queued = 0;
  return {
    queueEvent: createQueue(webhooks, () => {
      queued += 1;
    }),
    watch() {
      const before = queued;
      return () => {
        if (queued !== before) for (const sender of senders) sender.wake();
      };
    },
    start() {
      for (const sender of senders) sender.start();
    },
    async stop() {
      await Promise.all(senders.map((sender) => sender.stop()));
    },
  };
}
