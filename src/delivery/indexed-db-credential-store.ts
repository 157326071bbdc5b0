import { systemClock } from './clock.ts';
import type {
  CredentialPlace,
  CredentialStore,
  EnrolledCredentials,
  KeptCredentials,
  PendingCredentials,
} from './credential-store.ts';
import { MemoryCredentialStore } from './credential-store.ts';
import { Database } from './database.ts';
import { within } from './within.ts';

export interface CredentialStoreOptions {
  readonly factory?: IDBFactory;
  /** Of the database. */
  readonly name?: string;
}

/** Credentials on disk, shared by the tabs of an origin. What cannot be read is treated as absent. */
export class IndexedDbCredentialStore implements CredentialStore {
  readonly durable = true;
  readonly #database: Database;

  private constructor({ name = 'steady-credentials', factory }: CredentialStoreOptions) {
    const keyPath = ['endpoint', 'study', 'state'];
    this.#database = new Database({ name, store: 'credentials', keyPath, ...(factory && { factory }) });
  }

  /** Rejects when the browser has no IndexedDB, or refuses it here. */
  static async open(options: CredentialStoreOptions = {}): Promise<IndexedDbCredentialStore> {
    const store = new IndexedDbCredentialStore(options);
    await store.#database.connect();
    return store;
  }

  async read({ endpoint, study }: CredentialPlace): Promise<KeptCredentials> {
    const [pending, enrolled] = await this.#database.run('readonly', (records) =>
      Promise.all([records.get([endpoint, study, 'pending']), records.get([endpoint, study, 'enrolled'])]),
    );
    return { ...(isPending(pending) && { pending }), ...(isEnrolled(enrolled) && { enrolled }) };
  }

  async write(credentials: PendingCredentials | EnrolledCredentials): Promise<void> {
    const { endpoint, study, state, token } = credentials;
    await this.#database.run('readwrite', async (records) => {
      await records.put(credentials);
      if (state === 'pending') return;
      const pending: unknown = await records.get([endpoint, study, 'pending']);
      if (isPending(pending) && pending.token === token) await records.delete([endpoint, study, 'pending']);
    });
  }

  async remove({ endpoint, study }: CredentialPlace, state?: 'pending' | 'enrolled'): Promise<void> {
    const states = state === undefined ? ['pending', 'enrolled'] : [state];
    await this.#database.run('readwrite', (records) =>
      Promise.all(states.map((each) => records.delete([endpoint, study, each]))),
    );
  }

  async clear(): Promise<void> {
    await this.#database.run('readwrite', (records) => records.clear());
  }

  close(): void {
    this.#database.close();
  }
}

/** Milliseconds after which a database that neither opens nor fails counts as failed: some browsers' hang. */
const PATIENCE = 5_000;

/** On disk where this page has one, else in memory. Never rejects: ask `durable` what came of it. */
export async function openCredentialStore(options: CredentialStoreOptions = {}): Promise<CredentialStore> {
  const opening = IndexedDbCredentialStore.open(options);
  try {
    return await within(PATIENCE, systemClock, opening);
  } catch {
    opening.then(
      (late) => late.close(),
      () => {},
    );
    // Absent or refused: told by `durable: false`.
    return new MemoryCredentialStore();
  }
}

function isPending(record: unknown): record is PendingCredentials {
  return hasTexts(record, ['endpoint', 'study', 'token', 'writeKey', 'by']);
}

function isEnrolled(record: unknown): record is EnrolledCredentials {
  return hasTexts(record, ['endpoint', 'study', 'token', 'writeKey', 'participant', 'enrolledAt']);
}

/** Another version of the kit may have written it. */
function hasTexts(record: unknown, names: readonly string[]): boolean {
  return (
    typeof record === 'object' &&
    record !== null &&
    names.every((name) => typeof (record as Readonly<Record<string, unknown>>)[name] === 'string')
  );
}
