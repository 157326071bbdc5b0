import type { ReactiveControllerHost } from 'lit';
import type { SteadyError } from '../../../src/study/steady-error.ts';
import type { Draft } from '../../../src/submission/draft.ts';
import type { Me } from '../../../src/submission/participation.ts';
import type { DraftsMode } from '../drafts/drafts.ts';
import type { LocaleController } from '../locale-controller.ts';

/** What an element that has a session is, and what the session asks of it. */
export interface SessionHost extends ReactiveControllerHost, HTMLElement {
  endpoint: string;
  receipt: 'required' | 'none';
  drafts: DraftsMode | undefined;
  idleMinutes: number;
  sharedComputer: boolean;
  readonly renderRoot: HTMLElement | DocumentFragment;
}

export interface SessionNeeds {
  readonly locale: LocaleController;
  /** Whether there is nothing to do here for whoever is signed in; it says so itself where that is not enough. */
  isDone(known: Me): boolean;
  /** Whether it shows anything that somebody has entered or been told. */
  touched(): boolean;
  /** Another device has gone on with the same draft: this is both. */
  merge(draft: Draft): void;
  /** The contact that this page has handed in, whose sender may be enrolled by it. */
  contact(): string | undefined;
  /** Takes everything off the screen that somebody entered or was told; drafts leave this device. */
  leave(): Promise<void>;
  /** Begins, for whoever is here now. */
  restart(): Promise<void>;
  /** From now on nothing is kept on this computer. */
  share(): void;
  focusHeading(): void;
  report(error: SteadyError): void;
}
