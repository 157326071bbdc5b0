import type { LitElement } from 'lit';

/**
 * Leads to an element's heading as soon as it has one: its code, its study and what is known of whoever reads it may still be on
 * their way.
 *
 * @param isWanted whether somebody still waits for it
 */
export async function focusHeading(element: HTMLElement, isWanted: () => boolean): Promise<void> {
  await customElements.whenDefined(element.localName);
  const { renderRoot } = element as LitElement;
  while (isWanted()) {
    const heading = renderRoot.querySelector<HTMLElement>('[data-focus="heading"]');
    if (heading) return heading.focus();
    await drawnAnew(renderRoot);
  }
}

function drawnAnew(root: Node): Promise<void> {
  return new Promise((resolve) => {
    const observer = new MutationObserver(() => {
      observer.disconnect();
      resolve();
    });
    observer.observe(root, { childList: true, subtree: true });
  });
}
