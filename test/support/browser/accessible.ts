/** Whether what stands on the page can be used by everyone, as far as a machine can tell. */
import 'axe-core/axe.min.js';
import type axe from 'axe-core';

declare global {
  interface Window {
    readonly axe: typeof axe;
  }
}

/** Of axe's rules those whose end depends on colours: the others look at what is the same in every set of them. */
const COLOUR_RULES = ['color-contrast', 'link-in-text-block'];

/**
 * What axe finds wrong with an element and all inside it, its shadow root included.
 *
 * @param rules all of axe's, best practice too; or those about colours, for a page that all rules have seen in others
 */
export async function accessibilityProblems(
  element: Element,
  rules: 'all' | 'colours' = 'all',
): Promise<readonly string[]> {
  // Colours that change gently are looked at when they have changed.
  for (const animation of element.shadowRoot?.getAnimations() ?? []) animation.finish();
  const { violations } = await window.axe.run(element, {
    resultTypes: ['violations'],
    preload: false,
    ...(rules === 'colours' && { runOnly: COLOUR_RULES }),
  });
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary = '' }) => `${id} at ${target.flat().join(' ')}: ${failureSummary}`),
  );
}
