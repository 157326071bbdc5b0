import type { StudyHead } from '../../src/study/schema.ts';
import type { SteadyError } from '../../src/study/steady-error.ts';
import type { LocaleController } from '../element/locale-controller.ts';
import type { ShownProblem } from '../element/problem-summary.ts';
import type { Copying } from './copying.ts';
import type { LinkForm } from './link-form.ts';
import type { Recruiter } from './recruiter.ts';
import type { ShownLink } from './shown-link.ts';

/** Everything that the screens are drawn from: plain values, and what can be done. */
export interface Screen {
  /** There is something to draw: a study, or a page that goes without one. */
  readonly ready: boolean;
  readonly study: StudyHead | undefined;
  readonly failure: SteadyError | undefined;
  readonly locale: LocaleController;
  readonly mode: 'live' | 'test';
  /** Without an endpoint: plain addresses, unverified. */
  readonly plain: boolean;
  readonly recruiter: Recruiter;
  readonly form: LinkForm;
  readonly problems: readonly ShownProblem[];
  readonly copying: Copying;
  /** The link that is looked at, once what it is shown with is fetched. */
  readonly shown: ShownLink | undefined;
  /** It is being fetched. */
  readonly opening: boolean;
  readonly pictureFailed: boolean;
  /** A shared computer: the browser must not offer to keep a token. */
  readonly shared: boolean;
  /** What comes after the first screen, once it is fetched. */
  readonly later: typeof import('./after-first-screen.ts') | undefined;
  readonly act: Actions;
}

/** What a recruiter can do, as the element does it. */
export interface Actions {
  signIn(token: string): void;
  signOut(): void;
  /** Something in the form was chosen. */
  changed(): void;
  make(): void;
  show(code: string): void;
  showAll(): void;
  showMore(): void;
  askToEnd(isEnding: boolean): void;
  end(): void;
  /** @param what the id of the control whose text is copied */
  copy(what: string): void;
  take(as: 'svg' | 'png'): void;
  print(): void;
  reload(): void;
}
