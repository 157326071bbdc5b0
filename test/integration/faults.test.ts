/**
 * Delivery when something goes wrong between the page and the receiver, or on the device: real browsers, the real receiver,
 * and a proxy that misbehaves. After each: nothing that was acknowledged is lost, nothing is stored twice, and what the
 * page says is true, while it fails and afterwards.
 */
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { type Answer, type Fault, FaultyProxy } from '../support/faulty-proxy.ts';
import { inControllableBrowsers } from '../support/journey/in-every-browser.ts';
import type { JourneyBrowser } from '../support/journey/journey-browser.ts';
import { atOnce } from '../support/screener/hands.ts';
import { intranet, shortEligible } from '../support/screener/people.ts';
import { untilSaid, untilSheet } from '../support/screener/sheet.ts';
import { addressOf, openShortStage, type Stage } from '../support/screener/stage.ts';
import { heldOnDisk, listen, toldBy, untilLetGo } from '../support/screener/told.ts';
import { answerPage, answerScreening, leaveContact } from '../support/screener/walk.ts';

interface Case {
  readonly name: string;
  /** One after another, each met by one attempt; the last is what is healed. */
  readonly faults: readonly Fault[];
  /** Runs before the page's own scripts: an edge of the browser that is not as it should be. */
  readonly edge?: () => void;
  readonly isCrossOrigin?: boolean;
  /** The device keeps nothing: the page says so, and asks to stay. */
  readonly isMemoryOnly?: boolean;
  /** What the page says while it fails; that it is kept, if not given. */
  readonly says?: string;
  /** What the receiver notes about the delivery. */
  readonly deviations?: readonly string[];
  /** By a person's press, where nothing is tried again by itself. */
  readonly isSentAgainByHand?: boolean;
}

const shares = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];
const { words } = intranet;
const way = { words, person: shortEligible, hands: atOnce };

const answered = (status: number, afterCommit: boolean, more: Omit<Answer, 'status'> = {}): Fault => ({
  kind: 'answer',
  answer: { status, ...more },
  afterCommit,
});
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
    faults: shares.map((share) => ({ kind: 'upstream-cut', share })),
  },
  {
    name: 'the answer is cut at each tenth of its body',
    faults: shares.map((share) => ({ kind: 'answer-cut', share })),
  },
  { name: 'somebody on the way asks to come back', faults: comeBack(false) },
  { name: 'it is committed, and somebody on the way asks to come back', faults: comeBack(true) },
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
    faults: [400, 404, 413, 415, 422].map((status) => answered(status, false)),
    says: words.parked,
    isSentAgainByHand: true,
  },
  {
    name: 'the clock is a day ahead',
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

/** Where a tab may end, and what of it must have arrived in the end. */
interface Step {
  readonly name: string;
  readonly fault?: Fault;
  reach(tab: JourneyBrowser, proxy: FaultyProxy): Promise<void>;
  readonly screenings: number;
  readonly contacts: number;
}

const steps: readonly Step[] = [
  {
    name: 'while answering',
    reach: async (tab) => void (await answerPage(tab, atOnce(tab), shortEligible.screening)),
    screenings: 0,
    contacts: 0,
  },
  {
    name: 'while it is sent',
    fault: { kind: 'hold' },
    reach: async (tab, proxy) => {
      await answerScreening(tab, way);
      await proxy.until(({ length }) => length > 0);
    },
    screenings: 1,
    contacts: 0,
  },
  {
    name: 'after the commit, before the answer',
    fault: { kind: 'hold', afterCommit: true },
    reach: async (tab, proxy) => {
      await answerScreening(tab, way);
      await proxy.until((posts) => posts.some(({ status }) => status === 201));
    },
    screenings: 1,
    contacts: 0,
  },
  {
    name: 'while it is kept',
    fault: answered(503, false),
    reach: async (tab) => {
      await answerScreening(tab, way);
      await untilSaid(tab, words.kept);
    },
    screenings: 1,
    contacts: 0,
  },
  {
    name: 'after it was sent',
    reach: async (tab) => {
      await answerScreening(tab, way);
      await untilSaid(tab, words.sent);
    },
    screenings: 1,
    contacts: 0,
  },
  {
    name: 'while the contact is kept behind its screening',
    fault: answered(503, true),
    reach: async (tab) => {
      await answerScreening(tab, way);
      await leaveContact(tab, way);
      await untilSaid(tab, words.contactKept);
    },
    screenings: 1,
    contacts: 1,
  },
];

inControllableBrowsers('delivery under faults', (launch, browserName) => {
  let stage: Stage;
  let browser: JourneyBrowser;

  before(async () => {
    [stage, browser] = await Promise.all([openShortStage(), launch()]);
  });
  after(async () => {
    await browser?.close();
    await stage?.close();
  });

  /** A tab on an origin of its own that nobody has visited. */
  async function visit(source: string, options: Pick<Case, 'edge' | 'isCrossOrigin'> = {}) {
    const proxy = await FaultyProxy.start(stage.demo.url, { isCrossOrigin: options.isCrossOrigin ?? false });
    const open = async (): Promise<JourneyBrowser> => {
      const tab = await browser.tab();
      await listen(tab);
      if (options.edge) await tab.beforePages(options.edge);
      await tab.open(addressOf(proxy.url, intranet.path, source));
      return tab;
    };
    return { proxy, open, tab: await open() };
  }

  /** What must hold at any time, of this source. */
  async function checkAccount(proxy: FaultyProxy, source: string, tab: JourneyBrowser): Promise<void> {
    const rows = stage.database.screenings(source);
    const contacts = stage.database.contacts(source);
    const ids = [...rows, ...contacts].map(({ id }) => id);
    assert.equal(new Set(ids).size, ids.length, 'nothing is stored twice');
    for (const id of proxy.acknowledged) assert.ok(ids.includes(id), 'nothing that was acknowledged is lost');
    for (const { id, status } of await toldBy(tab)) {
      if (status === 'delivered') assert.ok(proxy.acknowledged.has(id), 'nothing is called delivered that is not');
    }
  }

  describe('the way', { concurrency: 3 }, () => {
    for (const one of cases) {
      test(one.name, async (t) => {
        const source = `${browserName}: ${one.name}`;
        const { proxy, tab } = await visit(source, one);
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
          await checkAccount(proxy, source, tab);
        }
        assert.equal(proxy.acknowledged.size, 0);

        proxy.heal();
        if (one.isSentAgainByHand) await atOnce(tab).press(words.sendAgain);
        const { text } = await untilSaid(tab, words.sent);
        assert.ok(!text.includes(says));
        await checkAccount(proxy, source, tab);
        const rows = stage.database.screenings(source);
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
    for (const one of cases.filter(({ name }) => names.some((begin) => name.startsWith(begin)))) {
      test(one.name, async (t) => {
        const source = `${browserName}, contact: ${one.name}`;
        const { proxy, tab } = await visit(source, one);
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
          await checkAccount(proxy, source, tab);
        }
        proxy.heal();
        const { state } = await untilSaid(tab, words.thanks);
        assert.equal(state, 'sent');
        await checkAccount(proxy, source, tab);
        assert.deepEqual(
          stage.database.contacts(source).map(({ answers }) => answers),
          [shortEligible.storedContact],
        );
        assert.equal(stage.database.screenings(source)[0]?.contacts, 1);
      });
    }
  });

  /** What must have come of it, once the page is open again and nothing is in the way. */
  async function checkEnd({ contacts, screenings }: Step, source: string, tab: JourneyBrowser): Promise<void> {
    await untilSheet(tab, 'the page again', ({ questions }) => questions.length > 0);
    if (screenings > 0) await stage.database.untilArrived(source);
    await untilLetGo(tab);
    await untilSheet(tab, 'no notice', ({ text }) => !text.includes(words.waitingBefore));
    assert.equal(stage.database.screenings(source).length, screenings);
    assert.equal(stage.database.contacts(source).length, contacts);
  }

  describe('a tab that is closed', { concurrency: 3 }, () => {
    for (const step of steps) {
      test(step.name, async (t) => {
        const source = `${browserName}, closed ${step.name}`;
        const { open, proxy, tab } = await visit(source);
        t.after(() => proxy.close());
        proxy.fault = step.fault;
        await step.reach(tab, proxy);
        await tab.close();
        proxy.heal();
        const next = await open();
        t.after(() => next.close());
        await checkEnd(step, source, next);
        await checkAccount(proxy, source, next);
      });
    }
  });

  test('a browser that crashes at each step', async (t) => {
    const profile = await mkdtemp(join(tmpdir(), 'steady-profile-'));
    const proxy = await FaultyProxy.start(stage.demo.url);
    let crashing = await launch({ profile });
    t.after(async () => {
      await crashing.close();
      await proxy.close();
      await rm(profile, { recursive: true, force: true, maxRetries: 5 });
    });
    for (const step of steps) {
      const source = `${browserName}, crashed ${step.name}`;
      const address = addressOf(proxy.url, intranet.path, source);
      proxy.posts.length = 0;
      proxy.fault = step.fault;
      await crashing.open(address);
      await step.reach(crashing, proxy);
      await crashing.kill();
      proxy.heal();
      crashing = await launch({ profile });
      await crashing.open(address);
      await checkEnd(step, source, crashing);
    }
  });

  for (const count of [2, 5]) {
    test(`${count} tabs with answers of their own`, async (t) => {
      const source = `${browserName}: ${count} tabs`;
      const { open, proxy, tab } = await visit(source);
      proxy.fault = answered(503, false);
      const tabs = [tab];
      t.after(() => Promise.all([...tabs.map((one) => one.close()), proxy.close()]));
      while (tabs.length < count) tabs.push(await open());
      await Promise.all(tabs.map((one) => answerScreening(one, way)));
      await Promise.all(tabs.map((one) => untilSaid(one, words.kept)));
      assert.equal(await heldOnDisk(tab), count);

      proxy.heal();
      await Promise.all(tabs.map((one) => untilSaid(one, words.sent)));
      for (const one of tabs) await checkAccount(proxy, source, one);
      assert.equal(stage.database.screenings(source).length, count);
      assert.equal(proxy.posts.filter(({ status }) => status === 201).length, count);
      // Each has heard of the others' deliveries.
      for (const one of tabs) await untilSheet(one, 'no notice', ({ text }) => !text.includes(words.waitingBefore));
    });

    test(`${count} tabs, one of which has answers to send`, async (t) => {
      const source = `${browserName}: one of ${count} tabs`;
      const { open, proxy, tab } = await visit(source);
      proxy.fault = { kind: 'answer-lost' };
      const others: JourneyBrowser[] = [];
      t.after(() => Promise.all([tab.close(), ...others.map((one) => one.close()), proxy.close()]));
      await answerScreening(tab, way);
      await untilSaid(tab, words.kept);
      while (others.length < count - 1) others.push(await open());
      await Promise.all(others.map((one) => untilSaid(one, words.waitingBefore)));

      proxy.heal();
      // Each tab that was opened has tried in vain, so the next try is far off; but the network comes back, they hear.
      await tab.evaluate(() => void dispatchEvent(new Event('online')));
      await untilSaid(tab, words.sent);
      for (const one of others) {
        await untilSheet(one, 'no notice', ({ text }) => !text.includes(words.waitingBefore));
        await checkAccount(proxy, source, one);
      }
      assert.equal(stage.database.screenings(source).length, 1);
      assert.equal(await heldOnDisk(tab), 0);
    });
  }

  test('without a disk a page that is loaded again still knows what it had to send', async (t) => {
    const source = `${browserName}: memory, loaded again`;
    const { proxy, tab } = await visit(source, {
      edge: () => void Object.defineProperty(globalThis, 'indexedDB', { value: undefined }),
    });
    t.after(() => Promise.all([tab.close(), proxy.close()]));
    proxy.fault = { kind: 'answer-lost' };
    await answerScreening(tab, way);
    await untilSaid(tab, words.keptInMemory);
    const [first] = proxy.posts;
    await tab.reload();
    await untilSaid(tab, words.keptInMemory);
    proxy.heal();
    await untilSaid(tab, words.sent);
    assert.deepEqual([...proxy.acknowledged], [first?.id], 'under the id that it had');
    assert.equal(stage.database.screenings(source).length, 1);
  });

  test('a clock that is set back by a day while something waits does not strand it', async (t) => {
    const source = `${browserName}: clock set back`;
    const { proxy, tab } = await visit(source, {
      edge: () => {
        const { now } = Date;
        Object.assign(globalThis, { setClock: (ms: number) => (Date.now = () => now() + ms) });
        Reflect.get(globalThis, 'setClock')(24 * 60 * 60 * 1000);
      },
    });
    t.after(() => Promise.all([tab.close(), proxy.close()]));
    proxy.fault = answered(503, false);
    await answerScreening(tab, way);
    await untilSaid(tab, words.kept);
    await tab.evaluate(() => Reflect.get(globalThis, 'setClock')(0));
    proxy.heal();
    await untilSaid(tab, words.sent);
    assert.equal(stage.database.screenings(source).length, 1);
  });
});
