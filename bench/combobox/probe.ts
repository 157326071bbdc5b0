/** The page's side of the benchmark: what happened to the last action, and how long it took. Runs in the browser alone. */

/** Milliseconds since the event (or the call) that began it. */
export interface Probe {
  /** The list's nodes are there and laid out. */
  readonly inPlace: number;
  /** A frame with them has been handed over. */
  readonly onScreen: number;
  readonly opened: number;
  readonly selectBuilt: number;
  readonly selectKey: number;
}

declare global {
  interface Window {
    bench: {
      /** What the action that was just made took. */
      next(): Promise<Partial<Probe>>;
      /** Puts a native select on the page and gives it the focus. */
      buildSelect(): void;
    };
  }
}

/** Handed to the page as text: it may use nothing from outside. */
export function probe(count: number): void {
  let result: Promise<Partial<Probe>> = Promise.resolve({});
  // After the frame's own callbacks, styles and layout: the message comes when it has been drawn.
  const drawn = (): Promise<number> =>
    new Promise((resolve) => {
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => resolve(performance.now());
        port2.postMessage(undefined);
      });
    });
  const since = async (start: number, what: keyof Probe, more: Partial<Probe> = {}): Promise<Partial<Probe>> => ({
    ...more,
    [what]: (await drawn()) - start,
  });
  const isSelect = (event: Event): boolean => event.target instanceof HTMLSelectElement;
  let start = 0;
  for (const type of ['click', 'input', 'keydown']) {
    window.addEventListener(
      type,
      (event) => {
        if (type !== 'keydown' || isSelect(event)) start = performance.now();
      },
      true,
    );
  }
  window.addEventListener('input', (event) => {
    if (isSelect(event)) return;
    // Reading a size makes the browser lay out now what it would lay out for the frame.
    document.body.getBoundingClientRect();
    result = since(start, 'onScreen', { inPlace: performance.now() - start });
  });
  window.addEventListener('click', () => {
    result = since(start, 'opened');
  });
  window.addEventListener('keydown', (event) => {
    if (isSelect(event)) result = since(start, 'selectKey');
  });
  window.bench = {
    next: () => result,
    buildSelect() {
      document.querySelector('select')?.remove();
      start = performance.now();
      const select = document.createElement('select');
      const names = ['Maple', 'Oak', 'Birch', 'Willow', 'Juniper', 'Rowan', 'Street'];
      for (let at = 0; at < count; at += 1) select.add(new Option(`${names[at % names.length]} ${at}`, `${at}`));
      document.body.prepend(select);
      select.focus();
      result = since(start, 'selectBuilt');
    },
  };
}
