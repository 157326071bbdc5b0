import { beAtHome } from '../element/home.ts';

/** What the endpoint's own pages have in common: what they are told, and how an element is put on them. */

export interface OwnPage {
  readonly study: string;
  readonly endpoint: URL;
  /** The code of the recruiter's link that the page was reached by. */
  readonly link: string | undefined;
}

/** Attributes that a host page hands on in the address, as far as an element takes them here. */
const FROM_ADDRESS = ['source', 'drafts', 'idle-minutes', 'shared-computer', 'assessment', 'instrument'];

/** What the endpoint wrote onto the page, as `data-` attributes of its body. */
export function ownPage(): OwnPage {
  const { endpoint = '.', study = '', link } = document.body.dataset;
  return { study, endpoint: new URL(endpoint, document.baseURI), link };
}

/** Makes an element that is drawn in place, here. The loader fetches it once it is on the page. */
export function createElementOf<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  { study, endpoint, link }: OwnPage,
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  beAtHome(element);
  element.setAttribute('study', study);
  element.setAttribute('endpoint', endpoint.href);
  const query = new URLSearchParams(location.search);
  for (const attribute of FROM_ADDRESS) {
    const value = query.get(attribute);
    if (value !== null) element.setAttribute(attribute, value);
  }
  // What the endpoint has looked up is true, whatever the address says beside it.
  if (link !== undefined) element.setAttribute('source', link);
  return element;
}
