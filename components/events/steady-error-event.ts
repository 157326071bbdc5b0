/** Something went wrong that a developer or a network can mend. Carries a code and a sentence, never an answer. */
export class SteadyErrorEvent extends Event {
  static readonly eventName = 'steady-error';
  /** Stable, kebab-case. */
  readonly code: string;
  /** For the developer: names file, path and fix where there are any. */
  readonly message: string;

  constructor(code: string, message: string) {
    super(SteadyErrorEvent.eventName, { bubbles: true, composed: true });
    this.code = code;
    this.message = message;
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'steady-error': SteadyErrorEvent;
  }
}
