import type { Clock } from '../../../src/delivery/clock.ts';
import type { CredentialPlace, CredentialStore } from '../../../src/delivery/credential-store.ts';
import type { Outbox } from '../../../src/delivery/outbox.ts';
import type { ParticipantCalls } from '../../../src/delivery/participant-calls.ts';
import type { SessionTraces } from './session-traces.ts';

/** What a session works with. */
export interface SessionOptions extends CredentialPlace {
  readonly store: CredentialStore;
  readonly calls: ParticipantCalls;
  readonly outbox: Outbox;
  readonly traces: SessionTraces;
  /** Nothing is kept on this device. */
  readonly shared?: boolean;
  readonly clock?: Clock;
}
