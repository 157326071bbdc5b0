import type { ReactiveController, ReactiveControllerHost } from 'lit';

/**
 * What `<steady-study>` hands to the elements inside it, by the community's context protocol
 * (https://github.com/webcomponents-cg/community-protocols), so that they find it through shadow roots too. What an element
 * says itself wins.
 */
export type StudyContext = readonly { readonly attribute: string; readonly name: string; readonly value: unknown }[];

export const STUDY_CONTEXT = Symbol.for('steady-study');

/** Asked by an element, answered by the nearest provider around it. */
export interface ContextRequest extends Event {
  readonly context: unknown;
  readonly subscribe: boolean;
  readonly callback: (values: StudyContext, unsubscribe?: () => void) => void;
}

interface ContextHost extends ReactiveControllerHost, HTMLElement {
  readonly study: string;
}

/** Owns what an element has from the provider around it, if there is one. */
export class StudyContextController implements ReactiveController {
  readonly #host: ContextHost;
  readonly #given = new Map<string, unknown>();
  #stop: (() => void) | undefined;

  constructor(host: ContextHost) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    this.#ask();
    // A provider whose script comes later answers then.
    if (this.#stop === undefined) void customElements.whenDefined('steady-study').then(() => this.#ask());
  }

  /** Its provider may have come to life a moment ago: asked before anything is said to be missing. */
  hostUpdate(): void {
    if (this.#host.study === '') this.#ask();
  }

  hostDisconnected(): void {
    this.#stop?.();
    this.#stop = undefined;
  }

  #ask(): void {
    if (this.#stop !== undefined || !this.#host.isConnected) return;
    const callback: ContextRequest['callback'] = (values, stop) => this.#take(values, stop);
    const request = new Event('context-request', { bubbles: true, composed: true });
    this.#host.dispatchEvent(Object.assign(request, { context: STUDY_CONTEXT, subscribe: true, callback }));
  }

  #take(values: StudyContext, stop?: () => void): void {
    this.#stop = stop;
    const host = this.#host as unknown as Record<string, unknown>;
    for (const { attribute, name, value } of values) {
      // A value that is neither the page's own nor ours from before: the element was built with it.
      if (this.#host.hasAttribute(attribute) || (this.#given.has(name) && host[name] !== this.#given.get(name)))
        continue;
      this.#given.set(name, value);
      host[name] = value;
    }
  }
}
