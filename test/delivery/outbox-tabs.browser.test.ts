import { assert } from '@open-wc/testing';
import { deleteDB } from 'idb';
import type { OutboxOptions } from '../../src/delivery/outbox.ts';
import { FakeEndpoint, held, requestLost } from '../suites/support/fake-endpoint.ts';
import { ManualClock } from '../suites/support/manual-clock.ts';
import { sampleContact, sampleScreening } from '../suites/support/sample-entry.ts';
import { until } from '../suites/support/until.ts';
import { openTab, type Tab } from '../support/browser/delivery/open-tab.ts';

/** Real pages of one origin, each with its own connection, channel and locks; only the network is ours. */
describe('an outbox in several tabs', () => {
  let database = '';
  let endpoint: FakeEndpoint;
  let tabs: Tab[] = [];

  beforeEach(() => {
    database = `outbox-tabs-${crypto.randomUUID()}`;
    endpoint = new FakeEndpoint();
    tabs = [];
  });
  afterEach(async () => {
    for (const tab of tabs) tab.close();
    await deleteDB(database);
  });

  /** The endpoint's name differs from test to test, as the locks of a tab that is being closed may outlive a test. */
  async function open(options: Partial<OutboxOptions> = {}): Promise<Tab> {
    const tab = await openTab(database, {
      endpoint: `https://trial.example/${database}`,
      fetch: endpoint.fetch,
      clock: new ManualClock(),
      ...options,
    });
    tabs.push(tab);
    return tab;
  }

  const sorted = (ids: readonly string[]) => [...ids].sort();

  for (const count of [2, 5]) {
    it(`${count} tabs send one at a time, and each entry once`, async () => {
      const all = await Promise.all(Array.from({ length: count }, () => open()));
      const screenings = Array.from({ length: 2 * count }, () => sampleScreening());
      await Promise.all(screenings.map((screening, index) => all[index % count]?.outbox.submit(screening)));
      await Promise.all(all.map(({ outbox }) => outbox.flush()));
      assert.deepEqual(sorted(endpoint.ids), sorted(screenings.map(({ id }) => id)));
      assert.equal(endpoint.busiest, 1);
      for (const { outbox } of all) assert.deepEqual(await outbox.entries(), []);
    });
  }

  it('without locks nothing is lost and nothing stored twice, though it may be sent twice', async () => {
    const all = await Promise.all([open({ locks: undefined }), open({ locks: undefined })]);
    const screenings = Array.from({ length: 6 }, () => sampleScreening());
    await Promise.all(screenings.map((screening, index) => all[index % 2]?.outbox.submit(screening)));
    await Promise.all(all.map(({ outbox }) => outbox.flush()));
    assert.deepEqual(sorted([...endpoint.stored.keys()]), sorted(screenings.map(({ id }) => id)));
    for (const { times } of endpoint.stored.values()) assert.equal(times, 1);
    assert.deepEqual(await all[0]?.outbox.entries(), []);
  });

  it('the tab that did not send learns of the delivery, receipt and all', async () => {
    const [writer, sender] = [await open(), await open()];
    writer.outbox.start();
    const screening = sampleScreening();
    endpoint.faults.push(requestLost);
    await writer.outbox.submit(screening);
    await until(writer.outbox, screening.id, 'waiting');
    await sender.outbox.flush();
    const { receipt } = await until(writer.outbox, screening.id, 'delivered');
    assert.equal(receipt?.id, screening.id);
    assert.equal(endpoint.seen.length, 2);
  });

  it('what a tab wrote before it was closed is sent by the other', async () => {
    const [closing, staying] = [await open(), await open()];
    staying.outbox.start();
    await staying.outbox.flush();
    const screening = sampleScreening();
    await closing.outbox.submit(screening);
    closing.close();
    await until(staying.outbox, screening.id, 'delivered');
    assert.deepEqual(endpoint.ids, [screening.id]);
  });

  it('what was under way in a tab that crashed is sent by the other', async () => {
    const [crashing, staying] = [await open(), await open()];
    const { fault, arrived } = held();
    endpoint.faults.push(fault);
    crashing.outbox.start();
    const screening = sampleScreening();
    const contact = sampleContact(screening.id);
    await crashing.outbox.submit(screening);
    await crashing.outbox.submit(contact);
    await arrived;
    staying.outbox.start();
    crashing.close();
    await until(staying.outbox, contact.id, 'delivered');
    assert.deepEqual(endpoint.ids, [screening.id, screening.id, contact.id]);
  });

  it('what was left by all tabs is sent by the next visit', async () => {
    const first = await open();
    const screening = sampleScreening();
    endpoint.faults.push(requestLost);
    await first.outbox.submit(screening);
    await first.outbox.flush();
    first.close();
    const next = await open();
    const [entry] = await next.outbox.entries();
    assert.equal(entry?.state.status, 'waiting');
    assert.isTrue(entry?.state.durable);
    next.outbox.start();
    await until(next.outbox, screening.id, 'delivered');
  });

  it('a tab put to sleep in the midst of sending does not hold up the others for ever', async () => {
    const asleep = await open();
    const { fault, arrived } = held();
    endpoint.faults.push(fault);
    asleep.outbox.start();
    const screening = sampleScreening();
    await asleep.outbox.submit(screening);
    await arrived;

    const clock = new ManualClock();
    const awake = await open({ clock, timeout: 30_000 });
    awake.outbox.start();
    const isWaiting = async () => (await navigator.locks.query()).pending?.some(({ name }) => name?.includes(database));
    while (!(await isWaiting())) await new Promise(requestAnimationFrame);
    assert.equal(endpoint.seen.length, 1);
    clock.advance(5 * 30_000);
    await until(awake.outbox, screening.id, 'delivered');
    assert.equal(endpoint.stored.get(screening.id)?.times, 1);
  });
});
