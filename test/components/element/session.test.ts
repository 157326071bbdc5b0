import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Session } from '../../../components/element/session/session.ts';
import type { SessionTraces } from '../../../components/element/session/session-traces.ts';
import {
  type EnrolledCredentials,
  MemoryCredentialStore,
  type PendingCredentials,
} from '../../../src/delivery/credential-store.ts';
import type { DeliveryState } from '../../../src/delivery/delivery-state.ts';
import type { EntrySummary, Outbox } from '../../../src/delivery/outbox.ts';
import { ParticipantCalls } from '../../../src/delivery/participant-calls.ts';

const ANA = '0195d3a0-0000-7000-8000-00000000000a';
const PLACE = { endpoint: 'https://endpoint.example', study: 'quiet-hours' };
const SECRETS = { ...PLACE, token: 'token', writeKey: 'key' };
const ENROLLED: EnrolledCredentials = {
  ...SECRETS,
  state: 'enrolled',
  participant: ANA,
  enrolledAt: '2025-03-03T09:00:00.000Z',
};
const PENDING: PendingCredentials = { ...SECRETS, state: 'pending', by: 'contact' };

/** The part of an outbox that a session asks. */
class FakeOutbox {
  readonly kept: Partial<EntrySummary>[] = [];
  #listener: (id: string, state: DeliveryState) => void = () => {};

  subscribe(listener: (id: string, state: DeliveryState) => void): () => void {
    this.#listener = listener;
    return () => {};
  }

  async entries() {
    return this.kept;
  }

  async signedIn(): Promise<boolean> {
    return true;
  }

  signedOut(): void {}

  deliver(id: string): void {
    this.#listener(id, { status: 'delivered', durable: true, attempts: 1 } as DeliveryState);
  }
}

function tracesOf(told: string[]) {
  const none = () => undefined;
  const traces = { invitation: none, keepInvitation: none, dropInvitation: none, mark: none, unmark: none };
  return { ...traces, tell: (what = 'changed') => told.push(what), listen: none } as unknown as SessionTraces;
}

/** A page's session, and an endpoint that knows this participant, or answers as it is told to. */
async function open({ kept = [] as (EnrolledCredentials | PendingCredentials)[], shared = false } = {}) {
  const store = new MemoryCredentialStore();
  for (const each of kept) await store.write(each);
  const [outbox, told, asked] = [new FakeOutbox(), [] as string[], [] as string[]];
  const endpoint = { participant: ANA, answer: undefined as (() => Promise<Response>) | undefined };
  const calls = new ParticipantCalls(PLACE.endpoint, PLACE.study, async (url) => {
    asked.push(String(url).split('/').at(-1) ?? '');
    if (endpoint.answer) return endpoint.answer();
    const { participant } = endpoint;
    const { enrolledAt } = ENROLLED;
    return Response.json({ participant, enrolledAt, mode: 'test', recruitment: 'open', steps: [], next: null });
  });
  const session = new Session({
    ...PLACE,
    store,
    calls,
    outbox: outbox as unknown as Outbox,
    traces: tracesOf(told),
    shared,
  });
  return { session, store, outbox, endpoint, told, asked };
}

const refusal = async () => new Response('<h1>Log in to Guest WiFi</h1>', { status: 401 });

describe('a session', () => {
  describe("where a network's own page answers 401", () => {
    it('stays signed in', async () => {
      const { session, store, endpoint } = await open({ kept: [ENROLLED] });
      endpoint.answer = refusal;
      await session.open();
      await assert.rejects(session.me());
      assert.equal(session.state, 'signed-in');
      assert.deepEqual((await store.read(PLACE)).enrolled, ENROLLED);
    });

    it('keeps the secrets of an enrolment that waits', async () => {
      const { session, store, endpoint } = await open({ kept: [PENDING] });
      endpoint.answer = refusal;
      await session.open();
      assert.deepEqual((await store.read(PLACE)).pending, PENDING);
    });
  });
});
