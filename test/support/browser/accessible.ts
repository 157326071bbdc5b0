/** Whether what stands on the page can be used by everyone, as far as a machine can tell. */
import 'axe-core/axe.min.js';
import type axe from 'axe-core';

declare global {
  interface Window {
    readonly axe: typeof axe;
  }
}

/** What axe finds wrong with an element and all inside it, its shadow root included: by all its rules, best practice too. */
export async function accessibilityProblems(element: Element): Promise<readonly string[]> {
  // Colours that change gently are looked at when they have changed.
  for (const animation of element.shadowRoot?.getAnimations() ?? []) animation.finish();
  const { violations } = await window.axe.run(element, { resultTypes: ['violations'], preload: false });
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary = '' }) => `${id} at ${target.flat().join(' ')}: ${failureSummary}`),
  );
}
