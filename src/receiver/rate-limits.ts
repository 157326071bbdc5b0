import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { Refusal } from './refusal.ts';

/**
 * Limits on anonymous posts, by sender: one bucket per address and source, a wider one per address. Never one for a
 * study: a flood must not close recruitment. A hospital of thousands sits behind one address, so they are wide.
 */
export interface RateLimits {
  /** @throws Refusal `too-many-requests` */
  fromAddress(address: string): Promise<void>;
  /** @throws Refusal `too-many-requests` */
  fromSource(address: string, source: string | undefined): Promise<void>;
}

export interface RateLimitOptions {
  /** Posts per minute from one address. */
  readonly perAddress: number;
  /** Posts per minute from one address with the same source. */
  readonly perSource: number;
}

export const USUAL_LIMITS: RateLimitOptions = { perAddress: 1_200, perSource: 300 };

const SECONDS = 60;

export function createRateLimits({ perAddress, perSource }: RateLimitOptions): RateLimits {
  const addresses = new RateLimiterMemory({ points: perAddress, duration: SECONDS });
  const sources = new RateLimiterMemory({ points: perSource, duration: SECONDS });
  return {
    fromAddress: (address) => take(addresses, address),
    fromSource: (address, source) => take(sources, JSON.stringify([address, source ?? ''])),
  };
}

async function take(limiter: RateLimiterMemory, bucket: string): Promise<void> {
  try {
    await limiter.consume(bucket);
  } catch (refused) {
    if (!(refused instanceof RateLimiterRes)) throw refused;
    const seconds = Math.max(1, Math.ceil(refused.msBeforeNext / 1000));
    throw new Refusal('too-many-requests', `Wait ${seconds} seconds, then send it again: nothing is lost.`, {
      headers: { 'Retry-After': String(seconds) },
    });
  }
}
