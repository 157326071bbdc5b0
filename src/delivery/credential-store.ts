/**
 * The port behind which a participant's secrets are kept on their device: who is signed in, and what has been made for an
 * enrolment that the endpoint has not confirmed yet. At most one of each for an endpoint and a study. Contract:
 * `test/suites/credential-store.suite.ts`.
 */
export interface CredentialStore {
  /** Whether what is written is expected to outlive this page. */
  readonly durable: boolean;
  read(place: CredentialPlace): Promise<KeptCredentials>;
  /** Resolves once it is written. Those of an enrolled participant take the place of the pending ones with the same token. */
  write(credentials: PendingCredentials | EnrolledCredentials): Promise<void>;
  /** Both, or those of one state. */
  remove(place: CredentialPlace, state?: 'pending' | 'enrolled'): Promise<void>;
  /** Everybody's: of every endpoint and study. */
  clear(): Promise<void>;
  /** Lets go of the database. What is kept stays. */
  close(): void;
}

export interface CredentialPlace {
  /** Normalised base address. */
  readonly endpoint: string;
  readonly study: string;
}

export interface KeptCredentials {
  readonly pending?: PendingCredentials;
  readonly enrolled?: EnrolledCredentials;
}

interface Secrets extends CredentialPlace {
  readonly token: string;
  readonly writeKey: string;
}

/** Written before the request that enrols, so that an answer that was lost can be asked for again. */
export interface PendingCredentials extends Secrets {
  readonly state: 'pending';
  /** What enrols: the hash of an invitation's code, or the id of a contact submission. */
  readonly by: string;
}

export interface EnrolledCredentials extends Secrets {
  readonly state: 'enrolled';
  readonly participant: string;
  /** The endpoint's clock, UTC. */
  readonly enrolledAt: string;
}

/** Credentials that live as long as this page: of a shared computer, or where the browser keeps nothing. */
export class MemoryCredentialStore implements CredentialStore {
  readonly durable = false;
  readonly #kept = new Map<string, KeptCredentials>();

  async read(place: CredentialPlace): Promise<KeptCredentials> {
    return this.#kept.get(keyOf(place)) ?? {};
  }

  async write(credentials: PendingCredentials | EnrolledCredentials): Promise<void> {
    const { pending, enrolled } = await this.read(credentials);
    const next =
      credentials.state === 'pending'
        ? { pending: credentials, ...(enrolled && { enrolled }) }
        : { ...(pending && pending.token !== credentials.token && { pending }), enrolled: credentials };
    this.#kept.set(keyOf(credentials), next);
  }

  async remove(place: CredentialPlace, state?: 'pending' | 'enrolled'): Promise<void> {
    const { pending, enrolled } = await this.read(place);
    this.#kept.set(keyOf(place), {
      ...(state === 'enrolled' && pending && { pending }),
      ...(state === 'pending' && enrolled && { enrolled }),
    });
  }

  async clear(): Promise<void> {
    this.#kept.clear();
  }

  close(): void {}
}

function keyOf({ endpoint, study }: CredentialPlace): string {
  return JSON.stringify([endpoint, study]);
}
