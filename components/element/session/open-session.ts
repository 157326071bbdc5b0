import { normaliseEndpoint } from '../../../src/delivery/endpoint.ts';
import { openCredentialStore } from '../../../src/delivery/indexed-db-credential-store.ts';
import { callsFor } from '../calls.ts';
import { openOutbox, outboxes } from '../open-outbox.ts';
import { openSessions } from '../session-marker.ts';
import { Session } from './session.ts';
import { SessionTraces } from './session-traces.ts';

const sessions = new Map<string, Promise<Session>>();
/** A fact about the computer, so about every session on this page. */
let shared = false;

/** The page's one session for an endpoint and a study, shared by every element that asks. */
export function openSession(endpoint: string, study: string): Promise<Session> {
  const address = normaliseEndpoint(endpoint, document.baseURI);
  const key = `${address}|${study}`;
  const open = sessions.get(key) ?? begin(address, study);
  sessions.set(key, open);
  openSessions.set(key, open);
  return open;
}

/**
 * For every session and every answer of this page: nothing stays on this computer's disk, and nothing more is written there.
 *
 * @throws what a disk does that does not let go
 */
export async function shareComputer(): Promise<void> {
  shared = true;
  sweep();
  const opened = await Promise.all(sessions.values());
  const done = await Promise.allSettled([
    ...opened.map((session) => session.share()),
    ...[...outboxes.values()].map((outbox) => outbox.shareComputer()),
  ]);
  sweep();
  const failed = done.find((each) => each.status === 'rejected');
  if (failed) throw failed.reason;
}

async function begin(endpoint: string, study: string): Promise<Session> {
  const outbox = openOutbox(endpoint);
  if (shared) await outbox.shareComputer();
  const [store, calls] = [await openCredentialStore(), callsFor(endpoint, study)];
  const session = new Session({ endpoint, study, store, calls, outbox, traces: new SessionTraces(), shared });
  await session.open();
  return session;
}

/** Drafts, marks and invitations of every element, whichever study they are of. */
function sweep(): void {
  for (const storage of [() => sessionStorage, () => localStorage]) {
    try {
      const kept = storage();
      for (const key of Object.keys(kept)) if (key.startsWith('steady:')) kept.removeItem(key);
    } catch (error) {
      // A page without storage has nothing to sweep.
      if (!(error instanceof DOMException)) throw error;
    }
  }
}
