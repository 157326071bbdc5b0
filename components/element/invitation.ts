/**
 * The invitation that a page was opened with. It is a secret: nothing is spent by opening a link, but whoever reads the
 * address bar, a script that records it or the history could spend it. So it is taken out at once.
 */
let held: string | undefined;

/** As in secrets.ts, which a first page does not need for it; a test holds the two together. */
const INVITE = 'steady-invite=';

/** Takes it out of the page's address, and no other part of the fragment. True: there was one. */
export function takeInvitation(page: Pick<Window, 'location' | 'history'> = window): boolean {
  const parts = page.location.hash.slice(1).split('&');
  const found = parts.find((part) => part.startsWith(INVITE));
  if (found === undefined) return false;
  held = found.slice(INVITE.length);
  const rest = parts.filter((part) => part !== found).join('&');
  const { pathname, search } = page.location;
  page.history.replaceState(page.history.state, '', `${pathname}${search}${rest && `#${rest}`}`);
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
