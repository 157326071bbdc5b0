import { unknownStudy } from '../allow-origins.ts';
import { clientAddress } from '../client-address.ts';
import type { Gate } from '../gate.ts';
import type { RateLimits } from '../rate-limits.ts';
import { Refusal } from '../refusal.ts';
import type { KnownStudy } from '../served-study.ts';
import type { Store } from '../store/store.ts';
import { staffFor } from './sign-in.ts';

export interface StaffGateParts {
  readonly studies: ReadonlyMap<string, KnownStudy>;
  readonly store: Store;
  readonly limits: RateLimits;
  readonly trustProxy: boolean;
  readonly now: () => Date;
}

/** Lets staff in. Tokens that open nothing are counted by address, so that they cannot be tried one after another. */
export function createStaffGate({ studies, store, limits, trustProxy, now }: StaffGateParts): Gate['staff'] {
  return async (context, token, roles) => {
    const study = context.req.param('study') ?? '';
    if (!studies.has(study)) throw unknownStudy();
    const address = clientAddress(context.env ?? {}, context.req.raw.headers, trustProxy);
    await limits.mayTry(address);
    const caller = await store
      .transaction((tx) => staffFor(tx, { study, token, roles, now: now() }))
      .catch(async (refused: unknown) => {
        if (refused instanceof Refusal && refused.code === 'not-signed-in') await limits.wrongSecret(address);
        throw refused;
      });
    await limits.fromCaller(study, caller.id);
    return caller;
  };
}
