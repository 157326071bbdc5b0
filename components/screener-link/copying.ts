/** Puts a text where a person can paste it. Rejects where the browser, or its person, does not let it. */
export type Write = (text: string) => Promise<void>;

const toClipboard: Write = async (text) => {
  // Not there on plain http, nor in a frame without the permission.
  await navigator.clipboard.writeText(text);
};

/**
 * What became of the last press on each copy button. What could not be copied is selected instead, so that a key does it, and
 * said to be so.
 */
export class Copying {
  readonly #changed: () => void;
  readonly #write: Write;
  #last: { readonly what: string; readonly worked: boolean } | undefined;

  constructor(changed: () => void, write: Write = toClipboard) {
    this.#changed = changed;
    this.#write = write;
  }

  /** Of this text: undefined where it was not the last to be copied. */
  state(what: string): 'copied' | 'failed' | undefined {
    if (this.#last?.what !== what) return undefined;
    return this.#last.worked ? 'copied' : 'failed';
  }

  forget(): void {
    this.#last = undefined;
  }

  /** @param select selects the text where it stands */
  async copy(what: string, text: string, select: () => void): Promise<void> {
    // The same words twice are announced twice.
    this.#last = undefined;
    this.#changed();
    let worked = true;
    try {
      await this.#write(text);
    } catch {
      // Why does not matter to whoever wants the text: there is another way, and it is said.
      worked = false;
    }
    this.#last = { what, worked };
    if (!worked) select();
    this.#changed();
  }
}
