import type { Transaction } from 'kysely';
import type { Mode } from '../mode.ts';
import type { Tables } from './tables.ts';

/** Lists, blocks and places that participants were drawn from: the port's part, and its statements. */

export interface AllocationTransaction {
  /**
   * Counts one more draw from a list, and tells which block was opened last; 0 before the first. Whoever else draws from
   * the list waits until this transaction has ended.
   */
  countDraw(list: AllocationList): Promise<number>;
  /** Adds a block to a list; from now on it is the one that was opened last. */
  openBlock(row: AllocationBlockRow): Promise<void>;
  allocationBlock(list: AllocationList, block: number): Promise<AllocationBlockRow | undefined>;
  /** A list's blocks, by number. */
  allocationBlocks(list: AllocationList): Promise<AllocationBlockRow[]>;
  /** What was drawn from a block, in its order. */
  places(list: AllocationList, block: number): Promise<AllocationRow[]>;
  /** A study's lists, by stratum. */
  allocationLists(study: string, mode: Mode): Promise<AllocationListRow[]>;

  /** False, without effect, when the participant has been allocated already, or the place is taken. */
  addAllocation(row: AllocationRow): Promise<boolean>;
  allocation(study: string, participant: string): Promise<AllocationRow | undefined>;
  /** All of a study, list by list, in the order in which they were drawn. */
  allAllocations(study: string, mode: Mode): Promise<AllocationRow[]>;

  /** False, without effect, when the subject has a correction of this number already. */
  addCorrection(row: AllocationCorrectionRow): Promise<boolean>;
  /** Of a participant or a site, in their order. */
  corrections(of: CorrectionSubject): Promise<AllocationCorrectionRow[]>;
  /** All of a study, in their order. */
  allCorrections(study: string, mode: Mode): Promise<AllocationCorrectionRow[]>;
}

/** Those who are allocated together: test and live apart, each stratum by itself. */
export interface AllocationList {
  readonly study: string;
  readonly mode: Mode;
  /** As `stratumName` writes it. */
  readonly stratum: string;
}

export interface AllocationListRow extends AllocationList {
  readonly draws: number;
  /** The block that was opened last. */
  readonly block: number;
}

export interface AllocationBlockRow extends AllocationList {
  /** 1, 2, 3 … */
  readonly block: number;
  /** The `BlockPlan`, as JSON. */
  readonly plan: string;
  readonly blockSize: number;
  /** The random bytes that its size was drawn by, hex. */
  readonly bytes: string;
  /** The version of the study file that it was opened by. */
  readonly studyVersion: string;
  readonly blockOpenedAt: string;
}

/** Who was allocated where: once, and never changed. */
export interface AllocationRow extends AllocationList {
  readonly participant: string;
  /** UUIDv7. */
  readonly id: string;
  readonly block: number;
  /** 1, 2, 3 … in its block. */
  readonly place: number;
  readonly arm: string;
  /** The random bytes that it was drawn by, hex. */
  readonly bytes: string;
  /** The one whose receipt allocated. */
  readonly submission: string;
  readonly studyVersion: string;
  readonly allocatedAt: string;
}

export interface CorrectionSubject {
  readonly study: string;
  readonly mode: Mode;
  readonly unit: 'participant' | 'site';
  /** The id of the participant or the site. */
  readonly subject: string;
}

/** What somebody is in instead of what was drawn for them, and why. The draw stays as it is. */
export interface AllocationCorrectionRow extends CorrectionSubject {
  /** 1, 2, 3 … of its subject. */
  readonly seq: number;
  readonly id: string;
  readonly arm: string;
  readonly reason: string;
  readonly correctedAt: string;
}

export interface AllocationTables {
  allocationLists: AllocationListRow;
  allocationBlocks: AllocationBlockRow;
  allocations: AllocationRow;
  allocationCorrections: AllocationCorrectionRow;
}

export function allocationStatements(trx: Transaction<Tables>): AllocationTransaction {
  return {
    async countDraw({ study, mode, stratum }) {
      await trx
        .insertInto('allocationLists')
        .values({ study, mode, stratum, draws: 0, block: 0 })
        .onConflict((conflict) => conflict.columns(['study', 'mode', 'stratum']).doNothing())
        .execute();
      // The update takes the row's lock.
      const { block } = await trx
        .updateTable('allocationLists')
        .set((row) => ({ draws: row('draws', '+', 1) }))
        .where('study', '=', study)
        .where('mode', '=', mode)
        .where('stratum', '=', stratum)
        .returning('block')
        .executeTakeFirstOrThrow();
      return block;
    },
    async openBlock(row) {
      const { study, mode, stratum, block } = row;
      await trx.insertInto('allocationBlocks').values(row).execute();
      await trx
        .updateTable('allocationLists')
        .set({ block })
        .where('study', '=', study)
        .where('mode', '=', mode)
        .where('stratum', '=', stratum)
        .execute();
    },
    allocationBlock: (list, block) => blocksOf(trx, list).where('block', '=', block).executeTakeFirst(),
    allocationBlocks: (list) => blocksOf(trx, list).orderBy('block').execute(),
    places: ({ stratum, ...list }, block) =>
      allocationsOf(trx, list.study, list.mode)
        .where('stratum', '=', stratum)
        .where('block', '=', block)
        .orderBy('place')
        .execute(),
    allocationLists: (study, mode) =>
      trx
        .selectFrom('allocationLists')
        .selectAll()
        .where('study', '=', study)
        .where('mode', '=', mode)
        .orderBy('stratum')
        .execute(),

    async addAllocation(row) {
      const added = await trx
        .insertInto('allocations')
        .values(row)
        // Whichever key it is: an engine's own words about it would name the stratum and the place, in a log.
        .onConflict((conflict) => conflict.doNothing())
        .returning('id')
        .executeTakeFirst();
      return added !== undefined;
    },
    allocation: (study, participant) =>
      trx
        .selectFrom('allocations')
        .selectAll()
        .where('study', '=', study)
        .where('participant', '=', participant)
        .executeTakeFirst(),
    allAllocations: (study, mode) =>
      allocationsOf(trx, study, mode).orderBy('stratum').orderBy('block').orderBy('place').execute(),

    async addCorrection(row) {
      const added = await trx
        .insertInto('allocationCorrections')
        .values(row)
        .onConflict((conflict) => conflict.columns(['study', 'mode', 'unit', 'subject', 'seq']).doNothing())
        .returning('id')
        .executeTakeFirst();
      return added !== undefined;
    },
    corrections: ({ study, mode, unit, subject }) =>
      correctionsOf(trx, study, mode).where('unit', '=', unit).where('subject', '=', subject).orderBy('seq').execute(),
    allCorrections: (study, mode) =>
      correctionsOf(trx, study, mode).orderBy('unit').orderBy('subject').orderBy('seq').execute(),
  };
}

function blocksOf(trx: Transaction<Tables>, { study, mode, stratum }: AllocationList) {
  return trx
    .selectFrom('allocationBlocks')
    .selectAll()
    .where('study', '=', study)
    .where('mode', '=', mode)
    .where('stratum', '=', stratum);
}

function allocationsOf(trx: Transaction<Tables>, study: string, mode: Mode) {
  return trx.selectFrom('allocations').selectAll().where('study', '=', study).where('mode', '=', mode);
}

function correctionsOf(trx: Transaction<Tables>, study: string, mode: Mode) {
  return trx.selectFrom('allocationCorrections').selectAll().where('study', '=', study).where('mode', '=', mode);
}
