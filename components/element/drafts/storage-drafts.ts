import { fitted } from '../../src/study/read.ts';
import type { Draft } from '../../src/submission/draft.ts';

export type FoundDraft =
  | { readonly status: 'none' }
  | { readonly status: 'found'; readonly draft: Draft }
  /** Not readable: set aside under its own key, so that a person can still look into it. */
  | { readonly status: 'damaged' };

/**
 * Owns one element's draft in this tab: sessionStorage dies with the tab, which is what a shared ward PC needs. Where a
 * page has no storage, it says so by returning false, and the element tells the participant.
 */
export class TabDrafts {
  readonly #key: string;
  readonly #storage: () => Storage;

  constructor(key: string, storage: () => Storage = () => sessionStorage) {
    this.#key = `steady:draft:${key}`;
    this.#storage = storage;
  }

  async read(): Promise<FoundDraft> {
    const raw = this.#try((storage) => storage.getItem(this.#key));
    if (raw === undefined || raw === null) return { status: 'none' };
    // Fetched only where there is something to read.
    const { draftSchema } = await import('../../src/submission/draft.ts');
    const draft = fitted(draftSchema, parseJson(raw));
    if (draft !== undefined) return { status: 'found', draft };
    this.#try((storage) => {
      storage.setItem(`${this.#key}:set-aside`, raw);
      storage.removeItem(this.#key);
    });
    return { status: 'damaged' };
  }

  /** True once it is kept. */
  write(draft: Draft): boolean {
    const written = this.#try((storage) => {
      storage.setItem(this.#key, JSON.stringify(draft));
      return true;
    });
    return written ?? false;
  }

  /** Keeps a draft of another study version beside the new one, because some of its answers fit no question any more. */
  setAside(draft: Draft): void {
    this.#try((storage) => storage.setItem(`${this.#key}:set-aside`, JSON.stringify(draft)));
  }

  /** Leaves nothing of it behind, what was set aside included. */
  wipe(): void {
    this.#try((storage) => {
      storage.removeItem(this.#key);
      storage.removeItem(`${this.#key}:set-aside`);
    });
  }

  /** Undefined where the page has no storage: reading `sessionStorage` alone throws in a sandboxed frame. */
  #try<Result>(use: (storage: Storage) => Result): Result | undefined {
    try {
      return use(this.#storage());
    } catch (error) {
      if (error instanceof DOMException) return undefined;
      throw error;
    }
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
