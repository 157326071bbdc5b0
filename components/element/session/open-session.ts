import { normaliseEndpoint } from '../../../src/delivery/endpoint.ts';
import { openCredentialStore } from '../../../src/delivery/indexed-db-credential-store.ts';
import { asSteadyError } from '../../../src/study/steady-error.ts';
import { callsFor } from '../calls.ts';
import { openOutbox, outboxes } from '../open-outbox.ts';
import { openSessions } from '../session-marker.ts';
import { Session } from './session.ts';
import { SessionTraces } from './session-traces.ts';

const sessions = new Map<string, Promise<Session>>();
/** A fact about the computer, so about every session on this page. */
let shared = false;

const tabs = new SessionTraces();
tabs.listen(({ what }) => {
  if (what !== 'shared') return;
  share().catch((error) => {
    // The tab that has told it tells its participant.
    const { code, message } = asSteadyError(error);
    console.error(`steady session: ${code}: ${message}`);
  });
});

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
 * For every session and every answer of this page and of this origin's other tabs: nothing of theirs stays on this
 * computer's disk, and nothing more is written there. Nor do anybody's secrets stay, of whichever study.
 *
 * @throws what a disk does that does not let go
 */
export async function shareComputer(): Promise<void> {
  tabs.tell('shared');
  await share();
}

async function share(): Promise<void> {
  shared = true;
  sweep();
  const opened = await Promise.all(sessions.values());
  const done = await Promise.allSettled([
    ...opened.map((session) => session.share()),
    ...[...outboxes.values()].map((outbox) => outbox.shareComputer()),
  ]);
  // What the page's own sessions need of it they hold in memory by now.
  done.push(...(await Promise.allSettled([clearSecrets()])));
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

async function clearSecrets(): Promise<void> {
  const store = await openCredentialStore();
  try {
    await store.clear();
  } finally {
    store.close();
  }
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
