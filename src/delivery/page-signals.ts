/**
 * What wakes an outbox besides its own timer. This room knows no document: a page hands its own in, a worker has none.
 */
export interface PageSignals {
  /** Nobody looks at the page, and it may go away without another word. */
  readonly hidden: boolean;
  /** Returns the way to stop. */
  subscribe(listener: (signal: PageSignal) => void): () => void;
}

/** `online`: the network is back. `visible`: the page is looked at again. `hidden`: it is not, or is about to go. */
export type PageSignal = 'online' | 'visible' | 'hidden';

/**
 * The signals of a page: `pageSignals(window, document)`. Without arguments, those of the global scope alone.
 *
 * @param scope where `online`, `pageshow` (a page that comes back whole from the back-forward cache) and `pagehide` are heard.
 * @param page where `visibilitychange` is heard.
 */
export function pageSignals(
  scope: Partial<EventTarget> = globalThis,
  page?: EventTarget & { readonly visibilityState: string },
): PageSignals {
  const hidden = () => page?.visibilityState === 'hidden';
  return {
    get hidden() {
      return hidden();
    },
    subscribe(listener) {
      const listening = new AbortController();
      const on = (target: Partial<EventTarget>, type: string, signal: () => PageSignal) =>
        target.addEventListener?.(type, () => listener(signal()), { signal: listening.signal });
      on(scope, 'online', () => 'online');
      on(scope, 'pageshow', () => 'visible');
      on(scope, 'pagehide', () => 'hidden');
      if (page) on(page, 'visibilitychange', () => (hidden() ? 'hidden' : 'visible'));
      return () => listening.abort();
    },
  };
}
