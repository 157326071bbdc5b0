import type { AnySubmission } from '../submission/any-submission.ts';
import { canonicalBytes, sha256Hex } from '../submission/digest.ts';
import type { Receipt } from '../submission/receipt.ts';
import { afterAttempt, untried } from './after-attempt.ts';
import { type Clock, systemClock } from './clock.ts';
import { DeliveryError } from './delivery-error.ts';
import type { DeliveryState } from './delivery-state.ts';
import { normaliseEndpoint } from './endpoint.ts';
import { type EntryScope, inScope, type OutboxEntry } from './entry.ts';
import { type Credentials, KeyRing } from './key-ring.ts';
import { idInUse } from './memory-store.ts';
import { newEntry } from './new-entry.ts';
import { openStore } from './open-store.ts';
import type { EntrySummary, OutboxOptions, SubmitOptions } from './outbox-options.ts';
import { isGone, type OutboxStore, type StoreChange, type StoredEntry } from './outbox-store.ts';
import { DAMAGED, type Outcome } from './outcome.ts';
import { type PageSignal, type PageSignals, pageSignals } from './page-signals.ts';
import { byAge, isBehind, isReady, nextAttempt, nextToSend, type Situation } from './plan.ts';
import { type RoundKind, Rounds } from './rounds.ts';
import { SignIns } from './sign-ins.ts';
import { StateBoard } from './state-board.ts';
import { send } from './transport.ts';
import { type TakeTurn, turns } from './turn.ts';

export type { EntrySummary, OutboxOptions, SubmitOptions } from './outbox-options.ts';

/** @see Outbox */
export function createOutbox(options: OutboxOptions): Outbox {
  return new Outbox(options);
}

/**
 * Keeps submissions until their endpoint has acknowledged them. An entry is written before it is sent and removed only
 * after its acknowledgement: peek, send, delete. Sending twice is harmless (the id is the idempotency key), losing is not,
 * and every doubtful case is decided that way.
 *
 * It sends on `start`, on `submit`, when another tab has written something, when the network or the participant comes back,
 * and when an entry's wait is over. `plan.ts` says which entry goes next, `transport.ts` how, `after-attempt.ts` what
 * becomes of it. It never writes to a console.
 */
export class Outbox {
  readonly endpoint: string;
  readonly #store: Promise<OutboxStore>;
  readonly #fetch: typeof fetch;
  readonly #clock: Clock;
  readonly #random: () => number;
  readonly #signals: PageSignals;
  readonly #timeout: number;
  readonly #onError: (error: unknown) => void;
  readonly #takeTurn: TakeTurn;
  readonly #keys = new KeyRing();
  readonly #signIns: SignIns;
  readonly #board: StateBoard;
  readonly #rounds = new Rounds((kind) => this.#sendAll(kind));
  /** Acknowledged here, with the digest of what was: never sent again, even if the disk does not let go of them. */
  readonly #acknowledged = new Map<string, { readonly digest: string; readonly receipt: Receipt | undefined }>();
  /** Written by this page. */
  readonly #written = new Set<string>();
  /** On their way because the page was about to go. */
  readonly #parting = new Set<string>();
  #stopListening: (() => void) | undefined;
  #stopTimer = () => {};
  #stopped = false;
  #memoryOnly = false;

  constructor(options: OutboxOptions) {
    this.endpoint = normaliseEndpoint(options.endpoint);
    this.#store = Promise.resolve(options.store ?? openStore());
    this.#fetch = options.fetch ?? ((...request) => globalThis.fetch(...request));
    this.#clock = options.clock ?? systemClock;
    this.#random = options.random ?? Math.random;
    this.#signals = options.signals ?? pageSignals();
    this.#timeout = options.timeout ?? 30_000;
    this.#signIns = new SignIns(options.whoAmI);
    this.#onError = options.onError ?? (() => {});
    this.#board = new StateBoard((entry) => this.#keys.mayGo(entry), this.#onError);
    const locks = 'locks' in options ? options.locks : globalThis.navigator?.locks;
    // A turn lasts one attempt, and four tabs may be before us.
    this.#takeTurn = turns(locks, `steady-outbox ${this.endpoint}`, this.#clock, 5 * this.#timeout);
  }

  /** Begins to listen and to send, what earlier visits left included. Nothing is sent by itself before. */
  start(): void {
    if (this.#stopListening) return;
    this.#stopped = false;
    const stops = [this.#signals.subscribe((signal) => this.#onSignal(signal))];
    const stop = () => {
      for (const each of stops.splice(0)) each();
    };
    this.#stopListening = stop;
    this.#store.then((store) => {
      if (this.#stopListening === stop) stops.push(store.subscribe((change) => this.#onChange(change)));
    }, this.#onError);
    // On plain http the digest is a file of its own: fetched now, as there may be no network when it is needed.
    sha256Hex(new Uint8Array()).catch(this.#onError);
    this.#go('eager');
  }

  /** Sends nothing more. What is on its way still arrives, and what is kept stays. */
  stop(): void {
    this.#stopped = true;
    this.#stopTimer();
    this.#stopListening?.();
    this.#stopListening = undefined;
  }

  /**
   * Writes a submission down, to be sent as soon as possible. Resolves once it is written, with `durable` saying where; the
   * same submission again changes nothing.
   *
   * @throws DeliveryError `bad-key` for a key that no header can carry, `id-in-use` for an id that holds another content.
   */
  async submit(submission: AnySubmission, options: SubmitOptions = {}): Promise<DeliveryState> {
    const { writeKey, sharedComputer = false } = options;
    if (writeKey !== undefined && !/^[\x21-\x7e]+$/.test(writeKey)) {
      throw new DeliveryError('bad-key', 'A write key is visible ASCII without spaces.');
    }
    const { id } = submission;
    const body = canonicalBytes(submission);
    const digest = await sha256Hex(body);
    const earlier = this.#acknowledged.get(id);
    if (earlier && earlier.digest !== digest) throw idInUse(id);
    if (earlier) return this.state(id);
    const sealed = { endpoint: this.endpoint, body, digest, now: this.#clock.now() };
    const entry = newEntry(submission, options, sealed);
    const store = await this.#store;
    this.#written.add(id);
    this.#board.show(await store.put(entry, { memoryOnly: sharedComputer || this.#memoryOnly }));
    // The computer may have been called shared while the disk was writing.
    if (this.#memoryOnly) await this.#leaveDisk(store, id);
    if (this.#stopListening) this.#go('due');
    return this.state(id);
  }

  /** What is known of a submission now. Of earlier visits' submissions only after `entries()` or the first `flush()`. */
  state(id: string): DeliveryState {
    return this.#board.state(id);
  }

  /** Called after every change of a state. Returns the way to stop. */
  subscribe(listener: (id: string, state: DeliveryState) => void): () => void {
    return this.#board.subscribe(listener);
  }

  /** What is still here, oldest first. On a shared computer ask for one participant's only. */
  async entries(scope: Omit<EntryScope, 'endpoint'> = {}): Promise<readonly EntrySummary[]> {
    const entries = await this.#list(await this.#store);
    return entries
      .filter((entry) => inScope(entry, { ...scope, endpoint: this.endpoint }))
      .sort(byAge)
      .map(({ id, kind, study, participant, createdAt, attempts }) => {
        const ofThisPage = this.#written.has(id);
        return { id, kind, study, participant, createdAt, attempts, ofThisPage, state: this.state(id) };
      });
  }

  /** Sends what may be sent, now, waits that the endpoint asked for excepted. Resolves when each was tried once. */
  flush(): Promise<void> {
    return this.#rounds.run('eager');
  }

  /**
   * Sends one again, now, whatever it waits for or was refused for; nothing when it is no longer kept. By the participant's
   * own choice only.
   */
  async retry(id: string): Promise<void> {
    const now = this.#clock.now();
    const entry = (await this.#own(id)) && (await (await this.#store).update(id, (kept) => untried(kept, now)));
    if (!entry) return;
    this.#board.show(entry);
    await this.#rounds.run('due');
  }

  /**
   * The bytes as they would be sent, for the participant to keep or hand in.
   *
   * @throws DeliveryError `not-here` when it is no longer kept.
   */
  async download(id: string): Promise<File> {
    const entry = await this.#own(id);
    if (!entry) throw new DeliveryError('not-here', `The outbox keeps no submission ${id}.`);
    return new File([entry.body], `${entry.study}-${entry.kind}-${id}.json`, { type: 'application/json' });
  }

  /** Throws an entry away, unsent. By the participant's own, explicit choice only. */
  async discard(id: string): Promise<void> {
    if (!(await this.#own(id))) return;
    await (await this.#store).remove(id, { type: 'discarded' });
    this.#board.forget(id);
  }

  /**
   * Tells that a participant is signed in. If, and only if, the endpoint names that very participant for these credentials,
   * their held entries get the new key and go out, and so do those that hold none.
   *
   * @returns whether it was that participant. Rejects as `whoAmI` does, and the endpoint is asked again later.
   */
  async signedIn(credentials: Credentials): Promise<boolean> {
    // Someone else may have signed in, or this one out, in the meantime.
    if (!(await this.#signIns.prove(credentials))) return false;
    this.#keys.add(credentials);
    const store = await this.#store;
    for (const { id } of await store.list({
      endpoint: this.endpoint,
      study: credentials.study,
      participant: credentials.participant,
    })) {
      const now = this.#clock.now();
      const entry = await store.update(id, (kept) => (kept.status === 'held' ? this.#released(kept, now) : kept));
      if (entry) this.#board.show(entry);
    }
    if (this.#stopListening) this.#go('due');
    return true;
  }

  /** Forgets who is signed in. Entries that hold their own key still go out under it. */
  signedOut(): void {
    this.#signIns.leave();
    this.#keys.clear();
    this.#board.refresh();
  }

  /**
   * From now on this page writes to its memory alone, and what it has written goes there from the disk. What earlier visits
   * left is somebody's answer still, and stays.
   *
   * @throws what the disk does when it does not let go of an entry.
   */
  async shareComputer(): Promise<void> {
    this.#memoryOnly = true;
    const store = await this.#store;
    for (const id of this.#written) await this.#leaveDisk(store, id);
  }

  async #leaveDisk(store: OutboxStore, id: string): Promise<void> {
    const entry = await store.leaveDisk(id);
    if (entry) this.#board.show(entry);
  }

  #onSignal(signal: PageSignal): void {
    if (signal === 'hidden') this.#lastChance();
    else this.#go('eager');
  }

  #onChange(change: StoreChange): void {
    // The store holds other endpoints' entries too. One of ours may have been missed before we hear what became of it.
    const isOurs = this.#board.knows(change.id);
    if (isOurs && change.type === 'delivered') this.#board.deliver(change.id, change.receipt);
    if (isOurs && change.type === 'discarded') this.#board.forget(change.id);
    // The tab that wrote something sends it too, but may be gone by now.
    this.#go('due');
  }

  /** A round that nobody waits for. */
  #go(kind: RoundKind): void {
    this.#rounds.run(kind).catch(this.#onError);
  }

  /** Tries each entry that may go once, those that are written meanwhile included. */
  async #sendAll(kind: RoundKind): Promise<void> {
    const store = await this.#store;
    await this.#prove();
    const tried = new Set<string>();
    try {
      for (;;) {
        const entries = await this.#list(store);
        const next = nextToSend(entries, tried, this.#situation(kind));
        if (!next) return;
        tried.add(next.id);
        const attempt = () => this.#attempt(store, next.id, kind).catch(this.#onError);
        // What is only in this page's memory no other tab can send.
        await (next.durable ? this.#takeTurn(attempt) : attempt());
      }
    } finally {
      this.#setTimer();
    }
  }

  /** Asks once more who is signed in here, where something waits for just that. */
  async #prove(): Promise<void> {
    const { unproven } = this.#signIns;
    if (unproven === undefined || !this.#isWaitedFor(unproven)) return;
    // Still no answer: at the next round.
    await this.signedIn(unproven).catch(() => {});
  }

  #isWaitedFor({ participant }: Credentials): boolean {
    return this.#board.entries.some((entry) => entry.participant === participant && !this.#keys.mayGo(entry));
  }

  async #attempt(store: OutboxStore, id: string, kind: RoundKind): Promise<void> {
    // Read again: while we waited for our turn another tab may have sent it, or tried to.
    const entry = await store.get(id);
    if (!entry) return this.#board.forget(id);
    if (this.#stopped || !isReady(entry, this.#situation(kind))) return this.#board.show(entry);
    const outcome = await this.#send(entry);
    if (outcome.status === 'acknowledged') return this.#acknowledge(store, entry, outcome.receipt);
    const changed = await store.update(id, (kept) => {
      const now = this.#clock.now();
      if (outcome.status === 'held') {
        // A refusal of one key says nothing of another that it has been given since, or can be given now.
        if (kept.writeKey !== entry.writeKey) return kept;
        if (this.#keys.newKeyFor(kept) !== undefined) return this.#released(kept, now);
      }
      return afterAttempt(kept, outcome, now, this.#random);
    });
    if (!changed) return this.#board.forget(id);
    this.#board.show(changed);
    if (changed.writeKey !== entry.writeKey) this.#go('due');
  }

  /** Due now, under its participant's new key; one that holds no key still holds none. */
  #released(entry: OutboxEntry, now: number): OutboxEntry {
    const writeKey = this.#keys.newKeyFor(entry);
    return { ...untried(entry, now), ...(writeKey !== undefined && { writeKey }) };
  }

  async #send(entry: StoredEntry): Promise<Outcome> {
    // A keepalive request outlives the page, but a browser allows few at a time and refuses the rest as if the network were
    // down. So the first attempt is one, and of the later ones only those of a page that nobody looks at.
    const keepalive = this.#signals.hidden || entry.attempts === 0;
    const end = this.#board.begin(entry, keepalive);
    try {
      if (entry.durable && (await sha256Hex(entry.body)) !== entry.digest) return DAMAGED;
      return await this.#post(entry, keepalive);
    } finally {
      end();
    }
  }

  #post(entry: StoredEntry, keepalive: boolean): Promise<Outcome> {
    const key = this.#keys.keyFor(entry);
    return send(entry, { fetch: this.#fetch, clock: this.#clock, timeout: this.#timeout, key, keepalive });
  }

  /**
   * The page may be about to go, and what is only in its memory with it: that is sent at once, without waiting for anything.
   * A second request for what a first one carries already is harmless, and its failure says nothing new.
   */
  #lastChance(): void {
    const all = this.#board.entries;
    for (const entry of all) {
      if (entry.durable || this.#board.isSafelyUnderWay(entry.id) || this.#parting.has(entry.id)) continue;
      if (isBehind(entry, all) || !isReady(entry, this.#situation('eager'))) continue;
      this.#parting.add(entry.id);
      this.#post(entry, true)
        .then(async (outcome) => {
          this.#parting.delete(entry.id);
          if (outcome.status === 'acknowledged') await this.#acknowledge(await this.#store, entry, outcome.receipt);
        })
        .catch(this.#onError);
    }
  }

  async #acknowledge(store: OutboxStore, { id, digest }: OutboxEntry, receipt: Receipt | undefined): Promise<void> {
    this.#acknowledged.set(id, { digest, receipt });
    this.#board.deliver(id, receipt);
    await store.remove(id, { type: 'delivered', ...(receipt && { receipt }) });
  }

  /** This outbox's entries that are not acknowledged yet, and on the board what became of the others. */
  async #list(store: OutboxStore): Promise<StoredEntry[]> {
    const found = await store.list({ endpoint: this.endpoint });
    const entries = found.filter((entry) => !this.#acknowledged.has(entry.id));
    this.#board.show(...entries);
    const ids = new Set(entries.map((entry) => entry.id));
    for (const { id } of this.#board.entries) {
      // Another tab may have sent it without our hearing of it.
      if (!ids.has(id) && (await isGone(store, id))) this.#board.forget(id);
    }
    return entries;
  }

  async #own(id: string): Promise<StoredEntry | undefined> {
    const entry = await (await this.#store).get(id);
    return entry?.endpoint === this.endpoint ? entry : undefined;
  }

  #situation(kind: RoundKind): Situation {
    return { now: this.#clock.now(), eager: kind === 'eager', mayGo: (entry) => this.#keys.mayGo(entry) };
  }

  /** Until the next entry's wait is over; at most a minute, since timers sleep with the device and the clock does not. */
  #setTimer(): void {
    this.#stopTimer();
    if (!this.#stopListening) return;
    const all = this.#board.entries;
    const waits = all
      .filter((entry) => this.#keys.mayGo(entry) && !isBehind(entry, all))
      .flatMap((entry) => nextAttempt(entry) ?? []);
    const { unproven } = this.#signIns;
    if (unproven && this.#isWaitedFor(unproven)) waits.push(this.#clock.now() + PROVE_AGAIN);
    if (waits.length === 0) return;
    const wait = Math.min(...waits) - this.#clock.now();
    this.#stopTimer = this.#clock.wait(Math.min(Math.max(wait, 1_000), 60_000), () => this.#go('due'));
  }
}

/** Milliseconds until the endpoint is asked again who is signed in. */
const PROVE_AGAIN = 10_000;
