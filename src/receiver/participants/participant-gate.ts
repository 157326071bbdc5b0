import { unknownStudy } from '../allow-origins.ts';
import { clientAddress } from '../client-address.ts';
import type { Gate } from '../gate.ts';
import type { RateLimits } from '../rate-limits.ts';
import { Refusal } from '../refusal.ts';
import type { Store } from '../store/store.ts';
import { signIn } from './sign-in.ts';

/** Lets participants in: by address while it is not known who calls, by person from then on. */

export interface ParticipantGateParts {
  readonly studies: { has(study: string): boolean };
  readonly store: Store;
  readonly limits: RateLimits;
  readonly trustProxy: boolean;
  readonly tokenIdleDays: number;
  readonly now: () => Date;
}

export function createParticipantGate(parts: ParticipantGateParts): Gate['participant'] {
  const { studies, store, limits, trustProxy, tokenIdleDays, now } = parts;
  return async (context, secret, kind) => {
    const study = context.req.param('study') ?? '';
    if (!studies.has(study)) throw unknownStudy();
    const address = clientAddress(context.env ?? {}, context.req.raw.headers, trustProxy);
    await limits.mayTry(address);
    try {
      const caller = await store.transaction((tx) => signIn(tx, { study, secret, kind, now: now(), tokenIdleDays }));
      await limits.fromCaller(study, caller.participant);
      return caller;
    } catch (error) {
      if (error instanceof Refusal && error.code === 'not-signed-in') await limits.wrongSecret(address);
      throw error;
    }
  };
}
