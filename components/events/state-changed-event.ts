import type { ElementState } from '../element/element-state.ts';

/** The element moved on: for a page that wants to show or hide something of its own. Carries no answer and no verdict. */
export class StateChangedEvent extends Event {
  static readonly eventName = 'steady-state-changed';
  readonly state: ElementState;

  constructor(state: ElementState) {
    super(StateChangedEvent.eventName, { bubbles: true, composed: true });
    this.state = state;
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'steady-state-changed': StateChangedEvent;
  }
}
