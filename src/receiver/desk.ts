import type { ProofCheck } from './consent/reauthentication.ts';
import type { RecordKeys } from './consent/record-keys.ts';
import type { Key, KeyRing } from './keys.ts';
import type { Mode } from './mode.ts';
import type { Store, StoreTransaction } from './store/store.ts';
import type { QueueEvent } from './webhooks/queue-event.ts';

/** What every kind of submission is received with, and what each has to say once it is taken in. */
export interface Desk {
  readonly store: Store;
  readonly keys: KeyRing;
  /** What consent records are signed with. */
  readonly recordKeys: RecordKeys;
  /** How a proof of who signs is checked, by study; of the others none is. */
  readonly proofs: ReadonlyMap<string, ProofCheck>;
  readonly mode: Mode;
  readonly now: () => Date;
  /** UUIDv7, for what the receiver names itself. */
  readonly newId: () => string;
  readonly queueEvent: QueueEvent;
}

/** What a kind of submission does in the transaction that takes it in. Run again when the transaction is. */
export type Acceptance = (tx: StoreTransaction) => Promise<Accepted>;

export interface Accepted {
  readonly receivedAt: string;
  readonly auditHead: string;
  readonly deviations: readonly string[];
  readonly next?: string;
}

/** The keyed hash by which a submission is known where its id may not be kept. */
export function idHash(key: Key, study: string, id: string): string {
  return key.mac('replay', JSON.stringify(['id', study, id]));
}

/** The same under every key there is: what stands may have been written with an older one. */
export function idHashes(keys: KeyRing, study: string, id: string): string[] {
  return keys.all.map((key) => idHash(key, study, id));
}

/** The keyed hash by which the same content is known again. A plain digest would let the few possible answers be guessed. */
export function contentHash(key: Key, study: string, digest: string): string {
  return key.mac('replay', JSON.stringify(['content', study, digest]));
}
