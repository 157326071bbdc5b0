import type { SubmissionKind } from '../../src/submission/any-submission.ts';

/** A submission came a step further on its way. Carries its kind, id and status, never an answer. */
export class SubmissionChangedEvent extends Event {
  static readonly eventName = 'steady-submission-changed';
  readonly kind: SubmissionKind;
  /** The submission's id, which is also its receipt's. */
  readonly id: string;
  readonly status: string;

  constructor(kind: SubmissionKind, id: string, status: string) {
    super(SubmissionChangedEvent.eventName, { bubbles: true, composed: true });
    this.kind = kind;
    this.id = id;
    this.status = status;
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'steady-submission-changed': SubmissionChangedEvent;
  }
}
