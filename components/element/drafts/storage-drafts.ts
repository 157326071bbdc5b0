import { fitted, jsonOf } from '../../../src/study/read.ts';
import type { Draft } from '../../../src/submission/draft.ts';
import type { Drafts, FoundDraft, Kept } from './drafts.ts';

/** Where the browser keeps it: sessionStorage dies with the tab, which is what a shared ward PC needs. */
export type Place = 'tab' | 'device' | 'nowhere';

/** Owns one element's draft in the storage of this tab or this device; where a page has none, it says so. */
export class StorageDrafts implements Drafts {
  readonly #key: string;
  #place: Place;
  #kept: Kept | undefined;

  constructor(key: string, place: Place = 'tab') {
    this.#key = `steady:draft:${key}`;
    this.#place = place;
  }

  get kept(): Kept | undefined {
    return this.#kept;
  }

  async read(): Promise<FoundDraft> {
    const raw = this.#try((storage) => storage.getItem(this.#key));
    if (raw === undefined || raw === null) return { status: 'none' };
    // Fetched only where there is something to read.
    const { draftSchema } = await import('../../../src/submission/draft.ts');
    const draft = fitted(draftSchema, jsonOf(raw));
    if (draft !== undefined) return { status: 'found', draft };
    this.#try((storage) => {
      storage.setItem(`${this.#key}:set-aside`, raw);
      storage.removeItem(this.#key);
    });
    return { status: 'damaged' };
  }

  write(draft: Draft): void {
    const written = this.#try((storage) => {
      storage.setItem(this.#key, JSON.stringify(draft));
      return true;
    });
    this.#kept = written ? this.#place : 'nowhere';
  }

  setAside(draft: Draft): void {
    this.#try((storage) => storage.setItem(`${this.#key}:set-aside`, JSON.stringify(draft)));
  }

  wipe(): void {
    this.#kept = undefined;
    this.#try((storage) => {
      storage.removeItem(this.#key);
      storage.removeItem(`${this.#key}:set-aside`);
    });
  }

  async leave(): Promise<void> {
    this.wipe();
  }

  share(): void {
    this.wipe();
    this.#place = 'nowhere';
    this.#kept = 'nowhere';
  }

  /** Undefined where the page has no storage: reading `sessionStorage` alone throws in a sandboxed frame. */
  #try<Result>(use: (storage: Storage) => Result): Result | undefined {
    try {
      if (this.#place === 'nowhere') return undefined;
      return use(this.#place === 'tab' ? sessionStorage : localStorage);
    } catch (error) {
      if (error instanceof DOMException) return undefined;
      throw error;
    }
  }
}
