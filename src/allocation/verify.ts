import { AllocationError } from './allocation-error.ts';
import { type Block, drawArm, drawSize, isFull, type Share, samePlan } from './blocks.ts';
import { type RandomBytes, replaying } from './random.ts';
import { type PlacedSite, shareOut } from './sites.ts';

/** Draws every place again from the bytes that were kept: whether what stands is what chance said. */

/** One stratum's list, as it was kept. */
export interface KeptList {
  /** How many draws its counter has. */
  readonly draws: number;
  /** In the order in which they were opened; the last one may have places left. */
  readonly blocks: readonly KeptBlock[];
}

export interface KeptBlock extends Block {
  /** 1, 2, 3 … */
  readonly number: number;
  /** That its size was drawn by. */
  readonly bytes: Uint8Array;
  /** In their order. */
  readonly places: readonly KeptPlace[];
}

export interface KeptPlace {
  /** 1, 2, 3 … in its block. */
  readonly place: number;
  readonly arm: string;
  readonly bytes: Uint8Array;
}

/** What is wrong, and where. It names no arm and no size: what it says may be read by people who must not know them. */
export type DrawFinding =
  /** The bytes give another arm, or another size, than what stands. */
  | { readonly what: 'place-differs'; readonly block: number; readonly place: number }
  | { readonly what: 'size-differs'; readonly block: number }
  /** Places or blocks that were drawn are not there, or stand twice. */
  | { readonly what: 'place-missing'; readonly block: number; readonly place: number }
  | { readonly what: 'block-missing'; readonly block: number }
  | { readonly what: 'count-differs' }
  /** A block has places left though another of the same plan was opened after it. */
  | { readonly what: 'block-left'; readonly block: number };

export function verifyList({ draws, blocks }: KeptList): DrawFinding[] {
  const findings: DrawFinding[] = [];
  for (const [index, block] of blocks.entries()) {
    const { number, plan, size, places } = block;
    if (number !== index + 1) findings.push({ what: 'block-missing', block: index + 1 });
    if (replayed(block.bytes, (random) => drawSize(plan, random)) !== size) {
      findings.push({ what: 'size-differs', block: number });
    }
    findings.push(...verifyPlaces(block));
    const next = blocks[index + 1];
    const arms = places.map(({ arm }) => arm);
    if (next !== undefined && !isFull(block, arms) && samePlan(plan, next.plan)) {
      findings.push({ what: 'block-left', block: number });
    }
  }
  const drawn = blocks.reduce((sum, { places }) => sum + places.length, 0);
  if (drawn !== draws) findings.push({ what: 'count-differs' });
  return findings;
}

function verifyPlaces(block: KeptBlock): DrawFinding[] {
  const findings: DrawFinding[] = [];
  const taken: string[] = [];
  for (const [index, { place, arm, bytes }] of block.places.entries()) {
    if (place !== index + 1) findings.push({ what: 'place-missing', block: block.number, place: index + 1 });
    if (replayed(bytes, (random) => drawArm(block, taken, random)) !== arm) {
      findings.push({ what: 'place-differs', block: block.number, place });
    }
    taken.push(arm);
  }
  return findings;
}

/**
 * Whether sites stand as they were shared out.
 *
 * @param kept by site, the id of its share
 */
export function isSharedOut(
  sites: readonly PlacedSite[],
  shares: readonly Share[],
  bytes: Uint8Array,
  kept: ReadonlyMap<string, string>,
): boolean {
  const drawn = replayed(bytes, (random) => shareOut(sites, shares, random));
  return drawn?.size === kept.size && [...drawn].every(([site, id]) => kept.get(site) === id);
}

/** What a draw gives by these bytes, if it uses them all; undefined where they are not the bytes of such a draw. */
function replayed<Drawn>(bytes: Uint8Array, draw: (random: RandomBytes) => Drawn): Drawn | undefined {
  const source = replaying(bytes);
  try {
    const drawn = draw(source.random);
    return source.left() === 0 ? drawn : undefined;
  } catch (error) {
    if (error instanceof AllocationError) return undefined;
    throw error;
  }
}
