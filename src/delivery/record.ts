import type { OutboxEntry } from './entry.ts';

/** The shape in which this kit writes entries to disk. A later kit that needs another raises it and reads both. */
export const RECORD_FORMAT = 1;

export interface EntryRecord extends OutboxEntry {
  readonly format: typeof RECORD_FORMAT;
}

export function toRecord(entry: OutboxEntry): EntryRecord {
  return { ...entry, format: RECORD_FORMAT };
}

/** The entry in a record as read from disk; `undefined` when it is damaged or of another format. Such a record stays. */
export function fromRecord(record: unknown): OutboxEntry | undefined {
  if (typeof record !== 'object' || record === null) return undefined;
  const { format, ...entry } = record as { [key in keyof EntryRecord]?: unknown };
  const sound =
    format === RECORD_FORMAT &&
    [entry.id, entry.kind, entry.endpoint, entry.study, entry.digest].every(isText) &&
    (entry.participant === null || isText(entry.participant)) &&
    [entry.writeKey, entry.after, entry.reason].every((value) => value === undefined || isText(value)) &&
    [entry.createdAt, entry.attempts, entry.nextAttemptAt].every(Number.isFinite) &&
    (entry.receipt === 'required' || entry.receipt === 'none') &&
    (entry.status === 'waiting' || entry.status === 'held' || entry.status === 'parked') &&
    (entry.problem === undefined || (typeof entry.problem === 'object' && entry.problem !== null)) &&
    entry.body instanceof Uint8Array;
  return sound ? (entry as OutboxEntry) : undefined;
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}
