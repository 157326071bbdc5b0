/** Somebody hands in the assessment after which a study allocates, as a receiver would take it in. */
import assert from 'node:assert/strict';
import { v7 } from 'uuid';
import type { Standing } from '../../../src/consent/standing.ts';
import {
  type AllocationOutcome,
  allocateParticipant,
  type Baseline,
} from '../../../src/receiver/allocation/allocate-participant.ts';
import type { KeyRing } from '../../../src/receiver/keys.ts';
import type { Mode } from '../../../src/receiver/mode.ts';
import { type KnownStudy, keepStudy, readStudy } from '../../../src/receiver/served-study.ts';
import type { Store, StoreTransaction } from '../../../src/receiver/store/store.ts';

export const SIGNED: Standing = { state: 'signed', version: '1.0', intervention: 'open', authorization: 'open' };

/** Changes of what is usual: the baseline, in the receiver's mode, by somebody who has signed. */
export async function handInWithin(
  tx: StoreTransaction,
  { keys, mode }: { readonly keys: KeyRing; readonly mode: Mode },
  known: KnownStudy,
  id: string,
  changes: Partial<Baseline> = {},
): Promise<AllocationOutcome> {
  const participant = await tx.participant('ward', id);
  assert(participant);
  const usual = { assessment: 'baseline', submission: v7(), mode, standing: SIGNED, at: new Date().toISOString() };
  return allocateParticipant(tx, { keys, mode, newId: v7 }, { known, participant, ...usual, ...changes });
}

/** The same in a transaction of its own. */
export function handIn(
  { store, ...desk }: Parameters<typeof handInWithin>[1] & { readonly store: Store },
  known: KnownStudy,
  id: string,
  changes: Partial<Baseline> = {},
): Promise<AllocationOutcome> {
  return store.transaction((tx) => handInWithin(tx, desk, known, id, changes));
}

/** A study as a receiver of it knows it, which it keeps on the way. */
export async function knownStudy(
  { store, keys, now }: { readonly store: Store; readonly keys: KeyRing; readonly now: string },
  study: object,
): Promise<KnownStudy> {
  const served = await readStudy(JSON.stringify(study), 'ward.study.json');
  const unreadable = () => assert.fail('unreadable');
  return keepStudy(served, { store, keys, mode: 'test', now: () => new Date(now), unreadable });
}
