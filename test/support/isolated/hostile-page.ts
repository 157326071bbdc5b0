/**
 * The worst host page that scripts can make: it patches what the kit runs on, listens to everything before anybody else,
 * records every shadow root that it can reach, and tries the frames' doors. Runs in the browser, as a script of its own:
 * nothing of this file is seen from inside of the function.
 */
export function recordEverything(): void {
  const stolen: string[] = [];
  let keys = '';
  Object.assign(globalThis, { stolen: () => [...stolen, keys].join('\n') });
  const stringify = JSON.stringify;
  let isBusy = false;
  const keep = (...things: unknown[]): void => {
    // What the recorder itself calls is not recorded.
    if (isBusy) return;
    isBusy = true;
    for (const thing of things) {
      try {
        const text = typeof thing === 'string' ? thing : stringify(thing);
        if (typeof text === 'string' && text !== stolen[stolen.length - 1])
          stolen[stolen.length] = text.slice(0, 20_000);
      } catch {
        // It cannot be written down, so it holds no text of anybody's.
      }
    }
    isBusy = false;
  };
  /** Hears what a method is called on and with, and what it gives; of the busiest methods texts alone. */
  const tap = (owner: object, name: string, isBusiest = false): void => {
    const original: unknown = Reflect.get(owner, name);
    if (typeof original !== 'function') return;
    Reflect.set(owner, name, function tapped(this: unknown, ...given: unknown[]) {
      const result = Reflect.apply(original, this, given);
      for (const one of [this, result, ...given]) {
        if (typeof one === 'string' || (!isBusiest && typeof one === 'object' && one !== globalThis)) keep(one);
      }
      return result;
    });
  };
  for (const name of ['stringify', 'parse']) tap(JSON, name);
  for (const name of ['push', 'concat', 'join', 'includes', 'indexOf', 'slice']) tap(Array.prototype, name, true);
  for (const name of ['trim', 'replace', 'slice', 'split', 'normalize']) tap(String.prototype, name, true);
  for (const name of ['entries', 'fromEntries', 'assign', 'freeze']) tap(Object, name, true);
  for (const name of ['get', 'set']) tap(Map.prototype, name, true);
  for (const name of ['fetch', 'structuredClone', 'postMessage']) tap(globalThis, name);
  for (const name of ['open', 'send']) tap(XMLHttpRequest.prototype, name);
  for (const name of ['setItem', 'getItem']) tap(Storage.prototype, name);
  for (const name of ['put', 'add']) tap(IDBObjectStore.prototype, name);
  tap(TextEncoder.prototype, 'encode');
  tap(Navigator.prototype, 'sendBeacon');
  tap(MessagePort.prototype, 'postMessage');
  tap(Element.prototype, 'setAttribute');

  const define = customElements.define.bind(customElements);
  customElements.define = (name, element, options) => {
    for (const key of Object.getOwnPropertyNames(element.prototype)) {
      if (key !== 'constructor' && !Object.getOwnPropertyDescriptor(element.prototype, key)?.get) {
        tap(element.prototype, key);
      }
    }
    define(name, element, options);
  };

  const kinds = [
    'keydown',
    'keypress',
    'keyup',
    'beforeinput',
    'input',
    'change',
    'focusout',
    'click',
    'paste',
    'message',
  ];
  const listen = (target: EventTarget): void => {
    const hear = (event: Event): void => {
      const first = event.composedPath()[0] ?? event.target;
      if (event instanceof KeyboardEvent && event.type === 'keydown' && event.key.length === 1) keys += event.key;
      keep(
        event.type,
        Reflect.get(event, 'state'),
        Reflect.get(event, 'data'),
        first instanceof Element ? Reflect.get(first, 'value') : '',
      );
    };
    for (const kind of [...kinds, 'steady-state-changed', 'steady-submission-changed', 'steady-error'])
      target.addEventListener(kind, hear, true);
  };
  let frame: HTMLIFrameElement | undefined;
  const look = (root: Document | ShadowRoot): void => {
    for (const node of root.querySelectorAll('*')) {
      if (node.shadowRoot) look(node.shadowRoot);
      if ('value' in node) keep(node.value);
      if (!(node instanceof HTMLIFrameElement)) continue;
      frame = node;
      // Every door of a frame.
      for (const door of [
        () => node.contentDocument?.documentElement.outerHTML,
        () => node.contentWindow?.document.documentElement.outerHTML,
        () => Reflect.get(node.contentWindow ?? {}, 'sessionStorage'),
      ]) {
        try {
          keep(door());
        } catch {
          // Locked, as it should be.
        }
      }
    }
  };
  /** A greeting of the page's own, as the element's. */
  const greet = ({ contentWindow }: HTMLIFrameElement): void => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => keep({ greeted: data });
    contentWindow?.postMessage({ steady: 'hello', language: 'es', theme: 'dark' }, '*', [port2]);
  };
  const record = (root: Document | ShadowRoot): void => {
    listen(root);
    const everything = { attributes: true, characterData: true, childList: true, subtree: true };
    new MutationObserver((changes) => {
      for (const { target } of changes) keep(target.textContent);
    }).observe(root, everything);
  };
  const attachShadow = Element.prototype.attachShadow;
  Element.prototype.attachShadow = function opened(this: Element, init: ShadowRootInit) {
    const root = attachShadow.call(this, { ...init, mode: 'open' });
    record(root);
    return root;
  };
  listen(globalThis as unknown as EventTarget);
  record(document);
  setInterval(() => look(document), 200);
  Object.assign(globalThis, { greet: () => frame && greet(frame) });
}

/** As a file to serve. */
export const hostileScript = `(${recordEverything.toString()})();`;
