import type { CSSResult } from 'lit';

/** Adds styles that arrive after the element was drawn to its shadow root, each once. */
export function adoptStyles(root: HTMLElement | DocumentFragment, styles: readonly CSSResult[]): void {
  if (!(root instanceof ShadowRoot)) return;
  const there = root.adoptedStyleSheets;
  const sheets = styles.flatMap(({ styleSheet }) => styleSheet ?? []).filter((sheet) => !there.includes(sheet));
  root.adoptedStyleSheets = [...there, ...sheets];
}
