import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { createLogger } from '../../../src/receiver/log.ts';
import { openSqliteStore } from '../../../src/receiver/store/sqlite.ts';
import type { Store } from '../../../src/receiver/store/store.ts';
import type { EventRow } from '../../../src/receiver/store/webhook-store.ts';
import { createQueue } from '../../../src/receiver/webhooks/queue-event.ts';
import { createSender, type Sender, type SenderOptions } from '../../../src/receiver/webhooks/sender.ts';
import { openTarget, type Target } from '../../support/webhook-target.ts';

const SECRET = `whsec_${Buffer.alloc(32, 5).toString('base64')}`;
const HOUR = 60 * 60 * 1000;
const PERSON = '0199e2a4-7c1e-7b3a-9d52-3f0c6a1b8e47';

describe('the sender', () => {
  let store: Store;
  let target: Target;
  let clock: number;
  let lines: string[];
  beforeEach(async () => {
    store = await openSqliteStore(':memory:');
    target = await openTarget();
    // The verifying library looks at the real time.
    clock = Date.now();
    lines = [];
  });
  afterEach(async () => {
    await target.close();
    await store.close();
  });

  const now = () => new Date(clock);
  const sender = (options: Partial<SenderOptions> = {}): Sender =>
    createSender({
      study: 'ward',
      webhook: { url: target.url, secrets: [SECRET] },
      store,
      logger: createLogger({ write: (line: string) => lines.push(line) }),
      now,
      random: () => 0.5,
      ...options,
    });
  const queue = (study = 'ward'): Promise<void> => {
    const webhooks = new Map([[study, { url: target.url, secrets: [SECRET], page: 'https://example.org/p/ward' }]]);
    const event = {
      study,
      type: 'enrolled',
      participant: PERSON,
      site: 'north',
      at: now().toISOString(),
      mode: 'test',
    } as const;
    return store.transaction((tx) => createQueue(webhooks)(tx, event));
  };
  const events = (): Promise<EventRow[]> => store.transaction((tx) => tx.events('ward', { limit: 100 }));
  const only = async (): Promise<EventRow> => {
    const [event, ...others] = await events();
    assert(event && others.length === 0);
    return event;
  };

  it('hands over ids and links, signed, once', async () => {
    await queue();
    assert.equal(await sender().sendDue(), undefined);
    assert.equal(await sender().sendDue(), undefined);
    const [delivery, ...others] = target.got;
    assert(delivery && others.length === 0);
    const event = await only();
    assert.deepEqual(target.verified(SECRET), [event.id]);
    assert.deepEqual(JSON.parse(delivery.body), {
      type: 'enrolled',
      timestamp: now().toISOString(),
      data: { study: 'ward', participant: PERSON, site: 'north', mode: 'test', page: 'https://example.org/p/ward' },
    });
    assert.equal(delivery.headers['content-type'], 'application/json');
    assert.deepEqual(
      [event.attempts, event.lastStatus, event.deliveredAt, event.dueAt],
      [1, 204, now().toISOString(), null],
    );
  });

  for (const [reaction, status, failure] of [
    [500, 500, null],
    [404, 404, null],
    [429, 429, null],
    [[302, { Location: '/elsewhere' }], 302, null],
    [304, 304, null],
    ['hang-up', null, 'unreachable'],
    ['silence', null, 'timeout'],
  ] as const) {
    it(`sends again what was met by ${JSON.stringify(reaction)}, under the same id`, async () => {
      await queue();
      target.react(reaction);
      const due = await sender({ timeout: reaction === 'silence' ? 50 : 15_000 }).sendDue();
      const failed = await only();
      assert.deepEqual([failed.lastStatus, failed.lastFailure, failed.deliveredAt], [status, failure, null]);
      assert.equal(due?.getTime(), clock + 5_000);
      await sender().sendDue();
      assert.equal(target.got.length, 1, 'not before its time');
      clock += 5_000;
      await sender().sendDue();
      assert.equal((await only()).deliveredAt, now().toISOString());
      assert.deepEqual(target.verified(SECRET), [failed.id, failed.id]);
      assert.ok(
        target.got.every(({ path }) => path === '/hook'),
        'no redirect was followed',
      );
      assert.equal(target.got[0]?.body, target.got[1]?.body);
    });
  }

  it('sends again what nobody listened for', async () => {
    await queue();
    await sender({ webhook: { url: 'http://127.0.0.1:1/hook', secrets: [SECRET] } }).sendDue();
    assert.equal((await only()).lastFailure, 'unreachable');
  });

  it('waits as long as it was asked to', async () => {
    await queue();
    target.react([503, { 'Retry-After': '7200' }]);
    const due = await sender().sendDue();
    assert.equal(due?.getTime(), clock + 2 * HOUR);
  });

  it('gives up after five days, and at once where it is told that the address is gone, and says so', async () => {
    await queue();
    target.react(...Array.from({ length: 13 }, () => 500));
    const start = clock;
    let due = await sender().sendDue();
    while (due !== undefined) {
      clock = due.getTime();
      due = await sender().sendDue();
    }
    const event = await only();
    assert.equal(clock - start, 120 * HOUR);
    assert.equal(event.gaveUpAt, now().toISOString());
    assert.deepEqual([event.dueAt, event.deliveredAt, event.lastStatus, event.attempts], [null, null, 500, 13]);
    assert.equal(JSON.parse(lines.at(-1) ?? '').msg, 'webhook given up');
    assert.equal(JSON.parse(lines.at(-1) ?? '').event, event.id);

    await queue();
    target.react(410);
    const asked = target.got.length;
    await sender().sendDue();
    const [gone] = await events();
    assert.deepEqual([gone?.gaveUpAt, gone?.lastStatus, target.got.length], [now().toISOString(), 410, asked + 1]);
  });

  it('tries what has waited longer than that once more', async () => {
    await queue();
    clock += 200 * HOUR;
    await sender().sendDue();
    assert.equal((await only()).lastStatus, 204);
  });

  it('sends each once where two work on one queue', async () => {
    for (let index = 0; index < 20; index += 1) await queue();
    await Promise.all([sender().sendDue(), sender().sendDue()]);
    assert.equal(target.got.length, 20);
    assert.equal(new Set(target.verified(SECRET)).size, 20);
  });

  it('takes over from one that died over it, after a minute, and what that one then says counts no more', async () => {
    await queue();
    const claim = { study: 'ward', now: now().toISOString(), until: new Date(clock + 60_000).toISOString(), limit: 9 };
    const [dead] = await store.transaction((tx) => tx.claimEvents(claim));
    assert(dead);
    await sender().sendDue();
    assert.equal(target.got.length, 0);
    clock += 60_000;
    await sender().sendDue();
    assert.equal((await only()).deliveredAt, now().toISOString());
    const late = { dueAt: now().toISOString(), lastStatus: 500, lastFailure: null, deliveredAt: null, gaveUpAt: null };
    assert.equal(await store.transaction((tx) => tx.settleEvent(dead, late)), false);
    assert.equal((await only()).attempts, 2);
  });

  it('leaves other studies’ events alone, and keeps none of a study without a webhook', async () => {
    await queue('other');
    await sender().sendDue();
    assert.equal(target.got.length, 0);
    const event = {
      study: 'ward',
      type: 'enrolled',
      participant: PERSON,
      at: now().toISOString(),
      mode: 'test',
    } as const;
    await store.transaction((tx) => createQueue(new Map())(tx, event));
    assert.deepEqual(await events(), []);
  });

  it('keeps no event whose transaction came to nothing', async () => {
    const failing = store.transaction(async (tx) => {
      const event = {
        study: 'ward',
        type: 'enrolled',
        participant: PERSON,
        at: now().toISOString(),
        mode: 'test',
      } as const;
      await createQueue(new Map([['ward', { url: target.url, secrets: [SECRET] }]]))(tx, event);
      throw new RangeError('no');
    });
    await assert.rejects(failing, RangeError);
    assert.deepEqual(await events(), []);
  });

  it('tells nobody’s id in the log', async () => {
    await queue();
    target.react(500);
    await sender().sendDue();
    clock += HOUR;
    await sender().sendDue();
    assert.deepEqual(
      lines.map((line) => JSON.parse(line).msg),
      ['webhook failed', 'webhook delivered'],
    );
    assert.ok(!lines.join('').includes(PERSON));
  });

  describe('once started', () => {
    let running: Sender[];
    before(() => {
      running = [];
    });
    afterEach(async () => {
      for (const one of running.splice(0)) await one.stop();
    });
    after(() => assert.equal(running.length, 0));
    const started = (options: Partial<SenderOptions> = {}): Sender => {
      const one = sender({ now: () => new Date(), ...options });
      running.push(one);
      one.start();
      return one;
    };

    it('sends what is queued as soon as it is woken', async () => {
      // It sleeps until somebody wakes it.
      const one = started({
        sleep: (_ms, signal) => new Promise((_, reject) => signal.addEventListener('abort', reject)),
      });
      for (let count = 1; count <= 3; count += 1) {
        await queue();
        one.wake();
        await target.untilAsked(count);
      }
    });

    it('sends again by itself when the time has come', async () => {
      await queue();
      target.react(500);
      const naps: number[] = [];
      const asleep = Promise.withResolvers<void>();
      started({
        now,
        sleep: async (ms, signal) => {
          naps.push(ms);
          clock += ms;
          if (naps.length < 2) return;
          asleep.resolve();
          await new Promise((_, reject) => signal.addEventListener('abort', reject));
        },
      });
      await asleep.promise;
      assert.deepEqual(naps, [5_000, 30_000]);
      assert.equal(target.got.length, 2);
      assert.ok((await only()).deliveredAt);
    });

    it('gives back what it was sending when it is stopped, to be sent at the next start', async () => {
      await queue();
      target.react('silence');
      const one = started();
      await target.untilAsked(1);
      await one.stop();
      const event = await only();
      assert.deepEqual([event.lastFailure, event.gaveUpAt, event.deliveredAt], ['stopped', null, null]);
      clock = Date.now() + 1_000;
      await sender().sendDue();
      assert.ok((await only()).deliveredAt);
    });

    it('goes on when the database failed it', async () => {
      let fails = 1;
      const slept = Promise.withResolvers<void>();
      const flaky: Store = {
        ...store,
        transaction: (work) => (fails-- > 0 ? Promise.reject(new RangeError('no')) : store.transaction(work)),
      };
      await queue();
      started({
        store: flaky,
        sleep: async (_ms, signal) => {
          slept.resolve();
          if (target.got.length > 0) await new Promise((_, reject) => signal.addEventListener('abort', reject));
        },
      });
      await slept.promise;
      await target.untilAsked(1);
      assert.match(lines[0] ?? '', /webhook queue failed/);
    });
  });
});
