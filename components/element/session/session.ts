import { type Clock, systemClock } from '../../../src/delivery/clock.ts';
import {
  type CredentialPlace,
  type CredentialStore,
  type EnrolledCredentials,
  MemoryCredentialStore,
  type PendingCredentials,
} from '../../../src/delivery/credential-store.ts';
import type { EntrySummary, Outbox } from '../../../src/delivery/outbox.ts';
import { CallError, type ParticipantCalls } from '../../../src/delivery/participant-calls.ts';
import type { Me } from '../../../src/submission/participation.ts';
import type { Receipt } from '../../../src/submission/receipt.ts';
import { hashSecret, newCode } from '../../../src/submission/secrets.ts';
import { dropInvitation, heldInvitation } from '../invitation.ts';
import type { SessionOptions } from './session-options.ts';
import { codeIn, hashesOf, newPending } from './session-secrets.ts';
import { type EnrolmentHashes, type InvitationProblem, RESTING, type SessionState } from './session-state.ts';
import type { SessionTraces, Told } from './session-traces.ts';

/**
 * Who the person at this page is to one study at one endpoint. Owns the secrets (made here, on disk before they are used, in
 * memory on a shared computer) and what becomes of an invitation; tells the outbox who is signed in. Owns no screen, no
 * draft and no entry.
 */
export class Session {
  readonly endpoint: string;
  readonly study: string;
  readonly #place: CredentialPlace;
  readonly #calls: ParticipantCalls;
  readonly #outbox: Outbox;
  readonly #traces: SessionTraces;
  readonly #clock: Clock;
  readonly #listeners = new Set<() => void>();
  #store: CredentialStore;
  #state: SessionState = 'anonymous';
  #credentials: EnrolledCredentials | undefined;
  #pending: PendingCredentials | undefined;
  #invitation: string | undefined;
  #problem: InvitationProblem | undefined;
  #elsewhere = false;
  #me: Me | undefined;
  #enrolledBy: string | undefined;
  #shared: boolean;
  /** Made with a contact; good once that has enrolled. */
  #returnCode: string | undefined;
  /** Since when the page is in these hands: what was handed in before without a name is another's. */
  #since = Number.NEGATIVE_INFINITY;

  constructor({ endpoint, study, store, calls, outbox, traces, shared = false, clock = systemClock }: SessionOptions) {
    this.endpoint = endpoint;
    this.study = study;
    this.#place = { endpoint, study };
    this.#calls = calls;
    this.#outbox = outbox;
    this.#traces = traces;
    this.#clock = clock;
    this.#shared = shared;
    this.#store = shared ? new MemoryCredentialStore() : store;
    outbox.subscribe((id, { status, receipt }) => {
      if (status === 'delivered' && id === this.#pending?.by) void this.#arrived(this.#pending, receipt);
      // Where it cannot be asked, the page says what it knows.
      else if (status === 'delivered') this.me(true).catch(() => {});
    });
    traces.listen((told) => void this.#heard(told));
  }

  get state(): SessionState {
    return this.#state;
  }

  get participant(): string | undefined {
    return this.#credentials?.participant;
  }

  /** For the outbox and the drafts alone. */
  get credentials(): EnrolledCredentials | undefined {
    return this.#credentials;
  }

  get shared(): boolean {
    return this.#shared;
  }

  get problem(): InvitationProblem | undefined {
    return this.#problem;
  }

  /** Signed out because the endpoint no longer knows this device, not by the participant. */
  get elsewhere(): boolean {
    return this.#elsewhere;
  }

  /** What `me()` last heard. */
  get known(): Me | undefined {
    return this.#me;
  }

  /** What enrolled this participant on this very page: a contact submission's id, or an invitation's hash. */
  get enrolledBy(): string | undefined {
    return this.#enrolledBy;
  }

  /** Called after every change. Returns the way to stop. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Reads what is kept here, and repairs an enrolment whose answer was lost. */
  async open(): Promise<void> {
    const { pending, enrolled } = await this.#store.read(this.#place);
    if (enrolled) this.#take(enrolled);
    else this.#pending = pending;
    const code = heldInvitation() ?? this.#traces.invitation();
    if (code !== undefined) this.invite(code);
    else if (enrolled) this.me().catch(() => {});
    else if (pending) await this.#settle(pending);
  }

  /** An invitation or a way back, from a link or typed. Nothing is spent by it. False: it is no code. */
  invite(text: string): boolean {
    const code = codeIn(text);
    dropInvitation();
    this.#problem = code === undefined ? { code: 'invitation-unknown' } : undefined;
    if (code !== undefined && !this.#shared) this.#traces.keepInvitation(code);
    this.#invitation = code;
    this.#become('invited');
    return code !== undefined;
  }

  /** Spends it: by the participant's own click, never by opening a page. */
  async accept(check?: string): Promise<void> {
    const code = this.#invitation;
    if (code === undefined || this.#state !== 'invited') return;
    this.#become('signing-in');
    try {
      const pending = await this.#prepare(await hashSecret(code));
      const [tokenHash, writeHash] = await hashesOf(pending);
      const request = { invite: code, tokenHash, writeHash, ...(check !== undefined && { check }) };
      const { participant, enrolledAt } = await this.#calls.enrol(request);
      this.#forgetInvitation();
      await this.#enrolled(pending, participant, enrolledAt);
    } catch (error) {
      const known = error instanceof CallError;
      this.#problem = known ? { code: error.code, triesLeft: error.triesLeft } : { code: 'unreachable' };
      this.#become('invited');
      if (!known) throw error;
    }
  }

  /** Puts the invitation aside, unspent. */
  dismiss(): void {
    this.#forgetInvitation();
    this.#become(this.#credentials ? 'signed-in' : 'anonymous');
  }

  /** Makes the secrets that a contact enrols with. */
  async hashes(): Promise<EnrolmentHashes> {
    this.#pending = await newPending(this.#place, '');
    this.#returnCode = newCode();
    const [tokenHash, writeHash] = await hashesOf(this.#pending);
    return { tokenHash, writeHash, returnHash: await hashSecret(this.#returnCode) };
  }

  /** On disk before the contact is sent. @param contact the submission's id */
  async expect(contact: string): Promise<void> {
    if (this.#pending === undefined) return;
    this.#pending = { ...this.#pending, by: contact };
    await this.#keep(this.#pending);
  }

  /** Who this is and what is next: also whenever something has arrived. @param anew see `ParticipantCalls` @throws CallError */
  async me(anew = false): Promise<Me | undefined> {
    const credentials = this.#credentials;
    if (credentials === undefined) return undefined;
    try {
      const me = await this.#calls.me(credentials.token, anew);
      if (credentials !== this.#credentials) return undefined;
      this.#me = me;
      this.#tell();
      return me;
    } catch (error) {
      if (error instanceof CallError && error.status === 401) await this.refused(credentials.token);
      throw error;
    }
  }

  /** The endpoint does not know this token any more: the participant has moved on, or was away for too long. */
  async refused(token: string): Promise<void> {
    if (token !== this.#credentials?.token) return;
    this.#elsewhere = true;
    await this.#leave('changed');
  }

  /** What has not arrived yet of whoever is here now: theirs to send, to read and to throw away. */
  async unsent(): Promise<readonly EntrySummary[]> {
    const waiting = await this.waiting();
    return waiting.filter(({ participant, createdAt }) =>
      participant === null ? createdAt > this.#since : participant === this.participant,
    );
  }

  /** What has not arrived yet of this page, whoever's it is: to be counted, and no more. */
  async waiting(): Promise<readonly EntrySummary[]> {
    const entries = await this.#outbox.entries({ study: this.study });
    return entries.filter(
      ({ ofThisPage, participant }) => ofThisPage || (participant !== null && participant === this.participant),
    );
  }

  async signOut(): Promise<void> {
    this.#elsewhere = false;
    await this.#leave('left');
  }

  /** From signed out back to the beginning, as anybody. */
  startAgain(): void {
    if (this.#state === 'signed-out') this.#become('anonymous');
  }

  /**
   * Nobody has used the page. On a shared computer that signs them out, and their invitation is forgotten. An enrolment that
   * waits goes on waiting: it signs nobody in before the page is opened again, as somebody else may be here by then.
   */
  async rest(): Promise<void> {
    if (!RESTING.includes(this.#state)) return;
    this.#since = this.#clock.now();
    this.#pending = undefined;
    this.#returnCode = undefined;
    if (this.#shared) await this.#forget('enrolled');
    this.#become('idle');
    if (this.#shared) this.#traces.tell('left', this.#place);
  }

  resume(): void {
    if (this.#state !== 'idle') return;
    if (this.#invitation !== undefined) this.#become('invited');
    else this.dismiss();
  }

  /** Nothing stays on this computer's disk, and nothing more is written there. What this page knows it still knows. */
  async share(): Promise<void> {
    if (this.#shared) return;
    this.#shared = true;
    const disk = this.#store;
    this.#store = new MemoryCredentialStore();
    if (this.#pending) await this.#store.write(this.#pending);
    if (this.#credentials) await this.#store.write(this.#credentials);
    this.#tell();
    this.#traces.dropInvitation();
    this.#traces.unmark(this.#place);
    await disk.remove(this.#place);
  }

  /** The code of a link that continues elsewhere; one given out before is worth nothing from then on. @throws CallError */
  async newReturnCode(): Promise<string | undefined> {
    const token = this.#credentials?.token;
    if (token === undefined) return undefined;
    const code = newCode();
    try {
      await this.#calls.setReturn(token, await hashSecret(code));
    } catch (error) {
      if (error instanceof CallError && error.status === 401) await this.refused(token);
      throw error;
    }
    return code;
  }

  /** The code that a contact has enrolled with; given out once. */
  takeReturnCode(): string | undefined {
    if (this.#credentials === undefined) return undefined;
    const code = this.#returnCode;
    this.#returnCode = undefined;
    return code;
  }

  /** Pending credentials for this code: those of an attempt whose answer was lost, else new ones. */
  async #prepare(by: string): Promise<PendingCredentials> {
    const { pending } = await this.#store.read(this.#place);
    if (pending?.by === by) return pending;
    const fresh = await newPending(this.#place, by);
    await this.#keep(fresh);
    return fresh;
  }

  async #keep(credentials: PendingCredentials | EnrolledCredentials): Promise<void> {
    const store = this.#store;
    await store.write(credentials);
    if (store.durable) this.#traces.mark(this.#place);
    // The computer was called shared in the meantime.
    if (store === this.#store) return;
    await this.#store.write(credentials);
    this.#traces.unmark(this.#place);
    await store.remove(this.#place);
  }

  /** The contact has arrived: did it enrol? */
  async #arrived(pending: PendingCredentials, receipt: Receipt | undefined): Promise<void> {
    // Another tab may have sent it, and have kept the receipt to itself.
    if (receipt !== undefined && receipt.next !== 'enrolled') return this.#giveUp(pending);
    await this.#settle(pending);
  }

  /** Asks whether a token opens anything: a GET spends nothing. */
  async #settle(pending: PendingCredentials): Promise<void> {
    try {
      const { participant, enrolledAt } = await this.#calls.me(pending.token);
      // Meanwhile nobody was at the page any more, or somebody else.
      if (this.#pending?.token !== pending.token) return;
      await this.#enrolled(pending, participant, enrolledAt);
    } catch (error) {
      if (!(error instanceof CallError)) throw error;
      if (error.status !== 401) return;
      const waits = (await this.#outbox.entries({ study: this.study })).some(({ id }) => id === pending.by);
      if (!waits) await this.#giveUp(pending);
    }
  }

  async #giveUp(pending: PendingCredentials): Promise<void> {
    if (this.#pending?.token === pending.token) this.#pending = undefined;
    this.#returnCode = undefined;
    await this.#store.remove(this.#place, 'pending');
    if (this.#credentials === undefined) this.#traces.unmark(this.#place);
    this.#tell();
  }

  async #enrolled({ by, ...secrets }: PendingCredentials, participant: string, enrolledAt: string): Promise<void> {
    const credentials: EnrolledCredentials = { ...secrets, state: 'enrolled', participant, enrolledAt };
    await this.#keep(credentials);
    // By the contact of this page it is the one who has been here all along.
    if (this.#pending?.token !== secrets.token) this.#since = this.#clock.now();
    this.#pending = undefined;
    this.#enrolledBy = by;
    this.#elsewhere = false;
    this.#outbox.signedOut();
    this.#take(credentials);
    this.#traces.tell('changed');
    this.me().catch(() => {});
  }

  #take(credentials: EnrolledCredentials): void {
    this.#credentials = credentials;
    this.#me = undefined;
    // What cannot be asked now is asked again when the page is opened again.
    this.#outbox.signedIn(credentials).catch(() => {});
    this.#become('signed-in');
  }

  async #leave(told: 'changed' | 'left'): Promise<void> {
    await this.#forget();
    this.#become('signed-out');
    this.#traces.tell(told, this.#place);
  }

  async #forget(state?: 'enrolled'): Promise<void> {
    this.#since = this.#clock.now();
    this.#credentials = undefined;
    this.#pending = undefined;
    this.#me = undefined;
    this.#returnCode = undefined;
    this.#enrolledBy = undefined;
    this.#forgetInvitation();
    this.#outbox.signedOut();
    this.#traces.unmark(this.#place);
    await this.#store.remove(this.#place, state);
  }

  /** Another tab has signed somebody in or out. On a shared computer each holds its own secrets, and one person leaves all. */
  async #heard({ what, endpoint, study }: Told): Promise<void> {
    if (this.#shared) {
      if (what !== 'left' || endpoint !== this.endpoint || study !== this.study || !this.#credentials) return;
      await this.#forget();
      return this.#become('signed-out');
    }
    const { enrolled } = await this.#store.read(this.#place);
    if (enrolled?.token === this.#credentials?.token) return;
    this.#since = this.#clock.now();
    this.#outbox.signedOut();
    if (enrolled) return this.#take(enrolled);
    this.#credentials = undefined;
    this.#become('signed-out');
  }

  #forgetInvitation(): void {
    this.#invitation = undefined;
    this.#problem = undefined;
    dropInvitation();
    this.#traces.dropInvitation();
  }

  #become(state: SessionState): void {
    this.#state = state;
    this.#tell();
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}
