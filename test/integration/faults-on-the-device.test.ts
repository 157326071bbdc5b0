/**
 * Delivery when the device fails: tabs that are closed, browsers that crash, several tabs at once, no disk, a clock that
 * jumps. After each: nothing that was acknowledged is lost, nothing is stored twice, and what the page says is true.
 */
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { enSession } from '../../components/locales/en-session.ts';
import { type Fault, FaultyProxy } from '../support/faulty-proxy.ts';
import { inControllableBrowsers } from '../support/journey/in-every-browser.ts';
import type { JourneyBrowser } from '../support/journey/journey-browser.ts';
import { answered, FaultyStage, takesAll, way, words } from '../support/person/faulty-stage.ts';
import { atOnce } from '../support/person/hands.ts';
import { intranet, shortEligible } from '../support/person/people.ts';
import { untilSaid, untilSheet } from '../support/person/sheet.ts';
import { addressOf } from '../support/person/stage.ts';
import { heldOnDisk, untilLetGo } from '../support/person/told.ts';
import { answerPage, answerScreening, leaveContact } from '../support/person/walk.ts';

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

inControllableBrowsers('delivery under faults on the device', (launch, browserName) => {
  const faulty = new FaultyStage(launch);

  /** What must have come of it, once the page is open again and nothing is in the way. */
  async function checkEnd({ contacts, screenings }: Step, source: string, tab: JourneyBrowser): Promise<void> {
    // Whoever was enrolled by what arrived meanwhile is asked nothing any more.
    await untilSheet(
      tab,
      'the page again',
      ({ heading, questions }) => questions.length > 0 || heading === enSession['done-title'],
    );
    if (screenings > 0) await faulty.stage.database.untilArrived(source);
    await untilLetGo(tab);
    await untilSheet(tab, 'no notice', ({ text }) => !text.includes(words.waitingBefore));
    assert.equal(faulty.stage.database.screenings(source).length, screenings);
    assert.equal(faulty.stage.database.contacts(source).length, contacts);
  }

  describe('a tab that is closed', { concurrency: 3 }, () => {
    for (const step of steps) {
      test(step.name, async (t) => {
        const source = `${browserName}, closed ${step.name}`;
        const { open, proxy, tab } = await faulty.visit(source);
        t.after(() => proxy.close());
        proxy.fault = step.fault;
        await step.reach(tab, proxy);
        await tab.close();
        proxy.heal();
        const next = await open();
        t.after(() => next.close());
        await checkEnd(step, source, next);
        await faulty.checkAccount(proxy, source, next);
      });
    }
  });

  test('a browser that crashes at each step', {
    skip: !takesAll(browserName) && 'in npm run prove',
  }, async (t) => {
    const profile = await mkdtemp(join(tmpdir(), 'steady-profile-'));
    const proxy = await FaultyProxy.start(faulty.stage.demo.url);
    let crashing = await launch({ profile });
    t.after(async () => {
      await crashing.close();
      await proxy.close();
      await rm(profile, { recursive: true, force: true, maxRetries: 5 });
    });
    // Firefox takes its time to start: there only where something is under way.
    for (const step of steps.filter(({ fault }) => browserName === 'chromium' || fault !== undefined)) {
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
      const { open, proxy, tab } = await faulty.visit(source);
      proxy.fault = answered(503, false);
      const tabs = [tab];
      t.after(() => Promise.all([...tabs.map((one) => one.close()), proxy.close()]));
      while (tabs.length < count) tabs.push(await open());
      await Promise.all(tabs.map((one) => answerScreening(one, way)));
      await Promise.all(tabs.map((one) => untilSaid(one, words.kept)));
      assert.equal(await heldOnDisk(tab), count);

      proxy.heal();
      await Promise.all(tabs.map((one) => untilSaid(one, words.sent)));
      for (const one of tabs) await faulty.checkAccount(proxy, source, one);
      assert.equal(faulty.stage.database.screenings(source).length, count);
      assert.equal(proxy.posts.filter(({ status }) => status === 201).length, count);
      // Each has heard of the others' deliveries.
      for (const one of tabs) await untilSheet(one, 'no notice', ({ text }) => !text.includes(words.waitingBefore));
    });

    test(`${count} tabs, one of which has answers to send`, async (t) => {
      const source = `${browserName}: one of ${count} tabs`;
      const { open, proxy, tab } = await faulty.visit(source);
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
        await faulty.checkAccount(proxy, source, one);
      }
      assert.equal(faulty.stage.database.screenings(source).length, 1);
      assert.equal(await heldOnDisk(tab), 0);
    });
  }

  test('without a disk a page that is loaded again still knows what it had to send', async (t) => {
    const source = `${browserName}: memory, loaded again`;
    const { proxy, tab } = await faulty.visit(source, {
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
    assert.equal(faulty.stage.database.screenings(source).length, 1);
  });

  test('a clock that is set back by a day while something waits does not strand it', async (t) => {
    const source = `${browserName}: clock set back`;
    const { proxy, tab } = await faulty.visit(source, {
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
    assert.equal(faulty.stage.database.screenings(source).length, 1);
  });
});
