/**
 * Elements that stand on a page of the endpoint itself: the isolated frame and the hosted page, which hold nothing but the
 * kit. They are drawn in place, whatever the study says of isolation.
 */
const home = new WeakSet<Element>();

export function beAtHome(element: Element): void {
  home.add(element);
}

export function isAtHome(element: Element): boolean {
  return home.has(element);
}
