import type { StaffCalls } from '../../src/delivery/staff-calls.ts';
import { SteadyError } from '../../src/study/steady-error.ts';
import type { Link, NewLink, Recruitment, StaffMe } from '../../src/submission/links.ts';
import type { MessageKey, Params } from '../locales/catalogue.ts';

/** What is shown. */
export type Stage =
  | { readonly at: 'sign-in' }
  | { readonly at: 'links' }
  | { readonly at: 'link'; readonly code: string; readonly isNew: boolean };

/** What did not go as it should, in words. */
export interface Trouble {
  readonly words: MessageKey;
  readonly params?: Params;
}

export interface RecruiterEdges {
  /** To be drawn again. */
  readonly changed: () => void;
  /** Another screen: the focus goes to its heading. */
  readonly focus: () => void;
}

type Calls = Pick<StaffCalls, 'me' | 'links' | 'makeLink' | 'expireLink' | 'recruitment'>;

/**
 * A recruiter at an endpoint, without a screen: who they are, their links, and which of them is looked at. Owns the token, in
 * memory alone: no page, storage or event gets it, and it is gone when they sign out, are idle, or leave.
 */
export class Recruiter {
  readonly #edges: RecruiterEdges;
  #calls: Calls | undefined;
  #token: string | undefined;
  #staff: StaffMe | undefined;
  #links: readonly Link[] = [];
  #next: string | null = null;
  #recruitment: Recruitment | undefined;
  #stage: Stage = { at: 'sign-in' };
  #trouble: Trouble | undefined;
  #busy = false;
  #isEnding = false;

  constructor(edges: RecruiterEdges) {
    this.#edges = edges;
  }

  get staff(): StaffMe | undefined {
    return this.#staff;
  }

  get stage(): Stage {
    return this.#stage;
  }

  get trouble(): Trouble | undefined {
    return this.#trouble;
  }

  get busy(): boolean {
    return this.#busy;
  }

  /** The newest first. */
  get links(): readonly Link[] {
    return this.#links;
  }

  get hasMore(): boolean {
    return this.#next !== null;
  }

  /** Whoever wants to end a link is asked once more. */
  get isEnding(): boolean {
    return this.#isEnding;
  }

  /** The one that is looked at. */
  get link(): Link | undefined {
    const stage = this.#stage;
    return stage.at === 'link' ? this.#links.find(({ code }) => code === stage.code) : undefined;
  }

  /** Whether new people are taken: of the study, and of a site where one is named. Undefined while it is not known. */
  recruitmentAt(site?: string): string | undefined {
    const whole = this.#recruitment?.recruitment;
    if (whole !== 'open') return whole;
    return this.#recruitment?.sites.find((one) => one.site === site)?.recruitment ?? whole;
  }

  /** Another endpoint or study: whoever was signed in was so with the one before. */
  use(calls: Calls | undefined): void {
    this.#calls = calls;
    this.#forget();
    this.#edges.changed();
  }

  async signIn(typed: string): Promise<void> {
    const token = typed.trim();
    if (this.#calls === undefined || this.#busy) return;
    // What no header can carry opens nothing either.
    if (!/^[\x21-\x7e]+$/.test(token)) {
      this.#say({ words: token === '' ? 'link-token-missing' : 'link-token-wrong' });
      return;
    }
    this.#token = token;
    await this.#do(async (calls) => {
      const staff = await calls.me(token);
      const [page, recruitment] = await Promise.all([calls.links(token), calls.recruitment(token)]);
      return () => {
        this.#staff = staff;
        this.#links = page.links;
        this.#next = page.next;
        this.#recruitment = recruitment;
        this.#go({ at: 'links' });
      };
    });
    if (this.#staff === undefined) this.#token = undefined;
  }

  /** Nothing of what they saw stays. */
  signOut(trouble?: Trouble): void {
    this.#forget();
    this.#trouble = trouble;
    this.#edges.focus();
  }

  /** @returns whether there is a new link, which is then looked at */
  async make(wanted: NewLink): Promise<boolean> {
    const before = this.#links.length;
    await this.#do(async (calls, token) => {
      const link = await calls.makeLink(token, wanted);
      return () => {
        this.#links = [link, ...this.#links];
        this.#go({ at: 'link', code: link.code, isNew: true });
      };
    });
    return this.#links.length > before;
  }

  show(code: string): void {
    this.#go({ at: 'link', code, isNew: false });
  }

  /** Back to all links, with what came of them by now. */
  async showAll(): Promise<void> {
    this.#go({ at: 'links' });
    await this.#do(async (calls, token) => {
      const [page, recruitment] = await Promise.all([calls.links(token), calls.recruitment(token)]);
      return () => {
        this.#links = page.links;
        this.#next = page.next;
        this.#recruitment = recruitment;
      };
    });
  }

  async showMore(): Promise<void> {
    const after = this.#next;
    if (after === null) return;
    await this.#do(async (calls, token) => {
      const page = await calls.links(token, after);
      return () => {
        this.#links = [...this.#links, ...page.links];
        this.#next = page.next;
      };
    });
  }

  askToEnd(isEnding: boolean): void {
    this.#isEnding = isEnding;
    this.#edges.focus();
  }

  /** Ends the link that is looked at. */
  async end(): Promise<void> {
    const { link } = this;
    if (link === undefined) return;
    await this.#do(async (calls, token) => {
      await calls.expireLink(token, link.code);
      const { links } = await calls.links(token);
      const ended = links.find(({ code }) => code === link.code) ?? { ...link, state: 'expired' as const };
      return () => {
        this.#isEnding = false;
        this.#links = this.#links.map((one) => (one.code === link.code ? ended : one));
        this.#edges.focus();
      };
    });
  }

  /**
   * One thing at a time; what comes back after they have signed out, or another has come, is dropped.
   *
   * @param work asks, and returns what to do with the answer
   */
  async #do(work: (calls: Calls, token: string) => Promise<() => void>): Promise<void> {
    const [calls, token] = [this.#calls, this.#token];
    if (calls === undefined || token === undefined || this.#busy) return;
    this.#busy = true;
    this.#trouble = undefined;
    this.#edges.changed();
    try {
      const settle = await work(calls, token);
      if (this.#token === token && this.#calls === calls) settle();
    } catch (error) {
      // What an endpoint did not do has a code; anything else is a fault of ours.
      if (!(error instanceof SteadyError)) throw error;
      if (this.#token === token && this.#calls === calls) this.#fail(error);
    } finally {
      if (this.#token === token && this.#calls === calls) this.#busy = false;
      this.#edges.changed();
    }
  }

  #fail({ code }: SteadyError): void {
    const isSignedIn = this.#staff !== undefined;
    if (code === 'not-signed-in' || code === 'token-expired') {
      if (isSignedIn) this.signOut({ words: 'link-signed-out' });
      else this.#say({ words: code === 'not-signed-in' ? 'link-token-wrong' : 'link-signed-out' });
    } else if (code === 'role-not-allowed') {
      this.#say({ words: 'link-role' });
    } else if (code === 'unreachable') {
      this.#say({ words: 'link-unreachable' });
    } else {
      this.#say({ words: 'link-refused', params: { code } });
    }
  }

  #say(trouble: Trouble): void {
    this.#trouble = trouble;
    this.#edges.focus();
  }

  #go(stage: Stage): void {
    this.#stage = stage;
    this.#trouble = undefined;
    this.#isEnding = false;
    this.#edges.focus();
  }

  #forget(): void {
    this.#token = undefined;
    this.#staff = undefined;
    this.#links = [];
    this.#next = null;
    this.#recruitment = undefined;
    this.#stage = { at: 'sign-in' };
    this.#trouble = undefined;
    this.#busy = false;
    this.#isEnding = false;
  }
}
