import type { ParticipantAllocation } from '../study/allocation-part.ts';
import { AllocationError } from './allocation-error.ts';
import { below, type RandomBytes } from './random.ts';

/**
 * Permuted blocks of random sizes, for participants one by one (ICH E9, 2.3.2; sizes as random: Schulz and Grimes 2002,
 * Lancet 359:515). Nothing is drawn ahead: a block is its size alone, and each participant is drawn from the places that
 * it still has, without putting any back. So every order of a block is as likely as any other, and who is next stands
 * nowhere before they are there.
 */

/** One arm, or one phase, and how many it gets for how many of the others. */
export interface Share {
  readonly id: string;
  readonly share: number;
}

/** What blocks are made of. The order of the arms is part of a draw. */
export interface BlockPlan {
  readonly arms: readonly Share[];
  /** Multiples of the shares' sum, each with the same chance. */
  readonly sizes: readonly number[];
}

export interface Block {
  readonly plan: BlockPlan;
  readonly size: number;
}

export function blockPlan({ ratio, blocks }: Pick<ParticipantAllocation, 'ratio' | 'blocks'>): BlockPlan {
  return { arms: sharesOf(ratio), sizes: [...blocks] };
}

export function sharesOf(ratio: Readonly<Record<string, number>>): Share[] {
  return Object.entries(ratio).map(([id, share]) => ({ id, share }));
}

export function samePlan(one: BlockPlan, other: BlockPlan): boolean {
  return JSON.stringify(planText(one)) === JSON.stringify(planText(other));
}

/** The size of a block that is opened. */
export function drawSize({ sizes }: BlockPlan, random: RandomBytes): number {
  return sizes[below(sizes.length, random)] ?? 0;
}

/**
 * The arm of the next place in a block.
 *
 * @param taken the arms of the places before it
 * @throws AllocationError `block-full`
 */
export function drawArm(block: Block, taken: readonly string[], random: RandomBytes): string {
  const rest = remaining(block, taken);
  const places = rest.reduce((sum, { places: left }) => sum + left, 0);
  if (places <= 0 || rest.some(({ places: left }) => left < 0)) {
    throw new AllocationError('block-full', 'The block has no place left to draw.');
  }
  let at = below(places, random);
  for (const { arm, places: left } of rest) {
    if (at < left) return arm;
    at -= left;
  }
  throw new RangeError('A place beyond the last one was drawn.');
}

/** How many places each arm has left in a block. */
export function remaining(
  { plan, size }: Block,
  taken: readonly string[],
): readonly { readonly arm: string; readonly places: number }[] {
  const times = size / plan.arms.reduce((sum, { share }) => sum + share, 0);
  return plan.arms.map(({ id, share }) => ({
    arm: id,
    places: share * times - taken.filter((arm) => arm === id).length,
  }));
}

/** Whether a block has no place left, so that the next participant opens another. */
export function isFull({ size }: Block, taken: readonly string[]): boolean {
  return taken.length >= size;
}

function planText({ arms, sizes }: BlockPlan): unknown {
  return [arms.map(({ id, share }) => [id, share]), sizes];
}
