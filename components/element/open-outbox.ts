import { normaliseEndpoint } from '../../src/delivery/endpoint.ts';
import { createOutbox, type Outbox } from '../../src/delivery/outbox.ts';
import { pageSignals } from '../../src/delivery/page-signals.ts';
import { asSteadyError } from '../../src/study/steady-error.ts';
import { whoAmIAt } from './calls.ts';
import { leaveGuard } from './leave-guard.ts';

/** By endpoint. */
export const outboxes = new Map<string, Outbox>();

/**
 * The page's outbox for one endpoint, shared by every element that posts there. It is never stopped: an answer goes on
 * being sent after its element has left the page.
 */
export function openOutbox(endpoint: string): Outbox {
  const address = normaliseEndpoint(endpoint, document.baseURI);
  const open = outboxes.get(address);
  if (open) return open;
  const outbox = createOutbox({
    endpoint: address,
    signals: pageSignals(window, document),
    whoAmI: whoAmIAt(address),
    // Nobody waits for what goes wrong in between; it never carries an answer.
    onError: (error) => {
      const { code, message } = asSteadyError(error);
      console.error(`steady outbox: ${code}: ${message}`);
    },
  });
  outboxes.set(address, outbox);
  guardLeaving(outbox);
  outbox.start();
  return outbox;
}

/** While an answer is in this page's memory alone, the browser asks before the page is left. */
function guardLeaving(outbox: Outbox): void {
  const atRisk = new Set<string>();
  const guard = leaveGuard();
  outbox.subscribe((id, { status, durable }) => {
    if (durable || status === 'delivered' || status === 'gone') atRisk.delete(id);
    else atRisk.add(id);
    guard(atRisk.size > 0);
  });
}
