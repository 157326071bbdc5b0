import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { type BlockPlan, blockPlan, drawArm, drawSize } from '../../src/allocation/blocks.ts';
import { recording } from '../../src/allocation/random.ts';
import { type KeptBlock, type KeptList, type KeptPlace, verifyList } from '../../src/allocation/verify.ts';

const PLAN = blockPlan({ ratio: { a: 1, b: 1, c: 2 }, blocks: [4, 8] });

function newBlock(number: number, plan: BlockPlan, places: number): KeptBlock {
  const ofSize = recording(randomBytes);
  const block = { plan, size: drawSize(plan, ofSize.random) };
  const kept: KeptPlace[] = [];
  while (kept.length < Math.min(places, block.size)) {
    const source = recording(randomBytes);
    const arm = drawArm(
      block,
      kept.map((one) => one.arm),
      source.random,
    );
    kept.push({ place: kept.length + 1, arm, bytes: source.taken() });
  }
  return { ...block, number, bytes: ofSize.taken(), places: kept };
}

/** As many draws as asked for, one after another. */
function drawList(draws: number): KeptList {
  const blocks: KeptBlock[] = [];
  for (let left = draws; left > 0; left -= blocks.at(-1)?.places.length ?? left) {
    blocks.push(newBlock(blocks.length + 1, PLAN, left));
  }
  return { draws, blocks };
}

/** One block changed, or all its places. */
function changed(list: KeptList, index: number, change: (block: KeptBlock) => KeptBlock): KeptList {
  return { ...list, blocks: list.blocks.map((block, at) => (at === index ? change(block) : block)) };
}

const said = (list: KeptList) => verifyList(list).map(({ what }) => what);

describe('a list that is replayed', () => {
  it('is whole, as long as it was drawn', () => {
    fc.assert(fc.property(fc.nat({ max: 60 }), (draws) => assert.deepEqual(verifyList(drawList(draws)), [])));
  });

  it('shows every arm that is not the one drawn', () => {
    fc.assert(
      fc.property(fc.nat({ max: 29 }), (at) => {
        const list = drawList(30);
        let before = 0;
        const index = list.blocks.findIndex(({ places }) => {
          before += places.length;
          return at < before;
        });
        const place = at - (before - (list.blocks[index]?.places.length ?? 0));
        const altered = changed(list, index, (block) => ({
          ...block,
          places: block.places.map((one, each) =>
            each === place ? { ...one, arm: one.arm === 'a' ? 'b' : 'a' } : one,
          ),
        }));
        assert.ok(
          verifyList(altered).some(
            (finding) => finding.what === 'place-differs' && finding.block === index + 1 && finding.place === place + 1,
          ),
        );
      }),
    );
  });

  it('shows bytes that were changed, cut or added to', () => {
    // A place with a choice left, so that its bytes decide something.
    const list = drawList(30);
    for (const change of [(bytes: Uint8Array) => bytes.slice(1), (bytes: Uint8Array) => Uint8Array.of(...bytes, 0)]) {
      const altered = changed(list, 0, (block) => ({
        ...block,
        places: block.places.map((one, at) => (at === 0 ? { ...one, bytes: change(one.bytes) } : one)),
      }));
      assert.ok(said(altered).includes('place-differs'));
      assert.ok(said(changed(list, 0, (block) => ({ ...block, bytes: change(block.bytes) }))).includes('size-differs'));
    }
  });

  it('shows a size that is not the one drawn', () => {
    const list = drawList(1);
    const other = changed(list, 0, (block) => ({ ...block, size: block.size === 4 ? 8 : 4 }));
    assert.ok(said(other).includes('size-differs'));
  });

  it('shows what is missing: a last place, a place between, a block', () => {
    const list = drawList(30);
    const last = list.blocks.length - 1;
    const without = (at: number) => (block: KeptBlock) => ({ ...block, places: block.places.toSpliced(at, 1) });
    assert.deepEqual(said(changed(list, last, without(-1))), ['count-differs']);
    assert.ok(said(changed(list, 0, without(1))).includes('place-missing'));
    const gone = { ...list, blocks: list.blocks.slice(1) };
    assert.ok(said(gone).includes('block-missing'));
  });

  it('lets a block end early only where the study was changed after it', () => {
    const early = newBlock(1, PLAN, 2);
    const later = newBlock(2, PLAN, 1);
    assert.deepEqual(said({ draws: 3, blocks: [early, later] }), ['block-left']);
    const other = newBlock(2, blockPlan({ ratio: { a: 1, b: 1 }, blocks: [2, 4] }), 1);
    assert.deepEqual(said({ draws: 3, blocks: [early, other] }), []);
  });

  it('names neither an arm nor a size', () => {
    const list = drawList(9);
    const wrong = changed(list, 0, (block) => ({
      ...block,
      size: 12,
      places: block.places.map((one) => ({ ...one, arm: 'secret-arm' })),
    }));
    const text = JSON.stringify(verifyList(wrong));
    assert.ok(!text.includes('secret-arm') && !text.includes('12') && text.includes('differs'));
  });
});
