/**
 * Tells the endpoint that a recruiter's link was opened: on the first key or touch, so that a messenger's preview or a
 * browser's prefetch counts for nobody, and once for a visit. It says nothing of who that was, and nothing waits for it.
 */

/** What it needs of the page it is on. */
export interface Surroundings {
  readonly target: Pick<EventTarget, 'addEventListener'>;
  /** The tab's own memory: a page that is loaded again is the same visit. Throws where a browser allows none. */
  readonly memory: () => Pick<Storage, 'getItem' | 'setItem'>;
  readonly fetch: typeof fetch;
}

const PAGE: Surroundings = {
  target: globalThis,
  memory: () => sessionStorage,
  fetch: (...request) => fetch(...request),
};

export function countOpening(endpoint: URL, study: string, code: string, page: Surroundings = PAGE): void {
  const first = new AbortController();
  const count = (event: Event): void => {
    // A script that clicks is nobody's hand.
    if (!event.isTrusted) return;
    first.abort();
    if (isCounted(page, code)) return;
    const address = new URL(`studies/${study}/links/${code}/opened`, endpoint);
    // `keepalive`: whoever touches and leaves has opened it. A count that is lost is lost.
    page
      .fetch(address, { method: 'POST', keepalive: true, credentials: 'omit', referrerPolicy: 'no-referrer' })
      .catch(() => undefined);
  };
  for (const type of ['keydown', 'pointerdown']) {
    page.target.addEventListener(type, count, { signal: first.signal, capture: true, passive: true });
  }
}

/** Whether this visit was counted before; from now on it was. */
function isCounted({ memory }: Surroundings, code: string): boolean {
  const name = `steady-opened-${code}`;
  try {
    const before = memory().getItem(name) !== null;
    memory().setItem(name, '1');
    return before;
  } catch {
    // No memory: each load of the page is a visit.
    return false;
  }
}
