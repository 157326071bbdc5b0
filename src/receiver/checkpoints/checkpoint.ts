import * as v from 'valibot';
import { idSchema } from '../../study/schema.ts';
import type { RecordKeys } from '../consent/record-keys.ts';
import type { Mode } from '../mode.ts';
import { makeSecretFile } from '../secret-file.ts';
import { signDocument } from '../signed-document.ts';
import type { Store } from '../store/store.ts';

/**
 * Where every audit chain of a study ended at one moment, signed and written outside of the database: what was cut off a chain since
 * shows by it, and so does a chain that is gone. Whoever keeps the files where the receiver's operator cannot change them need
 * not trust the database.
 */

export const CHECKPOINT_FORMAT = 'steady-checkpoint/1';

export const checkpointSchema = v.looseObject({
  format: v.literal(CHECKPOINT_FORMAT),
  study: idSchema,
  mode: v.picklist(['live', 'test']),
  /** UTC. */
  at: v.string(),
  /** Of every chain: how many rows it had, and the last one's keyed hash. */
  heads: v.array(v.strictObject({ chain: v.string(), seq: v.number(), mac: v.string() })),
});

export type Checkpoint = v.InferOutput<typeof checkpointSchema>;

export interface CheckpointParts {
  readonly store: Store;
  readonly recordKeys: Pick<RecordKeys, 'current'>;
  readonly now: () => Date;
}

/** As signed text. */
export async function makeCheckpoint(
  { store, recordKeys, now }: CheckpointParts,
  study: string,
  mode: Mode,
): Promise<{ readonly text: string; readonly at: string; readonly chains: number }> {
  const at = now().toISOString();
  const heads = await store.snapshot((tx) => tx.auditHeads(study));
  const told = heads.map(({ chain, seq, mac }) => ({ chain, seq, mac }));
  const text = await signDocument({ format: CHECKPOINT_FORMAT, study, mode, at, heads: told }, recordKeys);
  return { text, at, chains: heads.length };
}

/** Writes one to a file of its own. @returns its name */
export async function writeCheckpoint(
  parts: CheckpointParts,
  { study, mode, folder }: { readonly study: string; readonly mode: Mode; readonly folder: string },
): Promise<{ readonly name: string; readonly chains: number }> {
  const { text, at, chains } = await makeCheckpoint(parts, study, mode);
  const name = `${study}-${at.replaceAll(':', '').replace('.', '-')}.checkpoint.json`;
  await makeSecretFile(folder, name, `${text}\n`);
  return { name, chains };
}
