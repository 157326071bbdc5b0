import { AllocationError } from './allocation-error.ts';

/**
 * Chance, out of bytes that are handed in: from a cryptographic source for a draw, from what was kept for its replay. The
 * same bytes always draw the same.
 */
export type RandomBytes = (count: number) => Uint8Array;

/** A good source needs more tries than this once in 2^1000 draws. */
const MOST_TRIES = 1_000;
const MOST = 2 ** 31;

/**
 * One of 0, 1 … `count` - 1, each with exactly the same chance: the simple discard method of NIST SP 800-90A Rev. 1,
 * appendix A.5.1. As many bits as `count` - 1 has are taken; what is too large is thrown away, never folded back, which
 * would favour small numbers. Takes whole bytes and uses their low bits; for 1 it takes none.
 *
 * @throws AllocationError `random-broken`
 */
export function below(count: number, random: RandomBytes): number {
  if (!Number.isInteger(count) || count < 1 || count > MOST) {
    throw new RangeError(`There is no number below ${count} to draw.`);
  }
  const bits = 32 - Math.clz32(count - 1);
  if (bits === 0) return 0;
  const length = Math.ceil(bits / 8);
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const bytes = random(length);
    if (bytes.length !== length) break;
    const value = bytes.reduce((sum, byte) => sum * 256 + byte, 0) % 2 ** bits;
    if (value < count) return value;
  }
  throw new AllocationError('random-broken', 'The source of random bytes is broken: nothing was drawn.');
}

/** All items in an order of which each is as likely as any other (Durstenfeld 1964, algorithm 235). */
export function shuffled<Item>(items: readonly Item[], random: RandomBytes): Item[] {
  const rest = [...items];
  const drawn: Item[] = [];
  while (rest.length > 0) drawn.push(...rest.splice(below(rest.length, random), 1));
  return drawn;
}

/** A source that remembers what was taken from it. */
export function recording(random: RandomBytes): { readonly random: RandomBytes; taken(): Uint8Array } {
  const taken: number[] = [];
  return {
    random(count) {
      const bytes = random(count);
      taken.push(...bytes);
      return bytes;
    },
    taken: () => Uint8Array.from(taken),
  };
}

/** A source that gives what was kept, and nothing beyond. Throws AllocationError `bytes-short` where it ends too soon. */
export function replaying(kept: Uint8Array): { readonly random: RandomBytes; left(): number } {
  let at = 0;
  return {
    random(count) {
      if (at + count > kept.length)
        throw new AllocationError('bytes-short', 'The bytes kept end before the draw does.');
      at += count;
      return kept.slice(at - count, at);
    },
    left: () => kept.length - at,
  };
}
