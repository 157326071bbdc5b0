import type { OutboxEntry } from './entry.ts';

/** A participant who is signed in on this page. */
export interface Credentials {
  readonly study: string;
  /** As `GET /me` names them, and as their entries are keyed. */
  readonly participant: string;
  /** Replaces the keys of their entries that the endpoint refused. */
  readonly writeKey: string;
  /** For kinds that hold no key of their own (consent, withdrawal). Kept in memory only, for as long as they are signed in. */
  readonly token?: string;
}

/**
 * Which key an entry may go out under: its own; where it holds none, that of its own participant while they are signed in.
 * Never another's.
 */
export class KeyRing {
  /** One participant per study, as there is one at the keyboard. */
  readonly #signedIn = new Map<string, Credentials>();

  add(credentials: Credentials): void {
    this.#signedIn.set(credentials.study, credentials);
  }

  clear(): void {
    this.#signedIn.clear();
  }

  /** Whether it has its key or needs none. */
  mayGo(entry: OutboxEntry): boolean {
    return entry.participant === null || this.keyFor(entry) !== undefined;
  }

  keyFor(entry: OutboxEntry): string | undefined {
    if (entry.writeKey !== undefined) return entry.writeKey;
    const owner = this.#ownerOf(entry);
    return owner?.token ?? owner?.writeKey;
  }
  /** The key that its signed-in participant has now, in the place of one that was refused; `undefined` when it is no other. */
  newKeyFor(entry: OutboxEntry): string | undefined {
    if (entry.writeKey === undefined) return undefined;
    const writeKey = this.#ownerOf(entry)?.writeKey;
    return writeKey === entry.writeKey ? undefined : writeKey;
  }

  #ownerOf(entry: OutboxEntry): Credentials | undefined {
    const credentials = this.#signedIn.get(entry.study);
    return credentials?.participant === entry.participant ? credentials : undefined;
  }
}
