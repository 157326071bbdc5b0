import type { BlockPlan, Share } from '../../allocation/blocks.ts';
import type { KeptBlock, KeptPlace } from '../../allocation/verify.ts';
import type { AllocationBlockRow, AllocationRow } from '../store/allocation-store.ts';

/** What the domain draws, as rows keep it: bytes as hex, plans as JSON. Written and read here alone. */

export function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}

export function bytesOf(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'hex'));
}

export function planText(plan: BlockPlan | readonly Share[]): string {
  return JSON.stringify(plan);
}

export function planOf({ plan }: Pick<AllocationBlockRow, 'plan'>): BlockPlan {
  return JSON.parse(plan);
}

export function sharesIn({ shares }: { readonly shares: string }): readonly Share[] {
  return JSON.parse(shares);
}

export function keptBlock(row: AllocationBlockRow, places: readonly AllocationRow[]): KeptBlock {
  return {
    number: row.block,
    plan: planOf(row),
    size: row.blockSize,
    bytes: bytesOf(row.bytes),
    places: places.map(({ place, arm, bytes }): KeptPlace => ({ place, arm, bytes: bytesOf(bytes) })),
  };
}
