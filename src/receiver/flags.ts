import { v7 } from 'uuid';
import { type AuditEventName, recordEvent } from './audit.ts';
import type { Desk } from './desk.ts';
import type { FlagRow } from './store/flags-store.ts';
import type { StoreTransaction } from './store/store.ts';

export interface NewFlag extends Pick<FlagRow, 'study' | 'kind' | 'subjects'> {
  /** UTC. */
  readonly at: string;
  /** The event that tells of it in the audit, and in which chain. */
  readonly event: Extract<AuditEventName, 'repeat-noticed' | 'safety-noticed' | 'allocation-wanting'>;
  readonly chain: string;
}

/** Raises a flag, for a person to look at, and tells the audit of it. */
export async function raiseFlag(
  tx: StoreTransaction,
  { keys, mode }: Pick<Desk, 'keys' | 'mode'>,
  { study, kind, subjects, at, event, chain }: NewFlag,
): Promise<void> {
  const id = v7();
  await tx.addFlag({
    ...{ study, id, kind, mode, subjects, raisedAt: at },
    ...{ resolvedAt: null, resolvedBy: null, note: null },
  });
  await recordEvent(tx, keys.current, { study, chain, event, subjects: [id, ...subjects], at, mode });
}
