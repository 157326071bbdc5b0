import type { ReactiveController } from 'lit';
import type { StudyHead } from '../../src/study/schema.ts';
import { takeInvitation } from './invitation.ts';
import type { SessionHost, SessionNeeds } from './session/session-host.ts';
import type { SessionView } from './session/session-view.ts';
import { isMarked } from './session-marker.ts';

/**
 * Fetches what an element shows of its participant's session: before the first page where there is a sign of one, else while
 * that page is being read. Takes an invitation out of the page's address at once, in either case.
 */
export class SessionController implements ReactiveController {
  readonly #host: SessionHost;
  readonly #needs: SessionNeeds;
  #view: SessionView | undefined;

  constructor(host: SessionHost, needs: SessionNeeds) {
    this.#host = host;
    this.#needs = needs;
    host.addController(this);
  }

  /** Once it is there. */
  get view(): SessionView | undefined {
    return this.#view;
  }

  hostConnected(): void {
    takeInvitation();
  }

  /** Before the first page: resolves at once where nothing tells of a participant. */
  async begin(study: StudyHead): Promise<void> {
    this.#view?.stop();
    this.#view = undefined;
    const { endpoint, drafts, sharedComputer } = this.#host;
    const address = new URL(endpoint, document.baseURI).href.replace(/\/+$/, '');
    if (sharedComputer || drafts === 'server' || isMarked(address, study.id)) await this.open(study);
  }

  async open(study: StudyHead): Promise<void> {
    if (this.#view) return;
    const { openSessionView } = await import('./session/session-view.ts');
    this.#view = await openSessionView(this.#host, this.#needs, study);
  }
}
