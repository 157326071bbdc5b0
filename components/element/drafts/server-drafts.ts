import { retryDelay } from '../../../src/delivery/backoff.ts';
import { type Clock, systemClock } from '../../../src/delivery/clock.ts';
import { CallError, type KeptDraft } from '../../../src/delivery/participant-calls.ts';
import { within } from '../../../src/delivery/within.ts';
import type { Draft } from '../../../src/submission/draft.ts';
import { mergeDrafts, timed } from '../../../src/submission/merge-drafts.ts';
import type { Drafts, FoundDraft, Kept } from './drafts.ts';
import type { StorageDrafts } from './storage-drafts.ts';

/** The part of the endpoint that is asked, for one participant and one draft. */
export interface DraftServer {
  read(): Promise<KeptDraft | undefined>;
  /** @returns the ETag @throws CallError `draft-changed` where another device was faster */
  write(draft: Draft, etag: string | undefined, keepalive: boolean): Promise<string>;
  remove(): Promise<void>;
}

export interface ServerDraftsOptions {
  readonly server: DraftServer;
  /** What the server has not acknowledged yet is held here: in the tab, or nowhere on a shared computer. */
  readonly held: StorageDrafts;
  /** `kept` is other than before. */
  readonly changed?: () => void;
  /** Another device has written too: this is both. */
  readonly merged?: (draft: Draft) => void;
  readonly clock?: Clock;
  readonly random?: () => number;
}

/** Milliseconds after the last key until it is sent. */
const PAUSE = 800;
/** Milliseconds that somebody who leaves is kept waiting for the last of it to arrive. */
const LAST_WAIT = 3_000;

/**
 * Owns a participant's draft on their server: debounced, each on top of the one it was made from, merged where another
 * device wrote in between. What the server has not acknowledged is held in the tab as well.
 */
export class ServerDrafts implements Drafts {
  readonly #options: ServerDraftsOptions;
  readonly #clock: Clock;
  #kept: Kept | undefined;
  #latest: Draft | undefined;
  /** Of the server's copy, as last seen. */
  #etag: string | undefined;
  /** `#latest` is not on the server yet. */
  #dirty = false;
  #failures = 0;
  #stopTimer = () => {};
  /** One call after another: each needs the ETag of the one before. */
  #queue: Promise<void> = Promise.resolve();
  #over = false;
  /** Whoever wrote it has left: nothing of it stays on this device, and no form shows it. */
  #left = false;

  constructor(options: ServerDraftsOptions) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
  }

  get kept(): Kept | undefined {
    return this.#kept;
  }

  async read(): Promise<FoundDraft> {
    const { held, server } = this.#options;
    this.#over = false;
    this.#left = false;
    const here = await held.read();
    const own = this.#dirty ? this.#latest : here.status === 'found' ? here.draft : undefined;
    try {
      const found = await server.read();
      // What was made on top of the server's copy needs no merging with it.
      const isOnTop = this.#dirty && found?.etag === this.#etag;
      this.#etag = found?.etag;
      this.#latest = own && found && !isOnTop ? mergeDrafts(own, found.draft) : (own ?? found?.draft);
    } catch (error) {
      this.#refusedBy(error);
      this.#latest = own;
    }
    if (own) this.#send();
    if (this.#latest) return { status: 'found', draft: this.#latest };
    return here.status === 'damaged' ? here : { status: 'none' };
  }

  write(draft: Draft): void {
    this.#latest = timed(this.#latest, draft, this.#clock.now());
    this.#over = false;
    this.#left = false;
    this.#dirty = true;
    this.#options.held.write(this.#latest);
    this.#show('saving');
    this.#stopTimer();
    this.#stopTimer = this.#clock.wait(PAUSE, () => this.#send());
  }

  setAside(draft: Draft): void {
    this.#options.held.setAside(draft);
  }

  wipe(): void {
    this.#stopTimer();
    this.#over = true;
    this.#dirty = false;
    this.#latest = undefined;
    this.#options.held.wipe();
    this.#show(undefined);
    this.#remove();
  }

  async leave(): Promise<void> {
    this.#stopTimer();
    this.#left = true;
    this.#options.held.wipe();
    if (this.#dirty) this.#send(true);
    // What does not arrive stays in this page's memory, for whoever continues; nothing of it is on the device.
    await within(LAST_WAIT, this.#clock, this.#queue).catch(() => {});
    this.#options.held.wipe();
  }

  share(): void {
    this.#options.held.share();
  }

  /** Forgets it, as the page of somebody else must: nothing more is sent. */
  forget(): void {
    this.#stopTimer();
    this.#over = true;
    this.#dirty = false;
    this.#latest = undefined;
  }

  #send(keepalive = false): void {
    this.#stopTimer();
    this.#queue = this.#queue.then(() => this.#put(keepalive));
  }

  async #put(keepalive: boolean): Promise<void> {
    const draft = this.#latest;
    if (draft === undefined || this.#over) return;
    try {
      this.#etag = await this.#options.server.write(draft, this.#etag, keepalive);
    } catch (error) {
      await this.#failed(error);
      return;
    }
    this.#failures = 0;
    // It was done with, or written again, while it was on its way.
    if (this.#over || this.#latest !== draft) return;
    this.#dirty = false;
    // Finished submissions that no disk holds yet are no server's business.
    if (!('pending' in draft) || !draft.pending?.length) this.#options.held.wipe();
    this.#show('server');
  }

  async #failed(error: unknown): Promise<void> {
    if (error instanceof CallError && error.code === 'draft-changed') return this.#merge();
    this.#show(this.#options.held.kept ?? 'nowhere');
    if (this.#refusedBy(error)) return;
    // Too large, or not a draft: another try would fare no better.
    if (error instanceof CallError && error.status >= 400 && error.status < 500 && !COME_BACK.has(error.status)) return;
    this.#failures += 1;
    const random = this.#options.random ?? Math.random;
    this.#stopTimer();
    this.#stopTimer = this.#clock.wait(1_000 + retryDelay(this.#failures, undefined, random), () => this.#send());
  }

  async #merge(): Promise<void> {
    let found: KeptDraft | undefined;
    try {
      found = await this.#options.server.read();
    } catch (error) {
      return this.#failed(error);
    }
    const own = this.#latest;
    if (own === undefined || this.#over) return;
    this.#etag = found?.etag;
    if (found) {
      this.#latest = mergeDrafts(own, found.draft);
      if (!this.#left) {
        this.#options.held.write(this.#latest);
        this.#options.merged?.(this.#latest);
      }
    }
    return this.#put(false);
  }

  #remove(failures = 0): void {
    this.#queue = this.#queue.then(async () => {
      if (!this.#over) return;
      try {
        await this.#options.server.remove();
        this.#etag = undefined;
      } catch (error) {
        if (this.#refusedBy(error)) return;
        const wait = 1_000 + retryDelay(failures + 1, undefined, this.#options.random ?? Math.random);
        this.#stopTimer = this.#clock.wait(wait, () => this.#remove(failures + 1));
      }
    });
  }

  /** The endpoint does not know this participant (any more): nothing is tried again. */
  #refusedBy(error: unknown): boolean {
    if (!(error instanceof CallError)) throw error;
    return error.status === 401;
  }

  #show(kept: Kept | undefined): void {
    if (kept === this.#kept) return;
    this.#kept = kept;
    this.#options.changed?.();
  }
}

const COME_BACK = new Set([408, 409, 425, 429]);
