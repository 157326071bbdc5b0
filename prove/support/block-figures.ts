/** What a plan of blocks should give: by counting, not by drawing. */
import { type Block, type BlockPlan, remaining } from '../../src/allocation/blocks.ts';

const sumOf = (numbers: readonly number[]): number => numbers.reduce((sum, one) => sum + one, 0);

/** In how many orders a block can be filled: a multinomial coefficient. */
export function ordersOf(block: Block): number {
  const places = remaining(block, []).map((one) => one.places);
  let [orders, filled] = [1, 0];
  for (const count of places) {
    for (let one = 1; one <= count; one += 1) orders = (orders * (filled + one)) / one;
    filled += count;
  }
  return Math.round(orders);
}

/**
 * How far counts are from being alike.
 *
 * @param kinds how many there can be; those that never occurred are not among the counts
 */
export function chiSquare(counts: readonly number[], kinds: number): { square: number; freedom: number; z: number } {
  const expected = sumOf(counts) / kinds;
  const square = sumOf(counts.map((count) => (count - expected) ** 2 / expected)) + (kinds - counts.length) * expected;
  const freedom = kinds - 1;
  // The cube root of chi-square is all but normal (Wilson and Hilferty 1931, PNAS 17:684).
  const spread = 2 / (9 * freedom);
  return { square, freedom, z: (Math.cbrt(square / freedom) - (1 - spread)) / Math.sqrt(spread) };
}

/** Whom a convergence guesser names: the arms that are furthest behind their share, several where they are level. */
export function leastTaken({ arms }: BlockPlan, taken: ReadonlyMap<string, number>): string[] {
  const behind = arms.map(({ id, share }) => (taken.get(id) ?? 0) / share);
  const least = Math.min(...behind);
  return arms.filter((_, at) => (behind[at] ?? 0) - least < 1e-9).map(({ id }) => id);
}

/** How often that guesser is right in the long run: over all orders of the blocks of all sizes. */
export function hitsOfGuesser(plan: BlockPlan): number {
  return sumOf(plan.sizes.map((size) => hitsInBlock({ plan, size }))) / sumOf(plan.sizes);
}

/** Before a block every arm has its share, so what is taken in it is all that counts. */
function hitsInBlock(block: Block): number {
  const { plan } = block;
  const whole = remaining(block, []).map(({ places }) => places);
  const known = new Map<string, number>();
  const from = (left: readonly number[]): number => {
    const places = sumOf(left);
    if (places === 0) return 0;
    const key = left.join();
    const before = known.get(key);
    if (before !== undefined) return before;
    const taken = new Map(plan.arms.map(({ id }, at) => [id, (whole[at] ?? 0) - (left[at] ?? 0)]));
    const guesses = leastTaken(plan, taken);
    const hits = sumOf(
      left.map((count, at) => {
        if (count === 0) return 0;
        const isGuessed = guesses.includes(plan.arms[at]?.id ?? '');
        return (count / places) * ((isGuessed ? 1 / guesses.length : 0) + from(left.with(at, count - 1)));
      }),
    );
    known.set(key, hits);
    return hits;
  };
  return from(whole);
}
