/**
 * `due`: send what is due. `eager`: something has changed (a page was opened or looked at, the network came back), so also
 * try again what only the way there stopped.
 */
export type RoundKind = 'due' | 'eager';

/** Rounds of work, one after another. Those asked for while one is under way become one more. */
export class Rounds {
  readonly #work: (kind: RoundKind) => Promise<void>;
  #running: Promise<void> | undefined;
  #next: RoundKind | undefined;

  constructor(work: (kind: RoundKind) => Promise<void>) {
    this.#work = work;
  }

  /** Resolves when a round that began after this call is over; rejects when it failed. */
  run(kind: RoundKind): Promise<void> {
    if (this.#next !== 'eager') this.#next = kind;
    this.#running ??= this.#loop();
    return this.#running;
  }

  async #loop(): Promise<void> {
    try {
      for (let kind = this.#take(); kind; kind = this.#take()) await this.#work(kind);
    } finally {
      // In the same breath as the last look at #next, so that no request falls between two rounds.
      this.#running = undefined;
      this.#next = undefined;
    }
  }

  #take(): RoundKind | undefined {
    const kind = this.#next;
    this.#next = undefined;
    return kind;
  }
}
