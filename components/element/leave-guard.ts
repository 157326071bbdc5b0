import type { ReactiveController, ReactiveControllerHost } from 'lit';

/**
 * Lets the browser ask before the page is left, while something would be lost with it. A page with such a listener is kept
 * out of the back-forward cache, so it is there only while it must be.
 *
 * @returns to be told whether anything is at risk, as often as that may have changed
 */
export function leaveGuard(): (isAtRisk: boolean) => void {
  const ask = (event: BeforeUnloadEvent) => event.preventDefault();
  return (isAtRisk) => {
    if (isAtRisk) addEventListener('beforeunload', ask);
    else removeEventListener('beforeunload', ask);
  };
}

/** The same for an element: asked at each update. */
export class LeaveGuard implements ReactiveController {
  readonly #guard = leaveGuard();
  readonly #isAtRisk: () => boolean;

  constructor(host: ReactiveControllerHost, isAtRisk: () => boolean) {
    this.#isAtRisk = isAtRisk;
    host.addController(this);
  }

  hostUpdated(): void {
    this.#guard(this.#isAtRisk());
  }

  hostDisconnected(): void {
    this.#guard(false);
  }
}
