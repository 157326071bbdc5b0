import { SteadyError } from '../../src/study/steady-error.ts';
import { endpointBase } from '../element/load-study.ts';

/** Why an element cannot be drawn in a frame. */
export class IsolationError extends SteadyError {
  constructor(code: IsolationCode, message: string) {
    super(code, message);
  }
}

export type IsolationCode = 'isolation-needs-id' | 'not-isolated' | 'frame-refused' | 'frame-unreachable';

export interface FrameAddress {
  readonly frame: URL;
  /** The same on a page of its own. */
  readonly page: URL;
}

/** Attributes that change what an element keeps or sends: the frame's element is given them too. */
const PASSED_ON = ['source', 'drafts', 'idle-minutes', 'shared-computer'];

/** An invitation in the page's fragment, as long as nobody has taken it out. */
let invitation = '';

/**
 * Where the endpoint has the element's frame and the hosted page. What the frame has to know from the start stands in the
 * query, an invitation in the fragment, which no server is told.
 *
 * @param study an id
 * @param page the host page's address
 * @throws IsolationError `isolation-needs-id`; StudyLoadError for an endpoint that cannot be used
 */
export function frameAddress(element: Element, study: string, endpoint: string, page: Location): FrameAddress {
  const base = endpointBase(endpoint, element.baseURI);
  if (!/^[a-z0-9][a-z0-9-]*$/.test(study)) {
    throw new IsolationError(
      'isolation-needs-id',
      `study="${study}" is an address. An isolated element is drawn by the endpoint, which knows studies by their id.`,
    );
  }
  const query = new URLSearchParams();
  for (const name of PASSED_ON) {
    const value = element.getAttribute(name);
    if (value !== null) query.set(name, value);
  }
  const source = new URLSearchParams(page.search).get('source');
  if (!query.get('source') && source) query.set('source', source);
  const at = (path: string): URL => {
    const address = new URL(path, base);
    address.search = query.toString();
    address.hash = invitation;
    return address;
  };
  invitation ||= takeInvitation(page);
  return {
    frame: at(`studies/${study}/frame/${element.localName.replace(/^steady-/, '')}`),
    page: at(`p/${study}`),
  };
}

/** Out of the address bar with it: whoever looks over a shoulder, or copies the address, would have it. */
function takeInvitation(page: Location): string {
  const parts = page.hash.slice(1).split('&');
  const found = parts.find((part) => part.startsWith('steady-invite='));
  if (found === undefined) return '';
  const rest = parts.filter((part) => part !== found).join('&');
  history.replaceState(history.state, '', `${page.pathname}${page.search}${rest && `#${rest}`}`);
  return found;
}
