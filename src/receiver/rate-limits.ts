import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { Refusal } from './refusal.ts';

/**
 * Limits by sender. Anonymous posts: one bucket per address and source, a wider one per address; a hospital of thousands
 * sits behind one address, so they are wide. Whoever is signed in is counted alone. Never one for a study: a flood must
 * not close recruitment.
 */
export interface RateLimits {
  /** @throws Refusal `too-many-requests` */
  fromAddress(address: string): Promise<void>;
  /** @throws Refusal `too-many-requests` */
  fromSource(address: string, source: string | undefined): Promise<void>;
  /** Counts a call of somebody who is signed in. @throws Refusal `too-many-requests` */
  fromCaller(study: string, caller: string): Promise<void>;
  /** Asked before a secret is looked up. @throws Refusal `too-many-requests` after too many that were wrong */
  mayTry(address: string): Promise<void>;
  /** Counts a secret that was wrong. */
  wrongSecret(address: string): Promise<void>;
}

export interface RateLimitOptions {
  /** Posts per minute from one address. */
  readonly perAddress: number;
  /** Posts per minute from one address with the same source. */
  readonly perSource: number;
  /** Calls per minute of one person who is signed in. */
  readonly perCaller: number;
  /** Keys, tokens and codes per minute from one address that open nothing. */
  readonly wrongSecrets: number;
}

export const USUAL_LIMITS: RateLimitOptions = { perAddress: 1_200, perSource: 300, perCaller: 300, wrongSecrets: 60 };

const SECONDS = 60;

export function createRateLimits(options: RateLimitOptions): RateLimits {
  const { perAddress, perSource, perCaller, wrongSecrets } = options;
  const addresses = new RateLimiterMemory({ points: perAddress, duration: SECONDS });
  const sources = new RateLimiterMemory({ points: perSource, duration: SECONDS });
  const callers = new RateLimiterMemory({ points: perCaller, duration: SECONDS });
  const wrong = new RateLimiterMemory({ points: wrongSecrets, duration: SECONDS });
  return {
    fromAddress: (address) => take(addresses, address),
    fromSource: (address, source) => take(sources, JSON.stringify([address, source ?? ''])),
    fromCaller: (study, caller) => take(callers, JSON.stringify([study, caller])),
    async mayTry(address) {
      const counted = await wrong.get(address);
      if (counted !== null && counted.consumedPoints >= wrongSecrets) throw tooMany(counted);
    },
    async wrongSecret(address) {
      await wrong.penalty(address);
    },
  };
}

async function take(limiter: RateLimiterMemory, bucket: string): Promise<void> {
  try {
    await limiter.consume(bucket);
  } catch (refused) {
    if (!(refused instanceof RateLimiterRes)) throw refused;
    throw tooMany(refused);
  }
}

function tooMany({ msBeforeNext }: RateLimiterRes): Refusal {
  const seconds = Math.max(1, Math.ceil(msBeforeNext / 1000));
  return new Refusal('too-many-requests', `Wait ${seconds} seconds, then send it again: nothing is lost.`, {
    headers: { 'Retry-After': String(seconds) },
  });
}
