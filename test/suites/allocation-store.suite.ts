import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import type {
  AllocationBlockRow,
  AllocationCorrectionRow,
  AllocationList,
  AllocationRow,
} from '../../src/receiver/store/allocation-store.ts';
import type { ParticipantRow } from '../../src/receiver/store/participants-store.ts';
import type { ParticipantSiteRow, SiteDrawRow } from '../../src/receiver/store/sites-store.ts';
import type { Store } from '../../src/receiver/store/store.ts';
import { untilFree } from '../support/allocation/until-free.ts';
import type { Bench } from './store.suite.ts';

const AT = '2026-03-01T00:00:00.000Z';
const LIST: AllocationList = { study: 'ward', mode: 'test', stratum: '[["screening.role","nurse"]]' };

/** What every store must do for allocation: of participants one by one, and of sites. */
export function allocationStoreSuite(name: string, createBench: () => Promise<Bench>): void {
  describe(`${name} as a store of allocations`, () => {
    let bench: Bench;
    let store: Store;
    beforeEach(async () => {
      bench = await createBench();
      store = await bench.open();
    });
    afterEach(async () => {
      await store.close();
      await bench.remove();
    });

    const enrol = (...ids: string[]) =>
      store.transaction(async (tx) => {
        for (const id of ids) await tx.addParticipant(participant(id));
      });

    describe('lists', () => {
      it('count their draws, each by itself: by study, mode and stratum', async () => {
        const others: AllocationList[] = [
          { ...LIST, study: 'other' },
          { ...LIST, mode: 'live' },
          { ...LIST, stratum: '[["screening.role",null]]' },
        ];
        await store.transaction(async (tx) => {
          for (const list of [LIST, ...others, LIST]) assert.equal(await tx.countDraw(list), 0);
          const ward = await tx.allocationLists('ward', 'test');
          assert.deepEqual(ward.map(({ stratum, draws, block }) => [stratum, draws, block]).sort(), [
            ['[["screening.role","nurse"]]', 2, 0],
            ['[["screening.role",null]]', 1, 0],
          ]);
          assert.deepEqual(await tx.allocationLists('ward', 'live'), [{ ...LIST, mode: 'live', draws: 1, block: 0 }]);
        });
      });

      it('know the block that was opened last, and keep those before it', async () => {
        await store.transaction(async (tx) => {
          await tx.countDraw(LIST);
          await tx.openBlock(block(1));
          assert.equal(await tx.countDraw(LIST), 1);
          await tx.openBlock(block(2, { blockSize: 8 }));
          assert.equal(await tx.countDraw(LIST), 2);
          assert.deepEqual(await tx.allocationBlock(LIST, 1), block(1));
          assert.equal(await tx.allocationBlock(LIST, 3), undefined);
          assert.equal(await tx.allocationBlock({ ...LIST, mode: 'live' }, 1), undefined);
          assert.deepEqual(await tx.allocationBlocks(LIST), [block(1), block(2, { blockSize: 8 })]);
          assert.deepEqual(await tx.allocationBlocks({ ...LIST, stratum: 'other' }), []);
        });
        await assert.rejects(store.transaction((tx) => tx.openBlock(block(2))));
      });

      it('forget a draw that was not committed', async () => {
        const failing = store.transaction(async (tx) => {
          await tx.countDraw(LIST);
          throw new RangeError('no');
        });
        await assert.rejects(failing, RangeError);
        assert.deepEqual(await store.transaction((tx) => tx.allocationLists('ward', 'test')), []);
      });

      it('are drawn from by one at a time', async () => {
        const other = await bench.open();
        try {
          const draw = (by: Store) =>
            by.transaction(async (tx) => {
              const last = await tx.countDraw(LIST);
              await tx.openBlock(block(last + 1));
              return last + 1;
            });
          const drawn = await Promise.all(
            Array.from({ length: 20 }, (_, at) => untilFree(() => draw(at % 2 === 0 ? store : other))),
          );
          assert.deepEqual(
            drawn.toSorted((a, b) => a - b),
            Array.from({ length: 20 }, (_, at) => at + 1),
          );
        } finally {
          await other.close();
        }
      });
    });

    describe('allocations', () => {
      beforeEach(async () => {
        await enrol('p1', 'p2');
        await store.transaction(async (tx) => {
          await tx.countDraw(LIST);
          await tx.openBlock(block(1));
        });
      });

      it('are of a participant once, whatever the second one says', async () => {
        await store.transaction(async (tx) => {
          assert.equal(await tx.addAllocation(allocation('p1', 1)), true);
          assert.equal(await tx.addAllocation(allocation('p1', 2)), false);
          assert.deepEqual(await tx.allocation('ward', 'p1'), allocation('p1', 1));
          assert.equal(await tx.allocation('ward', 'p2'), undefined);
          assert.equal(await tx.allocation('other', 'p1'), undefined);
        });
      });

      it('are of a place once', async () => {
        await store.transaction(async (tx) => {
          assert.equal(await tx.addAllocation(allocation('p1', 1)), true);
          assert.equal(await tx.addAllocation(allocation('p2', 1)), false);
        });
        assert.equal(await store.transaction((tx) => tx.allocation('ward', 'p2')), undefined);
      });

      it('are of somebody who is there, in a block that is there', async () => {
        await assert.rejects(store.transaction((tx) => tx.addAllocation(allocation('nobody', 1))));
        await assert.rejects(store.transaction((tx) => tx.addAllocation(allocation('p1', 1, { block: 2 }))));
        await assert.rejects(store.transaction((tx) => tx.addAllocation(allocation('p1', 1, { stratum: 'other' }))));
      });

      it('are listed block by block and place by place', async () => {
        await enrol('p3');
        await store.transaction(async (tx) => {
          await tx.openBlock(block(2));
          await tx.addAllocation(allocation('p3', 1, { block: 2 }));
          await tx.addAllocation(allocation('p2', 1));
          await tx.addAllocation(allocation('p1', 2));
          const ids = (rows: AllocationRow[]) => rows.map((row) => row.participant).join();
          assert.equal(ids(await tx.places(LIST, 1)), 'p2,p1');
          assert.equal(ids(await tx.places(LIST, 2)), 'p3');
          assert.equal(ids(await tx.places({ ...LIST, mode: 'live' }, 1)), '');
          assert.equal(ids(await tx.allAllocations('ward', 'test')), 'p2,p1,p3');
          assert.equal(ids(await tx.allAllocations('ward', 'live')), '');
        });
      });
    });

    describe('corrections', () => {
      it('are added in their order and never written over', async () => {
        await store.transaction(async (tx) => {
          const first = correction(1);
          assert.equal(await tx.addCorrection(first), true);
          assert.equal(await tx.addCorrection({ ...first, id: 'other', reason: 'other' }), false);
          assert.equal(await tx.addCorrection(correction(2)), true);
          assert.equal(await tx.addCorrection(correction(1, { unit: 'site' })), true);
          assert.deepEqual(await tx.corrections(first), [first, correction(2)]);
          assert.deepEqual(await tx.corrections({ ...first, subject: 'p2' }), []);
          assert.deepEqual(await tx.corrections({ ...first, mode: 'live' }), []);
          assert.equal((await tx.allCorrections('ward', 'test')).length, 3);
          assert.deepEqual(await tx.allCorrections('other', 'test'), []);
        });
      });
    });

    describe('sites', () => {
      it('are drawn once for each phase, in test and live apart', async () => {
        await store.transaction(async (tx) => {
          assert.equal(await tx.addSiteDraw(siteDraw(1)), true);
          assert.equal(await tx.addSiteDraw(siteDraw(0)), true);
          assert.equal(await tx.addSiteDraw(siteDraw(1, { id: 'again', bytes: 'ff' })), false);
          assert.equal(await tx.addSiteDraw(siteDraw(1, { mode: 'live' })), true);
          assert.deepEqual(await tx.siteDraws('ward', 'test'), [siteDraw(0), siteDraw(1)]);
          assert.deepEqual(await tx.siteDraws('other', 'test'), []);
          assert.deepEqual(await tx.siteDraw('ward', 'test', 1), siteDraw(1));
          assert.equal(await tx.siteDraw('ward', 'test', 2), undefined);
          assert.deepEqual(await tx.siteDraw('ward', 'live', 1), siteDraw(1, { mode: 'live' }));
        });
      });

      it('are in one phase, and have one arm, of a draw that is there', async () => {
        const phase = { study: 'ward', mode: 'test', site: 'north', stratum: '[]', phase: 1 } as const;
        const { stratum: _, ...arm } = { ...phase, arm: 'a' };
        await store.transaction((tx) => tx.addSitePhase(phase));
        await assert.rejects(store.transaction((tx) => tx.addSitePhase({ ...phase, phase: 2 })));
        await assert.rejects(store.transaction((tx) => tx.addSiteArm(arm)));
        await store.transaction(async (tx) => {
          await tx.addSiteDraw(siteDraw(1));
          await tx.addSiteArm(arm);
          assert.deepEqual(await tx.sitePhases('ward', 'test'), [phase]);
          assert.deepEqual(await tx.siteArms('ward', 'test'), [arm]);
          assert.deepEqual(await tx.siteArm('ward', 'test', 'north'), arm);
          assert.equal(await tx.siteArm('ward', 'live', 'north'), undefined);
        });
        await assert.rejects(store.transaction((tx) => tx.addSiteArm({ ...arm, arm: 'b' })));
        await assert.rejects(store.transaction((tx) => tx.addSiteArm({ ...arm, site: 'south' })));
      });

      it('of a participant are told in their order', async () => {
        await enrol('p1', 'p2');
        await store.transaction(async (tx) => {
          assert.equal(await tx.addParticipantSite(participantSite(1)), true);
          assert.equal(await tx.addParticipantSite(participantSite(1, { site: 'south' })), false);
          const moved = participantSite(2, { kind: 'move', site: 'south', reason: 'Works there now.' });
          assert.equal(await tx.addParticipantSite(moved), true);
          await tx.changeParticipant('ward', 'p1', { site: 'south' });
          assert.equal((await tx.participant('ward', 'p1'))?.site, 'south');
          assert.deepEqual(await tx.participantSites('ward', 'p1'), [participantSite(1), moved]);
          assert.deepEqual(await tx.participantSites('ward', 'p2'), []);
          assert.deepEqual(await tx.allParticipantSites('ward', 'test'), [participantSite(1), moved]);
          assert.deepEqual(await tx.allParticipantSites('ward', 'live'), []);
        });
      });
    });
  });
}

function participant(id: string): ParticipantRow {
  return { study: 'ward', id, mode: 'test', site: 'north', enrolledAt: AT, screeningIdHash: null, contact: null };
}

function block(number: number, changes: Partial<AllocationBlockRow> = {}): AllocationBlockRow {
  const plan = '{"arms":[],"sizes":[4,8]}';
  return {
    ...LIST,
    block: number,
    plan,
    blockSize: 4,
    bytes: '01',
    studyVersion: '1.0.0',
    blockOpenedAt: AT,
    ...changes,
  };
}

function allocation(id: string, place: number, changes: Partial<AllocationRow> = {}): AllocationRow {
  const drawn = { id: `a-${id}`, block: 1, place, arm: 'a', bytes: '0203' };
  const how = { submission: `s-${id}`, studyVersion: '1.0.0', allocatedAt: AT };
  return { ...LIST, participant: id, ...drawn, ...how, ...changes };
}

function correction(seq: number, changes: Partial<AllocationCorrectionRow> = {}): AllocationCorrectionRow {
  const of = { study: 'ward', mode: 'test', unit: 'participant', subject: 'p1' } as const;
  return { ...of, seq, id: `c-${seq}`, arm: 'b', reason: 'Told the wrong one.', correctedAt: AT, ...changes };
}

function siteDraw(phase: number, changes: Partial<SiteDrawRow> = {}): SiteDrawRow {
  const drawn = { shares: '[]', bytes: '0a', startsOn: phase === 0 ? null : '2026-03-09' };
  return {
    ...{ study: 'ward', mode: 'test', phase, id: `d-${phase}` },
    ...drawn,
    ...{ studyVersion: '1.0.0', drawnAt: AT },
    ...changes,
  };
}

function participantSite(seq: number, changes: Partial<ParticipantSiteRow> = {}): ParticipantSiteRow {
  const of = { study: 'ward', participant: 'p1', seq, id: `s-${seq}`, mode: 'test' } as const;
  return { ...of, kind: 'baseline', site: 'north', reason: null, at: AT, ...changes };
}
