import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Share } from '../../src/allocation/blocks.ts';
import { roundedShares } from '../../src/allocation/controlled-rounding.ts';
import { recording } from '../../src/allocation/random.ts';
import { type PlacedSite, phaseShares, shareOut } from '../../src/allocation/sites.ts';
import { isSharedOut } from '../../src/allocation/verify.ts';

const sumOf = (numbers: readonly number[]) => numbers.reduce((sum, one) => sum + one, 0);

/** Shares, and sizes of strata in whose sum they come out even. */
const table = fc
  .record({
    shares: fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 2, maxLength: 5 }),
    sizes: fc.array(fc.integer({ min: 0, max: 20 }), { maxLength: 8 }),
  })
  .map(({ shares, sizes }) => {
    const short = sumOf(shares) - (sumOf(sizes) % sumOf(shares));
    return { shares, sizes: [...sizes, short] };
  });

function placed(sizes: readonly number[]): PlacedSite[] {
  return sizes.flatMap((size, row) =>
    Array.from({ length: size }, (_, at) => ({ site: `site-${row}-${at}`, stratum: `stratum-${row}` })),
  );
}

function sharesOf(numbers: readonly number[]): Share[] {
  return numbers.map((share, index) => ({ id: `arm-${index}`, share }));
}

describe('controlled rounding', () => {
  it('rounds each cell up or down, and rows and columns to their sums', () => {
    fc.assert(
      fc.property(table, ({ shares, sizes }) => {
        const counts = roundedShares(sizes, shares, randomBytes);
        const [all, whole] = [sumOf(shares), sumOf(sizes)];
        for (const [row, size] of sizes.entries()) {
          assert.equal(sumOf(counts[row] ?? []), size);
          for (const [column, share] of shares.entries()) {
            const exact = (size * share) / all;
            const count = counts[row]?.[column] ?? Number.NaN;
            assert.ok(count === Math.floor(exact) || count === Math.ceil(exact), `${count} for ${exact}`);
          }
        }
        for (const [column, share] of shares.entries()) {
          assert.equal(sumOf(counts.map((row) => row[column] ?? 0)), (whole * share) / all);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('expects of each cell just its part', () => {
    const [sizes, shares, rounds] = [[5, 3, 4], [1, 2, 3], 20_000] as const;
    const sums = sizes.map(() => shares.map(() => 0));
    for (let round = 0; round < rounds; round += 1) {
      for (const [row, counts] of roundedShares(sizes, shares, randomBytes).entries()) {
        for (const [column, count] of counts.entries()) {
          const cells = sums[row];
          if (cells) cells[column] = (cells[column] ?? 0) + count;
        }
      }
    }
    for (const [row, size] of sizes.entries()) {
      for (const [column, share] of shares.entries()) {
        // A cell's standard deviation is at most one half: this is more than eight of the mean's.
        const mean = (sums[row]?.[column] ?? 0) / rounds;
        assert.ok(Math.abs(mean - (size * share) / 6) < 0.03, `${mean}`);
      }
    }
  });

  it('refuses a whole that cannot be shared out', () => {
    assert.throws(() => roundedShares([1, 2], [1, 1], randomBytes), { code: 'uneven' });
  });
});

describe('sites', () => {
  it('get each exactly one share; each stratum its part rounded up or down; all of them exactly theirs', () => {
    fc.assert(
      fc.property(table, ({ shares, sizes }) => {
        const [sites, ids] = [placed(sizes), sharesOf(shares)];
        const drawn = shareOut(sites, ids, randomBytes);
        assert.deepEqual([...drawn.keys()], sites.map(({ site }) => site).sort());
        for (const { id, share } of ids) {
          const of = (members: readonly PlacedSite[]) => members.filter(({ site }) => drawn.get(site) === id).length;
          assert.equal(of(sites), (sites.length * share) / sumOf(shares));
          for (const members of Object.values(Object.groupBy(sites, ({ stratum }) => stratum))) {
            assert.ok(Math.abs(of(members ?? []) - ((members?.length ?? 0) * share) / sumOf(shares)) < 1);
          }
        }
      }),
    );
  });

  it('of two arms in equal shares are never more than one apart in any stratum', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 15 }), { minLength: 1, maxLength: 12 }), (some) => {
        const sizes = sumOf(some) % 2 === 0 ? some : [...some, 1];
        const sites = placed(sizes);
        const drawn = shareOut(sites, sharesOf([30, 30]), randomBytes);
        for (const members of Object.values(Object.groupBy(sites, ({ stratum }) => stratum))) {
          const first = members?.filter(({ site }) => drawn.get(site) === 'arm-0').length ?? 0;
          assert.ok(Math.abs(first - ((members?.length ?? 0) - first)) <= 1);
        }
      }),
    );
  });

  it('are drawn the same by the same bytes, in whatever order they are named, and otherwise by others', () => {
    fc.assert(
      fc.property(table, ({ shares, sizes }) => {
        const [sites, ids] = [placed(sizes), sharesOf(shares)];
        const source = recording(randomBytes);
        const drawn = shareOut(sites, ids, source.random);
        assert.ok(isSharedOut(sites.toReversed(), ids, source.taken(), drawn));
        const [site = '', id = ''] = [...drawn][0] ?? [];
        const other = ids.find((one) => one.id !== id)?.id ?? '';
        assert.ok(!isSharedOut(sites, ids, source.taken(), new Map([...drawn, [site, other]])));
        assert.ok(!isSharedOut(sites, ids, source.taken(), new Map([...drawn].slice(1))));
        assert.ok(!isSharedOut(sites, ids, Uint8Array.of(...source.taken(), 0), drawn), 'a byte that nothing used');
      }),
    );
  });

  it('have the same chance of each arm, wherever they are', () => {
    const sites = placed([5, 4, 1]);
    const times = new Map<string, number>();
    const rounds = 4_000;
    for (let round = 0; round < rounds; round += 1) {
      for (const [site, arm] of shareOut(sites, sharesOf([1, 1]), randomBytes)) {
        if (arm === 'arm-0') times.set(site, (times.get(site) ?? 0) + 1);
      }
    }
    // Eight standard deviations of a fair coin.
    for (const { site } of sites) assert.ok(Math.abs((times.get(site) ?? 0) / rounds - 0.5) < 0.064, site);
  });

  it('are shared out among phases by how many sites each has', () => {
    const shares = phaseShares([{ sites: 60 }, { sites: 60 }, { sites: 60 }]);
    const drawn = shareOut(placed([38, 39, 13, 39, 38, 13]), shares, randomBytes);
    for (const phase of ['1', '2', '3']) {
      assert.equal([...drawn.values()].filter((one) => one === phase).length, 60);
    }
  });
});
