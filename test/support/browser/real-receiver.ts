/** A real receiver for one test in a browser, and somebody who takes part. Its other side is ../real-receiver.ts. */

import { participantKey } from '../../../components/element/session-marker.ts';
import type { EnrolledCredentials } from '../../../src/delivery/credential-store.ts';
import { openCredentialStore } from '../../../src/delivery/indexed-db-credential-store.ts';
import type { MySessions } from '../../../src/submission/participation.ts';
import { hashSecret, newToken, writeKeyOf } from '../../../src/submission/secrets.ts';

/** What of the example study is other than it is: see the other side. */
export interface Opening {
  readonly changes?: Readonly<Record<string, unknown>>;
  readonly asks?: boolean;
  readonly turned?: boolean;
  readonly later?: readonly (readonly [number: string, effective: string, more?: Readonly<Record<string, unknown>>])[];
  readonly screening?: boolean;
}

export interface Decided {
  readonly outcome?: string;
  readonly scope?: string | null;
  readonly version?: string;
  readonly deviations: readonly string[];
}

export interface Answered {
  readonly sittings: readonly { readonly body: string; readonly deviations: readonly string[] }[];
  readonly scores: readonly { readonly instrument: string; readonly subscale: string; readonly score: number | null }[];
}

export const STUDY = 'calm-ward';

export class RealReceiver {
  #token = '';
  readonly #base = new URL(`/real/${crypto.randomUUID()}/`, location.href).href;

  /** What an element's `endpoint` takes. */
  get address(): string {
    return `${this.#base}receiver`;
  }

  static async open(opening: Opening = {}): Promise<RealReceiver> {
    const receiver = new RealReceiver();
    await receiver.serve(opening);
    return receiver;
  }

  /** From now on with this study file, as after a restart. */
  async serve(opening: Opening): Promise<void> {
    await this.#put('open', opening);
  }

  async setClock(now: string): Promise<void> {
    await this.#put('clock', { now });
  }

  /** What submissions are answered with from now on, unreceived; null: they are received. */
  async trouble(status: number | null): Promise<void> {
    await this.#put('trouble', { status });
  }

  /** Somebody who takes part and is signed in on this browser. @returns their id */
  async signIn(): Promise<string> {
    const { participant, code } = await (await this.#put('invite', {})).json();
    const token = newToken();
    this.#token = token;
    const writeKey = await writeKeyOf(token);
    const [tokenHash, writeHash] = await Promise.all([hashSecret(token), hashSecret(writeKey)]);
    const answer = await fetch(`${this.address}/studies/${STUDY}/participants`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ invite: code, tokenHash, writeHash }),
    });
    const { enrolledAt } = await answer.json();
    await this.#keep({ participant, token, writeKey, enrolledAt });
    return participant;
  }

  /** Whoever is signed in has signed the consent, on another device. */
  async sign(): Promise<void> {
    await this.#put('sign', { token: this.#token });
  }

  /** What the receiver's database has of somebody's questionnaires. */
  async answers(participant: string): Promise<Answered> {
    return (await fetch(`${this.#base}answers?participant=${participant}`)).json();
  }

  /** Of the example with sessions. */
  static async openWithSessions(): Promise<RealReceiver> {
    const receiver = new RealReceiver();
    await receiver.#put('sessions', {});
    return receiver;
  }

  /** Somebody in an arm who is signed in on this browser. @returns their id */
  async join(arm: string): Promise<string> {
    const { participant, token, writeKey } = await (await this.#put('join', { arm })).json();
    await this.#keep({ participant, token, writeKey, enrolledAt: '2026-03-09T10:00:00.000Z' });
    return participant;
  }

  /** A facilitator says it of somebody. */
  async record(participant: string, event: object): Promise<void> {
    await this.#put('record', { participant, event });
  }

  /** A coordinator puts it up. */
  async putUp(audience: string, target: string, posting: object): Promise<void> {
    await this.#put('put-up', { audience, target, posting });
  }

  /** Their sessions, as they are told them. */
  async told(participant: string): Promise<MySessions> {
    return (await fetch(`${this.#base}told?participant=${participant}`)).json();
  }

  /** Somebody on the staff. @returns their token */
  async hire(role: string, sites: readonly string[] = []): Promise<string> {
    const { token } = await (await this.#put('hire', { role, sites })).json();
    return token;
  }

  /** On another device, which the page knows nothing of. */
  async decline(): Promise<void> {
    await this.#put('decline', { token: this.#token });
  }

  /** What the receiver's database has of somebody's decisions, oldest first. */
  async decisions(participant: string): Promise<readonly Decided[]> {
    return (await fetch(`${this.#base}decisions?participant=${participant}`)).json();
  }

  /** As the kit keeps it. */
  async #keep(secrets: Pick<EnrolledCredentials, 'participant' | 'token' | 'writeKey' | 'enrolledAt'>): Promise<void> {
    const store = await openCredentialStore();
    await store.write({ ...secrets, endpoint: this.address, study: STUDY, state: 'enrolled' });
    store.close();
    localStorage.setItem(participantKey(this.address, STUDY), '');
  }

  async #put(path: string, body: unknown): Promise<Response> {
    const answer = await fetch(this.#base + path, { method: 'PUT', body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`The real receiver answers ${answer.status} to ${path}.`);
    return answer;
  }
}
