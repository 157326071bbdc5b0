import { SteadyError } from '../../src/study/steady-error.ts';
import { heldInvitation } from '../element/invitation.ts';
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
  /** The same on a page of its own; undefined where there is none. */
  readonly page: URL | undefined;
}

/** Not for participants, so that their hosted page has it not. */
const WITHOUT_PAGE: readonly string[] = ['steady-screener-link'];

/** What of an element decides where a frame is, and what is kept or sent from it. */
export interface Framed extends Element {
  readonly endpoint: string;
  readonly source: string;
  readonly drafts: string | undefined;
  readonly idleMinutes: number;
  readonly sharedComputer: boolean;
  /** Which of the study's questionnaires, where it asks one. */
  readonly assessment?: string;
  readonly instrument?: string;
  /** Where the host page sends somebody who has a questionnaire to answer, from this page's address. */
  readonly questionnaire?: string;
}

/**
 * Where the endpoint has the element's frame and the hosted page. What the frame has to know from the start stands in the
 * query, an invitation in the fragment, which no server is told.
 *
 * @param study an id
 * @param page the host page's address
 * @throws IsolationError `isolation-needs-id`; StudyLoadError for an endpoint that cannot be used
 */
export function frameAddress(element: Framed, study: string, page: Location): FrameAddress {
  const base = endpointBase(element.endpoint, element.baseURI);
  if (!/^[a-z0-9][a-z0-9-]*$/.test(study)) {
    throw new IsolationError(
      'isolation-needs-id',
      `study="${study}" is an address. An isolated element is drawn by the endpoint, which knows studies by their id.`,
    );
  }
  const source = element.source || new URLSearchParams(page.search).get('source');
  const query = new URLSearchParams({
    ...(source && { source }),
    ...(element.drafts !== undefined && { drafts: element.drafts }),
    'idle-minutes': String(element.idleMinutes),
    ...(element.sharedComputer && { 'shared-computer': '' }),
    ...(element.assessment && { assessment: element.assessment }),
    ...(element.instrument && { instrument: element.instrument }),
    ...(element.questionnaire && { questionnaire: new URL(element.questionnaire, element.baseURI).href }),
  });
  const invitation = heldInvitation();
  const at = (path: string): URL => {
    const address = new URL(path, base);
    address.search = query.toString();
    // As it stood in the page's own address.
    if (invitation !== undefined) address.hash = `steady-invite=${invitation}`;
    return address;
  };
  return {
    frame: at(`studies/${study}/frame/${element.localName.replace(/^steady-/, '')}`),
    page: WITHOUT_PAGE.includes(element.localName) ? undefined : at(`p/${study}`),
  };
}
