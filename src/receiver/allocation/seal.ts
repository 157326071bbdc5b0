import { canonicalBytes } from '../../submission/digest.ts';
import { type AuditEvent, type AuditEventName, recordEvent } from '../audit.ts';
import type { Key, KeyRing } from '../keys.ts';
import type { AuditRow, StoreTransaction } from '../store/store.ts';

/**
 * Rows of allocation with their place in the audit. An event names the row by its id and carries its seal, a keyed hash of
 * all that the row says: whoever changes a row, and the bytes that it was drawn by, cannot change that. A seal tells
 * nothing of the arm.
 */

/** The events that seal a row, each with the row's id and its seal as its last subjects. */
export const SEALING_EVENTS: ReadonlySet<AuditEventName> = new Set([
  'participant-allocated',
  'allocation-corrected',
  'site-settled',
  'site-changed',
  'phases-drawn',
  'phase-started',
]);

/** What is sealed: the row that has the id, and what belongs to it. */
export interface Sealed {
  readonly id: string;
  readonly content: unknown;
}

export function sealOf(key: Key, { id, content }: Sealed): string {
  return key.mac('allocation', canonicalBytes([id, content]));
}

/** Appends the event that seals a row, in the transaction that adds it. */
export function recordSealed(
  tx: StoreTransaction,
  { keys }: { readonly keys: KeyRing },
  event: AuditEvent,
  sealed: Sealed,
): Promise<AuditRow> {
  const subjects = [...event.subjects, sealed.id, sealOf(keys.current, sealed)];
  return recordEvent(tx, keys.current, { ...event, subjects });
}

/** The seals in a chain, by the id of what they seal. */
export function sealsIn(rows: readonly AuditRow[]): Map<string, { readonly seal: string; readonly keyId: string }> {
  return new Map(
    rows
      .filter(({ event }) => (SEALING_EVENTS as ReadonlySet<string>).has(event))
      .map(({ subjects, keyId }) => [subjects.at(-2) ?? '', { seal: subjects.at(-1) ?? '', keyId }]),
  );
}
