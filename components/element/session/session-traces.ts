import type { CredentialPlace } from '../../../src/delivery/credential-store.ts';
import { INVITATION_KEY, participantKey } from '../session-marker.ts';

/**
 * What tabs tell each other.
 *
 * - `changed`: look again who is signed in
 * - `left`: whoever was signed in has left the computer; of that place
 * - `shared`: this computer is shared
 */
export interface Told extends Partial<CredentialPlace> {
  readonly what: 'changed' | 'left' | 'shared';
}

/**
 * What of a session lies outside the store of its secrets: the mark that there is one, the invitation that waits in this
 * tab, and what tabs tell each other. None of it opens anything but the invitation, which goes with the tab.
 */
export class SessionTraces {
  readonly #channel: BroadcastChannel | undefined = openChannel();

  invitation(): string | undefined {
    return attempt(() => sessionStorage.getItem(INVITATION_KEY)) ?? undefined;
  }

  keepInvitation(code: string): void {
    attempt(() => sessionStorage.setItem(INVITATION_KEY, code));
  }

  dropInvitation(): void {
    attempt(() => sessionStorage.removeItem(INVITATION_KEY));
  }

  mark({ endpoint, study }: CredentialPlace): void {
    attempt(() => localStorage.setItem(participantKey(endpoint, study), ''));
  }

  unmark({ endpoint, study }: CredentialPlace): void {
    attempt(() => localStorage.removeItem(participantKey(endpoint, study)));
  }

  /** To the other tabs. */
  tell(what: Told['what'], place?: CredentialPlace): void {
    this.#channel?.postMessage({ what, ...place } satisfies Told);
  }

  listen(listener: (told: Told) => void): void {
    if (this.#channel) this.#channel.onmessage = ({ data }: MessageEvent<Told>) => listener(data);
  }
}

function openChannel(): BroadcastChannel | undefined {
  try {
    return new BroadcastChannel('steady-session');
  } catch {
    // Absent, or refused in a frame: there are no other tabs to hear from.
    return undefined;
  }
}

/** Undefined where the page has no storage: a session then lives as long as its page. */
function attempt<Result>(use: () => Result): Result | undefined {
  try {
    return use();
  } catch (error) {
    if (error instanceof DOMException) return undefined;
    throw error;
  }
}
