import type { DeliveryState } from '../../../src/delivery/delivery-state.ts';
import type { Outbox } from '../../../src/delivery/outbox.ts';

/** Resolves when the state of a submission is as asked. */
export function until(outbox: Outbox, id: string, status: DeliveryState['status']): Promise<DeliveryState> {
  return new Promise((resolve) => {
    const look = () => {
      const state = outbox.state(id);
      if (state.status !== status) return;
      stop();
      resolve(state);
    };
    const stop = outbox.subscribe(look);
    look();
  });
}
