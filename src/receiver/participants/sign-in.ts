import type { Mode } from '../mode.ts';

/** A participant, as a call's token or write key shows them. */
export interface SignedIn {
  readonly study: string;
  /** UUIDv7. */
  readonly participant: string;
  readonly mode: Mode;
  readonly site: string | null;
  readonly enrolledAt: string;
  /** The write key of a device that was replaced: it may still deliver what was queued there. */
  readonly replaced: boolean;
}
