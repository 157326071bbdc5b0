/**
 * The page's side of a journey: finds what a person would name ("the button Continue"), through open shadow roots, and
 * says where to click. It is bundled and put into the page by agent-script.ts; nothing else of this folder runs in a browser.
 */
import { computeAccessibleName, getRole, isInaccessible } from 'dom-accessibility-api';

/** How a name travels: as it is, or as a pattern. */
export type WireName = string | { readonly source: string; readonly flags: string };

/** What is looked for: all that is given must fit. */
export type WireTarget = {
  readonly role?: string;
  readonly name?: WireName;
  /** A selector, inside of whichever shadow root. */
  readonly css?: string;
  /** Which of several, from 0. Without it more than one is an error. */
  readonly nth?: number;
};

type Found<T> = { readonly value: T } | { readonly problem: string };

/** Centre of the target in CSS pixels of the viewport, after scrolling to it, where a click really reaches it. */
export function point(target: WireTarget): Found<{ x: number; y: number }> {
  return withOne(target, (element) => {
    const places = [element, ...labelsOf(element)];
    for (const place of places) {
      place.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' });
      const { height, left, top, width } = place.getBoundingClientRect();
      const [x, y] = [left + width / 2, top + height / 2];
      const hit = deepestAt(x, y);
      if (hit !== undefined && reaches(hit, element)) return { value: { x, y } };
    }
    return { problem: `${describe(target)} is covered or off the screen` };
  });
}

/** The text that is seen, shadow roots included. */
export function text(target: WireTarget): Found<string> {
  return withOne(target, (element) => ({ value: visibleText(element).replace(/\s+/g, ' ').trim() }));
}

/** What is entered: the value of a field, and whether a box is ticked. */
export function state(target: WireTarget): Found<{ value: string; checked: boolean; disabled: boolean }> {
  return withOne(target, (element) => ({
    value: {
      value: 'value' in element ? String(element.value) : '',
      checked: 'checked' in element && element.checked === true,
      disabled: element.matches(':disabled, [aria-disabled="true"]'),
    },
  }));
}

export function count(target: WireTarget): Found<number> {
  return { value: findAll(target).length };
}

/** What has the focus: its role and name; empty where nothing has. */
export function focused(): Found<{ role: string; name: string }> {
  let element = document.activeElement;
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  if (element === null || element === document.body) return { value: { role: '', name: '' } };
  return { value: { role: getRole(element) ?? '', name: accessibleName(element) } };
}

/** Sets a field whose keyboard entry differs between machines: dates, and the choice of a native list. */
export function fill(target: WireTarget, value: string): Found<true> {
  return withOne(target, (element) => {
    if (element instanceof HTMLSelectElement) {
      const option = [...element.options].find((candidate) => candidate.label.trim() === value);
      if (option === undefined) return { problem: `${describe(target)} has no choice ${value}` };
      element.value = option.value;
    } else if (element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement) element.value = value;
    else return { problem: `${describe(target)} is no field` };
    element.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
    element.dispatchEvent(new Event('change', { bubbles: true }));
    return { value: true };
  });
}

function withOne<T>(target: WireTarget, use: (element: Element) => Found<T>): Found<T> {
  const found = findAll(target);
  const element = found[target.nth ?? 0];
  if (element === undefined) return { problem: `${describe(target)} is not on the page` };
  if (target.nth === undefined && found.length > 1)
    return { problem: `${describe(target)} is there ${found.length} times` };
  return use(element);
}

function findAll({ css, name, role }: WireTarget): Element[] {
  return [...deepElements(document)].filter((element) => {
    if (css !== undefined && !element.matches(css)) return false;
    if (role !== undefined && getRole(element) !== role) return false;
    if (!isSeen(element) || (role !== undefined && isInaccessible(element))) return false;
    return name === undefined || nameFits(accessibleName(element), name);
  });
}

function* deepElements(root: ParentNode): Generator<Element> {
  for (const element of root.children) {
    yield element;
    if (element.shadowRoot) yield* deepElements(element.shadowRoot);
    yield* deepElements(element);
  }
}

const accessibleName = (element: Element): string => computeAccessibleName(element).replace(/\s+/g, ' ').trim();

const nameFits = (actual: string, wanted: WireName): boolean =>
  typeof wanted === 'string' ? actual === wanted : new RegExp(wanted.source, wanted.flags).test(actual);

const isSeen = (element: Element): boolean =>
  element.getClientRects().length > 0 && getComputedStyle(element).visibility === 'visible';

const labelsOf = (element: Element): Element[] =>
  'labels' in element && element.labels instanceof NodeList
    ? [...element.labels].filter((label): label is HTMLLabelElement => label instanceof HTMLLabelElement)
    : [];

function deepestAt(x: number, y: number): Element | undefined {
  let hit = document.elementFromPoint(x, y);
  for (;;) {
    const inner: Element | null | undefined = hit?.shadowRoot?.elementFromPoint(x, y);
    if (!inner || inner === hit) return hit ?? undefined;
    hit = inner;
  }
}

/** Whether a click on `hit` is one on `element`: it lies in it, or in a label of it. */
function reaches(hit: Element, element: Element): boolean {
  for (let node: Node | null = hit; node !== null; node = node instanceof ShadowRoot ? node.host : node.parentNode) {
    if (node === element) return true;
    if (node instanceof HTMLLabelElement) return node.control === element;
  }
  return false;
}

function visibleText(element: Element): string {
  if (element.shadowRoot) return [...element.shadowRoot.children].filter(isSeen).map(visibleText).join(' ');
  const inner = [...element.querySelectorAll('*')].filter(({ shadowRoot }) => shadowRoot !== null);
  const own = element instanceof HTMLElement ? element.innerText : (element.textContent ?? '');
  return [own, ...inner.map(visibleText)].join(' ');
}

function describe({ css, name, nth, role }: WireTarget): string {
  const named = name === undefined ? '' : typeof name === 'string' ? ` "${name}"` : ` /${name.source}/${name.flags}`;
  return `${role ?? 'element'}${named}${css === undefined ? '' : ` (${css})`}${nth === undefined ? '' : ` number ${nth}`}`;
}
