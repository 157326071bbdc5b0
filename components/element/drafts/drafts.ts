import type { Draft } from '../../../src/submission/draft.ts';

/** Where drafts go by the page's choice: the `drafts` attribute. */
export type DraftsMode = 'server' | 'device' | 'tab' | 'off';

/** Where the last draft is, as may be told beside the buttons. `saving`: on its way to the server, and held here. */
export type Kept = 'tab' | 'device' | 'server' | 'saving' | 'nowhere';

export type FoundDraft =
  | { readonly status: 'none' }
  | { readonly status: 'found'; readonly draft: Draft }
  /** Not readable: set aside under its own key, so that a person can still look into it. */
  | { readonly status: 'damaged' };

/**
 * The port behind which one element's draft is kept while somebody fills it in. Contract: `test/suites/drafts.suite.ts`.
 */
export interface Drafts {
  /** Undefined: nothing has been kept yet. */
  readonly kept: Kept | undefined;
  read(): Promise<FoundDraft>;
  write(draft: Draft): void;
  /** Keeps a draft of another study version beside the new one, because some of its answers fit no question any more. */
  setAside(draft: Draft): void;
  /** It is done with: nothing of it stays anywhere, what was set aside included. */
  wipe(): void;
  /** Whoever wrote it has left: nothing of it stays on this device. What a server has, stays there. */
  leave(): Promise<void>;
  /** The computer is shared: nothing of it stays on its disk, and nothing more is written there. */
  share(): void;
}
