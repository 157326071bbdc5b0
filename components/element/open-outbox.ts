import { createOutbox, type Outbox } from '../../src/delivery/outbox.ts';
import { pageSignals } from '../../src/delivery/page-signals.ts';

const outboxes = new Map<string, Outbox>();

/**
 * The page's outbox for one endpoint, shared by every element that posts there. It is never stopped: an answer goes on
 * being sent after its element has left the page.
 */
export function openOutbox(endpoint: string): Outbox {
  const address = new URL(endpoint, document.baseURI).href;
  const open = outboxes.get(address);
  if (open) return open;
  const outbox = createOutbox({ endpoint: address, signals: pageSignals(window, document) });
  outboxes.set(address, outbox);
  outbox.start();
  return outbox;
}
