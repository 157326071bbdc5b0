/**
 * Delivery when something goes wrong between the page and the receiver, or at the edges of the browser: real browsers, the
 * real receiver, and a proxy that misbehaves. After each: nothing that was acknowledged is lost, nothing is stored twice,
 * and what the page says is true, while it fails and afterwards.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Fault } from '../support/faulty-proxy.ts';
import { inControllableBrowsers } from '../support/journey/in-every-browser.ts';
import { answered, FaultyStage, takesAll, type VisitOptions, way, words } from '../support/person/faulty-stage.ts';
import { atOnce } from '../support/person/hands.ts';
import { shortEligible } from '../support/person/people.ts';
import { untilSaid } from '../support/person/sheet.ts';
import { heldOnDisk } from '../support/person/told.ts';
import { answerScreening, leaveContact } from '../support/person/walk.ts';

interface Case extends VisitOptions {
  readonly name: string;
  /** One after another, each met by one attempt; the last is what is healed. */
  readonly faults: readonly Fault[];
  /** The device keeps nothing: the page says so, and asks to stay. */
  readonly isMemoryOnly?: boolean;
  /** What the page says while it fails; that it is kept, if not given. */
  readonly says?: string;
  /** What the receiver notes about the delivery. */
  readonly deviations?: readonly string[];
  /** By a person's press, where nothing is tried again by itself. */
  readonly isSentAgainByHand?: boolean;
  /** What comes of it is the kit's own doing in every browser: the others have it in `npm run prove`. */
  readonly isOfOneBrowser?: boolean;
}

const shares = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];
const html = { headers: { 'content-type': 'text/html' }, body: '<!doctype html><title>Welcome to our Wi-Fi</title>' };
const json = (value: unknown) => ({ headers: { 'content-type': 'application/json' }, body: JSON.stringify(value) });

/** To be tried again: what the contract names, and the last with a wish of its own. */
const comeBack = (afterCommit: boolean): Fault[] => [
  ...[408, 409, 425, 500, 502, 503, 504].map((status) => answered(status, afterCommit)),
  answered(429, afterCommit, { headers: { 'retry-after': '1' } }),
];

/** A receipt, but not this one's. */
const receipt = {
  id: '01890000-0000-7000-8000-000000000000',
  receivedAt: '2026-03-09T10:15:30.250Z',
  digest: '0'.repeat(64),
};

const cases: readonly Case[] = [
  { name: 'the request is lost', faults: [{ kind: 'request-cut', share: 0 }] },
  { name: 'the answer is lost after the commit', faults: [{ kind: 'answer-lost' }] },
  {
    name: 'the request is cut at each tenth of its body',
    isOfOneBrowser: true,
    faults: shares.map((share) => ({ kind: 'upstream-cut', share })),
  },
  {
    name: 'the answer is cut at each tenth of its body',
    isOfOneBrowser: true,
    faults: shares.map((share) => ({ kind: 'answer-cut', share })),
  },
  { name: 'somebody on the way asks to come back', isOfOneBrowser: true, faults: comeBack(false) },
  { name: 'it is committed, and somebody on the way asks to come back', isOfOneBrowser: true, faults: comeBack(true) },
  {
    name: 'redirects',
    faults: [301, 302, 303, 307, 308].map((status) => answered(status, false, { headers: { location: '/intranet/' } })),
  },
  {
    name: 'a redirect after the commit, to something that looks like a receipt',
    faults: [answered(307, true, { headers: { location: '/receiver/studies/keck-thrive' } })],
  },
  {
    name: 'a captive portal',
    faults: [
      answered(200, false, html),
      answered(200, false, { ...html, headers: { 'content-type': 'application/json' } }),
      answered(200, true, html),
    ],
  },
  {
    name: 'JSON that is no receipt, or another one’s',
    isOfOneBrowser: true,
    faults: [
      answered(200, false, { ...json({}), body: '' }),
      answered(204, false),
      answered(200, false, json({ ok: true })),
      answered(201, false, json([])),
      answered(201, false, json(receipt)),
      { kind: 'answer-changed', change: (body) => body.slice(0, -20) },
      { kind: 'answer-changed', change: (body) => JSON.stringify({ ...JSON.parse(body), digest: receipt.digest }) },
      { kind: 'answer-changed', change: (body) => JSON.stringify({ ...JSON.parse(body), id: receipt.id }) },
    ],
  },
  { name: 'another origin refuses the preflight', isCrossOrigin: true, faults: [{ kind: 'preflight-refused' }] },
  {
    name: 'another origin takes it and forbids its answer',
    isCrossOrigin: true,
    faults: [{ kind: 'answer-forbidden' }],
  },
  {
    name: 'thirty seconds of silence, before the commit and after it',
    faults: [{ kind: 'silence' }, { kind: 'silence', afterCommit: true }],
    // The outbox's own patience, and nothing else, runs twenty times as fast.
    edge: () => {
      const wait = globalThis.setTimeout;
      const hurried = (run: () => void, ms = 0) => wait(run, ms >= 30_000 && ms < 31_000 ? ms / 20 : ms);
      Object.assign(globalThis, { setTimeout: hurried });
    },
  },
  {
    name: 'a refusal that no repetition mends, until a person sends it again',
    isOfOneBrowser: true,
    faults: [400, 404, 413, 415, 422].map((status) => answered(status, false)),
    says: words.parked,
    isSentAgainByHand: true,
  },
  {
    name: 'the clock is a day ahead',
    isOfOneBrowser: true,
    faults: [answered(503, false)],
    edge: () => {
      const offset = 25 * 60 * 60 * 1000;
      const Real = Date;
      globalThis.Date = class extends Real {
        constructor(...given: [] | [number | string | Date]) {
          if (given.length === 0) super(Real.now() + offset);
          else super(...given);
        }
        static override now(): number {
          return Real.now() + offset;
        }
      } as DateConstructor;
    },
    deviations: ['clock'],
  },
  {
    name: 'the clock is a day behind',
    isOfOneBrowser: true,
    faults: [answered(503, false)],
    edge: () => {
      const offset = -25 * 60 * 60 * 1000;
      const Real = Date;
      globalThis.Date = class extends Real {
        constructor(...given: [] | [number | string | Date]) {
          if (given.length === 0) super(Real.now() + offset);
          else super(...given);
        }
        static override now(): number {
          return Real.now() + offset;
        }
      } as DateConstructor;
    },
    deviations: ['late'],
  },
  {
    name: 'there is no IndexedDB',
    faults: [{ kind: 'answer-lost' }],
    edge: () => void Object.defineProperty(globalThis, 'indexedDB', { value: undefined }),
    isMemoryOnly: true,
  },
  {
    name: 'IndexedDB is refused',
    faults: [{ kind: 'answer-lost' }],
    edge: () => {
      IDBFactory.prototype.open = () => {
        throw new DOMException('The user denied permission to access the database.', 'SecurityError');
      };
    },
    isMemoryOnly: true,
  },
  {
    name: 'IndexedDB never answers',
    faults: [{ kind: 'answer-lost' }],
    edge: () => {
      const { open } = IDBFactory.prototype;
      IDBFactory.prototype.open = function silent(...given) {
        const request = open.apply(this, given);
        for (const type of ['success', 'error', 'upgradeneeded'])
          request.addEventListener(type, (event) => event.stopImmediatePropagation());
        return request;
      };
    },
    isMemoryOnly: true,
  },
  {
    name: 'the disk is full',
    faults: [{ kind: 'answer-lost' }],
    edge: () => {
      IDBObjectStore.prototype.put = function put(): IDBRequest<IDBValidKey> {
        this.transaction.abort();
        throw new DOMException('The quota has been exceeded.', 'QuotaExceededError');
      };
    },
    isMemoryOnly: true,
  },
];

inControllableBrowsers('delivery under faults on the way', (launch, browserName) => {
  const faulty = new FaultyStage(launch);

  describe('the way', { concurrency: 3 }, () => {
    for (const one of cases.filter(({ isOfOneBrowser }) => !isOfOneBrowser || takesAll(browserName))) {
      test(one.name, async (t) => {
        const source = `${browserName}: ${one.name}`;
        const { proxy, tab } = await faulty.visit(source, one);
        t.after(() => Promise.all([tab.close(), proxy.close()]));
        const says = one.says ?? (one.isMemoryOnly ? words.keptInMemory : words.kept);

        for (const [index, fault] of one.faults.entries()) {
          proxy.fault = fault;
          if (index === 0) await answerScreening(tab, way);
          else await atOnce(tab).press(words.sendAgain);
          // From here on the page is sending: what it says next, it says of this attempt.
          await proxy.until((posts) => posts.some((post) => post.fault === fault));
          const { text } = await untilSaid(tab, says);
          assert.ok(!text.includes(words.sent));
          if (!one.isMemoryOnly) assert.equal(await heldOnDisk(tab), 1, 'it is kept, as the page says');
          await faulty.checkAccount(proxy, source, tab);
        }
        assert.equal(proxy.acknowledged.size, 0);

        proxy.heal();
        if (one.isSentAgainByHand) await atOnce(tab).press(words.sendAgain);
        const { text } = await untilSaid(tab, words.sent);
        assert.ok(!text.includes(says));
        await faulty.checkAccount(proxy, source, tab);
        const rows = faulty.stage.database.screenings(source);
        assert.deepEqual(
          rows.map(({ deviations, verdict }) => ({ deviations, verdict })),
          [{ deviations: one.deviations ?? [], verdict: 'eligible' }],
        );
        if (!one.isMemoryOnly) assert.equal(await heldOnDisk(tab), 0, 'what was delivered is let go');
      });
    }
  });

  describe('a contact', { concurrency: 3 }, () => {
    const names = ['the answer is lost', 'the answer is cut', 'it is committed', 'a captive portal', 'thirty seconds'];
    for (const one of cases.filter(
      ({ name }) => takesAll(browserName) && names.some((begin) => name.startsWith(begin)),
    )) {
      test(one.name, async (t) => {
        const source = `${browserName}, contact: ${one.name}`;
        const { proxy, tab } = await faulty.visit(source, one);
        t.after(() => Promise.all([tab.close(), proxy.close()]));
        await answerScreening(tab, way);
        await untilSaid(tab, words.sent);
        for (const [index, fault] of one.faults.entries()) {
          proxy.fault = fault;
          if (index === 0) await leaveContact(tab, way);
          else await atOnce(tab).press(words.sendAgain);
          await proxy.until((posts) => posts.some((post) => post.fault === fault));
          await untilSaid(tab, words.kept);
          await untilSaid(tab, words.contactKept);
          assert.equal(await heldOnDisk(tab), 1);
          await faulty.checkAccount(proxy, source, tab);
        }
        proxy.heal();
        const { state } = await untilSaid(tab, words.thanks);
        assert.equal(state, 'sent');
        await faulty.checkAccount(proxy, source, tab);
        assert.deepEqual(
          faulty.stage.database.contacts(source).map(({ answers }) => answers),
          [shortEligible.storedContact],
        );
        assert.equal(faulty.stage.database.screenings(source)[0]?.contacts, 1);
      });
    }
  });
});
