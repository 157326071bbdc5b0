/** Registers an element once: a page may load the script twice, or two copies of it. The first one stays. */
export function define(tag: `steady-${string}`, element: CustomElementConstructor): void {
  if (customElements.get(tag) === undefined) customElements.define(tag, element);
}
