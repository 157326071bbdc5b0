/**
 * What a participant has decided so far, from everything that a receiver has taken from them, oldest first. Nothing is
 * overwritten: where somebody stands follows from the whole list.
 */
export type Decision = { readonly submission: string } & (
  | { readonly outcome: 'signed' | 'declined'; readonly version: string }
  /** Put off, or asked for on paper: nothing is decided. */
  | { readonly outcome: 'deferred' | 'paper'; readonly version: string }
  | { readonly withdrawnFrom: 'intervention' | 'study' | 'authorization' }
);

export interface Standing {
  /** `declined` also where a new version was declined after an earlier one was signed: staff speak with them. */
  readonly state: 'none' | 'signed' | 'declined' | 'withdrawn';
  /** The version that was signed last. It stays known after a withdrawal: see `reconsent` and the record. */
  readonly version?: string;
  /** No more sessions; what the consent covers besides goes on. */
  readonly intervention: 'open' | 'withdrawn';
  /** 45 CFR 164.508(b)(5): ends the use of health information and nothing else. H4. */
  readonly authorization: 'open' | 'revoked';
}

const NOTHING: Standing = { state: 'none', intervention: 'open', authorization: 'open' };

export function standing(decisions: readonly Decision[]): Standing {
  return decisions.reduce(after, NOTHING);
}

function after(before: Standing, decision: Decision): Standing {
  if ('withdrawnFrom' in decision) {
    switch (decision.withdrawnFrom) {
      case 'study':
        return { ...before, state: 'withdrawn' };
      case 'intervention':
        return { ...before, intervention: 'withdrawn' };
      case 'authorization':
        return { ...before, authorization: 'revoked' };
    }
  }
  // Who signs again takes part again; who withdrew from sessions alone has not changed their mind on those by it.
  if (decision.outcome === 'signed') {
    return { ...before, state: 'signed', version: decision.version, authorization: 'open' };
  }
  return decision.outcome === 'declined' && before.state !== 'withdrawn' ? { ...before, state: 'declined' } : before;
}

/**
 * The decision that somebody took elsewhere since the one that a reading knew of; a signature from that reading is then
 * refused. By the receiver's order, because a browser's clock may be a day wrong.
 *
 * @param known the submission of the last decision that the reading knew of; undefined where it knew of none
 */
export function decidedSince(decisions: readonly Decision[], known: string | undefined): Decision | undefined {
  const from = known === undefined ? 0 : decisions.findIndex(({ submission }) => submission === known) + 1;
  return decisions.slice(from).findLast(isDecisive);
}

function isDecisive(decision: Decision): boolean {
  if ('withdrawnFrom' in decision) return decision.withdrawnFrom === 'study';
  return decision.outcome === 'signed' || decision.outcome === 'declined';
}
