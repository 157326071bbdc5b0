/**
 * Tells the height of an element's content whenever it changes. A browser may stop drawing a frame that is out of view,
 * and its ResizeObserver with it: then what changes in the content is measured at once instead.
 */
export function watchHeight(element: Element, tell: (height: number) => void): void {
  let last = -1;
  const measure = (): void => {
    const { height } = element.getBoundingClientRect();
    if (height === last) return;
    last = height;
    tell(height);
  };
  new ResizeObserver(measure).observe(element);
  const root = element.shadowRoot;
  const changes = { childList: true, subtree: true, attributes: true, characterData: true };
  if (root !== null) new MutationObserver(measure).observe(root, changes);
  measure();
}
