/** What the tracker is about at the moment. `tried`: how often somebody pressed Send while something was missing. */
export type Stage =
  | { readonly at: 'overview' }
  /** One session: when, where, what can be done. */
  | { readonly at: 'session'; readonly session: string; readonly told?: 'unreachable' }
  /** All sessions of a series that has many. */
  | { readonly at: 'series'; readonly series: string }
  /** "I could not come": to which, and why. */
  | { readonly at: 'absence'; readonly session?: string; readonly reason: string; readonly tried?: number }
  | { readonly at: 'new-time'; readonly session: string; readonly slot?: string; readonly tried?: number }
  /** A feed's address is known on this page from when it was made until the screen is left. */
  | {
      readonly at: 'calendar';
      readonly feed?: string;
      readonly told?: 'revoked' | 'unreachable' | 'copied' | 'copy-failed';
    }
  | { readonly at: 'leaving'; readonly reason: string };
