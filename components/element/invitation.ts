/**
 * The invitation that a page was opened with. It is a secret: nothing is spent by opening a link, but whoever reads the
 * address bar, a script that records it or the history could spend it. So it is taken out at once.
 */
let held: string | undefined;

/** The name as in secrets.ts, which a first page does not need for it; a test holds the two together. */
const INVITE = /[#&]steady-invite=([^&]*)/;

/** Takes it out of the page's address, and no other part of the fragment. True: there was one. */
export function takeInvitation(page: Pick<Window, 'location' | 'history'> = window): boolean {
  const { pathname, search, hash } = page.location;
  const found = INVITE.exec(hash);
  if (!found) return false;
  held = found[1];
  const rest = hash.replace(INVITE, '').replace(/^&/, '#');
  page.history.replaceState(page.history.state, '', pathname + search + rest);
  return true;
}

/** The code, as it stood in the link. */
export function heldInvitation(): string | undefined {
  return held;
}

/** It was spent, dismissed, or handed on. */
export function dropInvitation(): void {
  held = undefined;
}
