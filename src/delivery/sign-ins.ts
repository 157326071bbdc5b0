import type { Credentials } from './key-ring.ts';

/** Asks the endpoint (`GET /me`) whose credentials these are. */
export type WhoAmI = (credentials: Credentials) => Promise<string | undefined>;

/**
 * Who is said to be signed in, until the endpoint has said so too. Where it could not be asked they stay unproven, to be
 * asked for again. Holds no key that anything is sent under: the key ring does.
 */
export class SignIns {
  readonly #whoAmI: WhoAmI | undefined;
  #count = 0;
  #unproven: Credentials | undefined;

  /** @param whoAmI without it nobody is ever signed in */
  constructor(whoAmI: WhoAmI | undefined) {
    this.#whoAmI = whoAmI;
  }

  get unproven(): Credentials | undefined {
    return this.#unproven;
  }

  /**
   * Whether they are that very participant. False also where somebody else has signed in meanwhile, or this one out.
   *
   * @throws as the endpoint cannot be asked; they are then unproven
   */
  async prove(credentials: Credentials): Promise<boolean> {
    const count = ++this.#count;
    this.#unproven = credentials;
    const participant = await this.#whoAmI?.(credentials);
    if (count !== this.#count) return false;
    this.#unproven = undefined;
    return participant === credentials.participant;
  }

  leave(): void {
    this.#count++;
    this.#unproven = undefined;
  }
}
