/**
 * Allocation, over 100,000 draws by the same code and the same source of chance that a receiver has: how far a stratum is
 * ever from its ratio, whether orders and sizes of blocks are as even as they should be, what a guesser gets out of the
 * blocks, and what 180 homes are drawn into. What must hold and does not ends the run; the rest are figures.
 */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import {
  type Block,
  type BlockPlan,
  blockPlan,
  drawArm,
  drawSize,
  isFull,
  sharesOf,
} from '../src/allocation/blocks.ts';
import { type PlacedSite, phaseShares, shareOut } from '../src/allocation/sites.ts';
import { stratumName } from '../src/allocation/strata.ts';
import { strataOf } from '../src/study/allocation-part.ts';
import { parseStudy } from '../src/study/parse-study.ts';
import { chiSquare, hitsOfGuesser, leastTaken, ordersOf } from './support/block-figures.ts';

const DRAWS = 100_000;
const ROUNDS = 1_000;

const studyOf = (name: string) =>
  parseStudy(readFileSync(new URL(`../demo/studies/${name}.study.json`, import.meta.url), 'utf8'), name);
const keck = studyOf('keck').allocation;
const mgh = studyOf('mgh');
assert(keck?.unit === 'participant' && mgh.allocation?.unit === 'site');

const plans: Readonly<Record<string, BlockPlan>> = {
  'the Keck study': blockPlan(keck),
  'two arms, 1 : 1': blockPlan({ ratio: { a: 1, b: 1 }, blocks: [4, 6, 8] }),
  'two arms, 2 : 1': blockPlan({ ratio: { a: 2, b: 1 }, blocks: [3, 6] }),
};
const STRATA = 8;

interface Drawn {
  /** How far any arm of any stratum ever was from its share, and how far the blocks allow. */
  readonly farthest: number;
  readonly bound: number;
  readonly blocks: readonly { readonly size: number; readonly order: string }[];
  /** How often the next arm was guessed as the one that is furthest behind. */
  readonly hits: number;
}

/** Draws come to the strata at random, as people do. */
function drawAll(plan: BlockPlan): Drawn {
  const sum = plan.arms.reduce((total, { share }) => total + share, 0);
  const times = Math.max(...plan.sizes) / sum;
  // With k of a block's places of an arm taken and none of the others, or all of the others and none of its own.
  const bound = Math.max(...plan.arms.map(({ share }) => share * times * (1 - share / sum)));
  const lists = Array.from({ length: STRATA }, () => ({
    block: undefined as Block | undefined,
    taken: [] as string[],
    all: new Map(plan.arms.map(({ id }) => [id, 0])),
    count: 0,
  }));
  const blocks: { size: number; order: string }[] = [];
  let [farthest, hits] = [0, 0];
  for (let draw = 0; draw < DRAWS; draw += 1) {
    const list = lists[Math.floor(Math.random() * STRATA)];
    assert(list);
    if (list.block === undefined || isFull(list.block, list.taken)) {
      list.block = { plan, size: drawSize(plan, randomBytes) };
      list.taken = [];
    }
    const guesses = leastTaken(plan, list.all);
    const arm = drawArm(list.block, list.taken, randomBytes);
    if (guesses.includes(arm)) hits += 1 / guesses.length;
    list.taken.push(arm);
    list.all.set(arm, (list.all.get(arm) ?? 0) + 1);
    list.count += 1;
    for (const { id, share } of plan.arms) {
      farthest = Math.max(farthest, Math.abs((list.all.get(id) ?? 0) - (list.count * share) / sum));
    }
    if (isFull(list.block, list.taken)) blocks.push({ size: list.block.size, order: list.taken.join(' ') });
  }
  return { farthest, bound, blocks, hits: hits / DRAWS };
}

const drawn = Object.entries(plans).map(([name, plan]) => ({ name, plan, ...drawAll(plan) }));

console.log(`\nAllocation of participants: ${DRAWS.toLocaleString('en')} draws of each plan, in ${STRATA} strata\n`);
console.log('| plan | furthest from its share | blocks allow | a guesser is right | in theory |');
console.log('|---|---:|---:|---:|---:|');
for (const { name, plan, farthest, bound, hits } of drawn) {
  assert.ok(farthest <= bound + 1e-9, `${name}: ${farthest} is beyond ${bound}`);
  const percent = (part: number) => `${(100 * part).toFixed(2)} %`;
  console.log(
    `| ${name} | ${farthest.toFixed(2)} | ${bound.toFixed(2)} | ${percent(hits)} | ${percent(hitsOfGuesser(plan))} |`,
  );
}

console.log(
  '\nThe guesser knows the ratio and every allocation so far, and names the arm that is furthest behind (the',
);
console.log(
  'convergence strategy of Blackwell and Hodges 1957); in theory it is so often right, by all orders of all blocks.',
);
console.log('\n| plan | what is counted | kinds | expected of each | chi-square | degrees of freedom | z |');
console.log('|---|---|---:|---:|---:|---:|---:|');
for (const { name, plan, blocks } of drawn) {
  const line = (what: string, counts: readonly number[], kinds: number) => {
    const { square, freedom, z } = chiSquare(counts, kinds);
    const total = counts.reduce((sum, count) => sum + count, 0);
    console.log(
      `| ${name} | ${what} | ${kinds} | ${(total / kinds).toFixed(1)} | ${square.toFixed(1)} | ${freedom} | ${z.toFixed(2)} |`,
    );
  };
  const countBy = (keys: readonly (string | number)[]) =>
    [...Map.groupBy(keys, (key) => key).values()].map((of) => of.length);
  line('sizes of blocks', countBy(blocks.map(({ size }) => size)), plan.sizes.length);
  for (const size of plan.sizes) {
    const orders = blocks.filter((block) => block.size === size).map(({ order }) => order);
    line(`orders of blocks of ${size}`, countBy(orders), ordersOf({ plan, size }));
  }
}
console.log(
  '\nz by Wilson and Hilferty 1931: between -3 and 3 but for 3 runs of 1,000, where all kinds are as likely.',
);

const { allocation, sites: homes = [] } = mgh;
const strata = strataOf(allocation);
const placed = homes.map(({ id, organisation, size }): PlacedSite => {
  return {
    site: id,
    stratum: stratumName(
      strata,
      new Map([
        ['organisation', organisation],
        ['size', size],
      ]),
    ),
  };
});
const apart = { phases: 0, arms: 0 };
const ofFirstArm = new Map<string, number>();
const ofFirstPhase = new Map<string, number>();
const [firstArm = ''] = Object.keys(allocation.ratio);
for (let round = 0; round < ROUNDS; round += 1) {
  const phases = shareOut(placed, phaseShares(allocation.phases), randomBytes);
  for (const phase of allocation.phases.keys()) {
    const members = placed.filter(({ site }) => phases.get(site) === String(phase + 1));
    assert.equal(members.length, 60);
    const arms = shareOut(members, sharesOf(allocation.ratio), randomBytes);
    const of = (some: readonly PlacedSite[], arm: string) => some.filter(({ site }) => arms.get(site) === arm).length;
    for (const arm of Object.keys(allocation.ratio)) assert.equal(of(members, arm), 30);
    for (const [stratum, some] of Map.groupBy(members, (home) => home.stratum)) {
      const difference = Math.abs(2 * of(some, firstArm) - some.length);
      assert.ok(difference <= 1, `${stratum}: ${difference} apart`);
      apart.arms = Math.max(apart.arms, difference);
      const share = placed.filter((home) => home.stratum === stratum).length / allocation.phases.length;
      apart.phases = Math.max(apart.phases, Math.abs(some.length - share));
    }
    for (const { site } of members) {
      if (arms.get(site) === firstArm) ofFirstArm.set(site, (ofFirstArm.get(site) ?? 0) + 1);
      if (phase === 0) ofFirstPhase.set(site, (ofFirstPhase.get(site) ?? 0) + 1);
    }
  }
}
const range = (counts: ReadonlyMap<string, number>) => {
  const shares = placed.map(({ site }) => (counts.get(site) ?? 0) / ROUNDS);
  return `${Math.min(...shares).toFixed(3)} to ${Math.max(...shares).toFixed(3)}`;
};
console.log(
  `\nAllocation of sites: the ${placed.length} homes of the MGH study, ${ROUNDS.toLocaleString('en')} draws\n`,
);
console.log('| | | expected |');
console.log('|---|---:|---:|');
console.log('| homes in each phase | 60 | 60 |');
console.log('| of each arm in each phase | 30 | 30 |');
console.log(`| arms of a stratum in a phase, at most apart | ${apart.arms} | 1 |`);
console.log(`| a phase’s homes of a stratum, at most from a third of it | ${apart.phases.toFixed(2)} | below 1 |`);
console.log(`| how often a home is in ${firstArm}, over all homes | ${range(ofFirstArm)} | 0.5 |`);
console.log(`| how often a home is in phase 1, over all homes | ${range(ofFirstPhase)} | 0.333 |`);
