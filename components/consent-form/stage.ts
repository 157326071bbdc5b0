import type { ConsentRecord } from '../../src/consent/record.ts';

/** What the element is about at the moment. */
export type Stage =
  /** The document is being read; where, the reading knows. */
  | { readonly at: 'reading' }
  | { readonly at: 'signing' }
  /** One last look before a decision is sent. */
  | { readonly at: 'declining' }
  /** Handed in: what is true of it, its delivery knows. `unknown`: by an earlier page. */
  | { readonly at: 'sent'; readonly what: Sent; readonly submission: string }
  /** A decision stands, and nothing is asked. */
  | { readonly at: 'standing' }
  | { readonly at: 'withdrawing'; readonly scope?: Scope; readonly erase?: boolean }
  /** A signed record on the screen. */
  | { readonly at: 'copy'; readonly record: ConsentRecord };

export type Sent = 'signed' | 'declined' | 'deferred' | 'paper' | 'withdrawn' | 'withdrawn-part' | 'unknown';
export type Scope = 'intervention' | 'study' | 'authorization';
