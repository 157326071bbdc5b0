/**
 * The code of a recruiter's link: short enough to be dictated over the telephone and typed from a poster, and checked, so
 * that a slip is noticed before anything is asked. Both ends read codes; the receiver makes them.
 */

/** Random bytes, as many as asked for. */
type RandomBytes = (count: number) => Uint8Array;

const randomBytes: RandomBytes = (count) => crypto.getRandomValues(new Uint8Array(count));

/** Crockford's base 32 (https://www.crockford.com/base32.html), upper case as it writes: the value is the place in it. */
const DIGITS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Seven are drawn, 35 random bits; the eighth follows from them. */
const DRAWN = 7;
export const LINK_CODE_LENGTH = DRAWN + 1;

/**
 * x⁵ + x² + 1, by which the 32 values are the field GF(2⁵): primitive, so that the powers of x run through all 31 values but
 * zero before they come round.
 */
const FIELD = 0b100101;

/**
 * A code: seven characters drawn, and the one that checks them.
 *
 * @param random one byte for each character drawn; five bits of it are used, which is even over all 32
 */
export function newLinkCode(random: RandomBytes = randomBytes): string {
  const drawn = [...random(DRAWN)].map((byte) => byte & 31);
  // Twice the sum so far: what a last character must be, for the whole to come to zero.
  return [...drawn, times2(remainder(drawn))].map((value) => DIGITS[value]).join('');
}

/**
 * A code as people type it: any case, hyphens and spaces wherever they fall, O for 0, I and L for 1. Undefined for what is no
 * code, or one with a slip in it.
 */
export function readLinkCode(text: string): string | undefined {
  // Whoever sends a book has not typed a code; and spaces may be many.
  if (text.length > 64) return undefined;
  const code = text
    .replaceAll(/[-\s\u2010-\u2015]/g, '')
    .toUpperCase()
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1');
  const values = [...code].map((character) => DIGITS.indexOf(character));
  if (values.length !== LINK_CODE_LENGTH || values.includes(-1)) return undefined;
  return remainder(values) === 0 ? code : undefined;
}

/** A code as it is shown and read out: two groups of four. */
export function groupLinkCode(code: string): string {
  return `${code.slice(0, LINK_CODE_LENGTH / 2)}-${code.slice(LINK_CODE_LENGTH / 2)}`;
}

/**
 * The sum of the values, each times x once for every place that follows it, in GF(2⁵): zero for a code. This is Damm's check by the
 * totally anti-symmetric operation a ∗ b = x·a + b (H. M. Damm, "Totally anti-symmetric quasigroups for all orders n ≠ 2, 6",
 * Discrete Mathematics 307, 2007, 715–729). As no two places of a code weigh the same, it finds every single wrong
 * character, and any two different ones that have changed places, next to each other or not.
 */
function remainder(values: readonly number[]): number {
  return values.reduce((sum, value) => times2(sum) ^ value, 0);
}

/** A value times x. */
function times2(value: number): number {
  const shifted = value << 1;
  return shifted > 31 ? shifted ^ FIELD : shifted;
}
