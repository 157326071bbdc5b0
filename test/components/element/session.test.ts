import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Session } from '../../../components/element/session/session.ts';
import type { SessionTraces, Told } from '../../../components/element/session/session-traces.ts';
import {
  type CredentialPlace,
  type EnrolledCredentials,
  MemoryCredentialStore,
  type PendingCredentials,
} from '../../../src/delivery/credential-store.ts';
import type { DeliveryState } from '../../../src/delivery/delivery-state.ts';
import type { EntrySummary, Outbox } from '../../../src/delivery/outbox.ts';
import { ParticipantCalls } from '../../../src/delivery/participant-calls.ts';
import { newCode } from '../../../src/submission/secrets.ts';
import { ManualClock } from '../../suites/support/manual-clock.ts';

const ANA = '0195d3a0-0000-7000-8000-00000000000a';
const BEN = '0195d3a0-0000-7000-8000-00000000000b';
const PLACE = { endpoint: 'https://endpoint.example', study: 'quiet-hours' };
const SECRETS = { ...PLACE, token: 'token', writeKey: 'key' };
const ENROLLED: EnrolledCredentials = {
  ...SECRETS,
  state: 'enrolled',
  participant: ANA,
  enrolledAt: '2025-03-03T09:00:00.000Z',
};
const PENDING: PendingCredentials = { ...SECRETS, state: 'pending', by: 'contact' };

/** Reading an answer takes some turns, and nothing tells that it was read in vain. */
async function turns(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
}

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

/** The tabs of one browser. */
class FakeTabs {
  readonly #listeners: ((told: Told) => void)[] = [];

  /** @param told what this tab has told the others */
  traces(told: Told['what'][]): SessionTraces {
    const none = () => undefined;
    const own: ((told: Told) => void)[] = [];
    const tell = (what: Told['what'], place?: CredentialPlace) => {
      told.push(what);
      for (const listener of this.#listeners) if (!own.includes(listener)) listener({ what, ...place });
    };
    const listen = (listener: (told: Told) => void) => {
      own.push(listener);
      this.#listeners.push(listener);
    };
    const traces = { invitation: none, keepInvitation: none, dropInvitation: none, mark: none, unmark: none };
    return { ...traces, tell, listen } as unknown as SessionTraces;
  }
}

/** A page's session, and an endpoint that knows this participant, or answers as it is told to. */
async function open({
  kept = [] as (EnrolledCredentials | PendingCredentials)[],
  shared = false,
  tabs = new FakeTabs(),
} = {}) {
  const store = new MemoryCredentialStore();
  for (const each of kept) await store.write(each);
  const [outbox, told, asked, clock] = [new FakeOutbox(), [] as Told['what'][], [] as string[], new ManualClock()];
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
    traces: tabs.traces(told),
    shared,
    clock,
  });
  /** Handed in now, and not arrived. */
  const handIn = (id: string, participant: string | null = null) =>
    outbox.kept.push({ id, participant, createdAt: clock.now(), ofThisPage: true });
  return { session, store, outbox, endpoint, told, asked, clock, handIn };
}

const answerOf = (next: string): Response =>
  Response.json({
    ...{ participant: ANA, enrolledAt: ENROLLED.enrolledAt, mode: 'test', recruitment: 'open', steps: [], next },
  });

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

  describe('lists as unsent', () => {
    const ids = async (session: Session) => (await session.unsent()).map(({ id }) => id);
    const accept = async (session: Session) => {
      session.invite(newCode());
      await session.accept();
    };

    it("a participant's own and what they did before they had a name, and counts the rest", async () => {
      const { session, clock, handIn } = await open();
      await session.open();
      handIn('screening');
      await session.hashes();
      await session.expect('contact');
      assert.deepEqual(await ids(session), ['screening']);
      handIn("another's", BEN);
      assert.deepEqual(await ids(session), ['screening']);
      clock.advance(1);
      await accept(session);
      handIn('own', ANA);
      assert.deepEqual(await ids(session), ['own']);
      assert.deepEqual((await session.waiting()).length, 3);
    });

    it('nothing of whoever was here before: they rested, signed out, or another has signed in', async () => {
      const changes: ((session: Session) => Promise<void>)[] = [
        (session) => session.rest(),
        (session) => session.signOut(),
        accept,
      ];
      for (const shared of [false, true]) {
        for (const change of changes) {
          const { session, clock, handIn } = await open({ shared });
          await session.open();
          handIn('before');
          handIn("another's", BEN);
          clock.advance(1);
          await change(session);
          clock.advance(1);
          session.resume();
          session.startAgain();
          handIn('since');
          assert.deepEqual(await ids(session), ['since']);
        }
      }
    });
  });

  describe('knows where its participant stands', () => {
    it('also after something has arrived, whoever has handed it in and whenever', async () => {
      const { session, outbox, endpoint, asked } = await open({ kept: [ENROLLED] });
      await session.open();
      await turns();
      assert.equal(asked.length, 1);
      endpoint.answer = async () => answerOf('session');
      outbox.deliver('left by an earlier page');
      await turns();
      assert.deepEqual([session.known?.next, asked.length], ['session', 2]);
    });

    it('by what was asked last: not by an answer that was asked for before something arrived', async () => {
      const { session, outbox, endpoint } = await open({ kept: [ENROLLED] });
      const late = Promise.withResolvers<Response>();
      endpoint.answer = () => late.promise;
      await session.open();
      await turns();
      endpoint.answer = async () => answerOf('session');
      outbox.deliver('left by an earlier page');
      await turns();
      assert.equal(session.known?.next, 'session');
      late.resolve(answerOf('questionnaire'));
      await turns();
      assert.equal(session.known?.next, 'session');
    });
  });

  describe('when its page rests while a contact is on its way', () => {
    for (const shared of [false, true]) {
      it(`lets it sign nobody in${shared ? ' on a shared computer' : ' before the page is opened again'}`, async () => {
        const { session, store, outbox, asked } = await open({ shared });
        await session.open();
        await session.hashes();
        await session.expect('contact');
        await session.rest();
        session.resume();
        outbox.deliver('contact');
        assert.deepEqual([session.state, asked], ['anonymous', []]);
        if (shared) return;
        const { pending } = await store.read(PLACE);
        assert.equal(pending?.by, 'contact');
        const again = await open({ kept: pending ? [pending] : [] });
        await again.session.open();
        assert.deepEqual([again.session.state, again.session.participant], ['signed-in', ANA]);
      });
    }

    it('not even where it has arrived already, and only the answer is awaited', async () => {
      const { session, store, outbox, endpoint } = await open();
      await session.open();
      await session.hashes();
      await session.expect('contact');
      const me = Promise.withResolvers<Response>();
      const asked = Promise.withResolvers<void>();
      endpoint.answer = () => {
        asked.resolve();
        return me.promise;
      };
      outbox.deliver('contact');
      await asked.promise;
      await session.rest();
      session.resume();
      const { enrolledAt } = ENROLLED;
      const known = { participant: ANA, enrolledAt, mode: 'test', recruitment: 'open', steps: [], next: null };
      me.resolve(Response.json(known));
      await turns();
      assert.equal(session.state, 'anonymous');
      assert.equal((await store.read(PLACE)).pending?.by, 'contact');
    });

    it('lets nobody else be replaced by it when they open the page', async () => {
      const { session, outbox } = await open({ kept: [ENROLLED, { ...PENDING, token: 'other' }] });
      await session.open();
      outbox.deliver('contact');
      await turns();
      assert.deepEqual([session.participant, session.credentials?.token], [ANA, ENROLLED.token]);
    });
  });

  it('that rests under an invitation shows it again, on a shared computer to nobody', async () => {
    for (const [shared, state] of [
      [false, 'invited'],
      [true, 'anonymous'],
    ] as const) {
      const { session } = await open({ shared });
      await session.open();
      session.invite(newCode());
      await session.rest();
      assert.equal(session.state, 'idle');
      session.resume();
      assert.equal(session.state, state);
    }
  });

  it('on a shared computer is over in every tab when it is left in one, and in no other case', async () => {
    for (const leave of [(session: Session) => session.signOut(), (session: Session) => session.rest()]) {
      const tabs = new FakeTabs();
      const [one, two] = [await open({ kept: [ENROLLED], tabs }), await open({ kept: [ENROLLED], tabs })];
      for (const { session } of [one, two]) {
        await session.open();
        await session.share();
      }
      await one.session.refused('stale');
      assert.equal(two.session.state, 'signed-in');
      await leave(one.session);
      await turns();
      assert.deepEqual([two.session.state, two.session.credentials], ['signed-out', undefined]);
    }
  });
});
