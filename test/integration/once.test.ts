/**
 * However often a submission comes, and by whichever way, it is stored once, and the answers are those of the contract:
 * 201, then 200 with the same receipt; 409 while the first is being received; 422 for the same id with other content.
 */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { FaultyProxy } from '../support/faulty-proxy.ts';
import { inControllableBrowsers } from '../support/journey/in-every-browser.ts';
import type { JourneyBrowser } from '../support/journey/journey-browser.ts';
import { atOnce } from '../support/person/hands.ts';
import { intranet, type Person, shortEligible, shortIneligible } from '../support/person/people.ts';
import { untilSaid } from '../support/person/sheet.ts';
import { addressOf, type Stage, usualShortStage } from '../support/person/stage.ts';
import { untilLetGo } from '../support/person/told.ts';
import { answerScreening, leaveContact } from '../support/person/walk.ts';

const { words } = intranet;

interface Answered {
  readonly status: number;
  readonly replayed: boolean;
  readonly body: string;
}

/** Posts these bodies from the page, all at once, as the kit would. */
function post(tab: JourneyBrowser, ...bodies: readonly string[]): Promise<readonly Answered[]> {
  return tab.evaluate(
    (texts: readonly string[], study: string) =>
      Promise.all(
        texts.map(async (body) => {
          const response = await fetch(`/receiver/studies/${study}/submissions`, {
            method: 'POST',
            headers: { 'Content-Type': 'application/json', 'Idempotency-Key': JSON.parse(body).id },
            body,
          });
          const replayed = response.headers.get('Idempotency-Replayed') === 'true';
          return { status: response.status, replayed, body: await response.text() };
        }),
      ),
    bodies,
    intranet.study,
  );
}

/** The problem's own name. */
const problem = ({ body }: Answered): string => JSON.parse(body).type.replace('urn:steady:problem:', '');

function altered(body: string, answers: Readonly<Record<string, unknown>>): string {
  const submission = JSON.parse(body);
  return JSON.stringify({ ...submission, answers: { ...submission.answers, ...answers } });
}

inControllableBrowsers('a submission', (launch, browserName) => {
  let stage: Stage;
  let browser: JourneyBrowser;

  before(async () => {
    [stage, browser] = await Promise.all([usualShortStage.get(), launch()]);
  });
  after(async () => {
    await browser?.close();
  });

  async function visit(source: string, edge?: () => void) {
    const proxy = await FaultyProxy.start(stage.demo.url);
    const open = async (): Promise<JourneyBrowser> => {
      const tab = await browser.tab();
      if (edge) await tab.beforePages(edge);
      await tab.open(addressOf(proxy.url, intranet.path, source));
      return tab;
    };
    const way = (person: Person) => ({ words, person, hands: atOnce });
    return { open, proxy, tab: await open(), way };
  }

  test('again gets the same receipt, in whichever order its members stand; with other answers it is refused', async (t) => {
    const source = `${browserName} again`;
    const { proxy, tab, way } = await visit(source);
    t.after(() => Promise.all([tab.close(), proxy.close()]));
    await answerScreening(tab, way(shortEligible));
    await untilSaid(tab, words.sent);
    const [first] = proxy.posts;
    assert.ok(first?.status === 201 && !first.replayed);
    const body = first.body.toString();

    const backwards = JSON.stringify(Object.fromEntries(Object.entries(JSON.parse(body)).reverse()), null, 2);
    for (const same of [body, backwards]) {
      const [answer] = await post(tab, same);
      assert.deepEqual(answer, { status: 200, replayed: true, body: first.receipt });
    }
    const [refused] = await post(tab, altered(body, { role: 'md' }));
    assert.equal(refused?.status, 422);
    assert.equal(refused && problem(refused), 'content-differs');
    const rows = stage.database.screenings(source);
    assert.deepEqual(
      rows.map(({ answers }) => answers),
      [shortEligible.stored],
    );
  });

  test('of somebody ineligible is known again, although nothing of it is kept', async (t) => {
    const source = `${browserName} ineligible again`;
    const { proxy, tab, way } = await visit(source);
    t.after(() => Promise.all([tab.close(), proxy.close()]));
    await answerScreening(tab, way(shortIneligible));
    await untilSaid(tab, words.sent);
    const [first] = proxy.posts;
    assert.ok(first);
    const body = first.body.toString();
    const [same, other] = [...(await post(tab, body)), ...(await post(tab, altered(body, { role: 'md' })))];
    assert.deepEqual(same, { status: 200, replayed: true, body: first.receipt });
    assert.equal(other?.status, 422);
    assert.deepEqual(
      stage.database.screenings(source).map(({ id, verdict }) => ({ id, verdict })),
      [{ id: null, verdict: 'ineligible' }],
    );
  });

  test('many times at once is received once', async (t) => {
    const source = `${browserName} at once`;
    const { proxy, tab, way } = await visit(source);
    t.after(() => Promise.all([tab.close(), proxy.close()]));
    proxy.fault = { kind: 'request-cut', share: 0 };
    await answerScreening(tab, way(shortEligible));
    await untilSaid(tab, words.kept);
    const body = await heldBody(tab);
    proxy.heal();
    const answers = await post(tab, ...Array.from({ length: 12 }, () => body));
    const statuses = answers.map(({ status }) => status);
    assert.ok(
      statuses.every((status) => [200, 201, 409].includes(status)),
      statuses.join(),
    );
    for (const answer of answers.filter(({ status }) => status === 409)) assert.equal(problem(answer), 'in-flight');
    await untilSaid(tab, words.sent);
    assert.equal(proxy.posts.filter(({ status }) => status === 201).length, 1);
    const receipts = proxy.posts.filter(({ status }) => status === 200 || status === 201).map(({ receipt }) => receipt);
    assert.equal(new Set(receipts).size, 1, 'all with the same receipt');
    assert.equal(stage.database.screenings(source).length, 1);
  });

  test('is sent by one tab at a time', async (t) => {
    const source = `${browserName} two tabs`;
    const { open, proxy, tab, way } = await visit(source);
    proxy.fault = { kind: 'answer-lost' };
    await answerScreening(tab, way(shortEligible));
    await untilSaid(tab, words.kept);
    const other = await open();
    t.after(() => Promise.all([tab.close(), other.close(), proxy.close()]));
    await untilSaid(other, words.waitingBefore);
    const before = proxy.posts.length;
    proxy.fault = { kind: 'hold' };
    for (const one of [tab, other]) await one.evaluate(() => void dispatchEvent(new Event('online')));
    await proxy.until(({ length }) => length > before);
    // The other tab has a round of its own under way, and waits for its turn.
    await other.evaluate(async () => {
      while (!(await navigator.locks.query()).pending?.length) await new Promise((resolve) => setTimeout(resolve, 20));
    });
    assert.equal(proxy.posts.length, before + 1);
    proxy.heal();
    await untilSaid(tab, words.sent);
    assert.equal(stage.database.screenings(source).length, 1);
    assert.equal(proxy.posts.filter(({ status }) => status === 201).length, 1);
  });

  test('from two tabs at once, where tabs cannot take turns, is received once', async (t) => {
    const source = `${browserName} two tabs without locks`;
    const { open, proxy, tab, way } = await visit(source, () =>
      Object.defineProperty(Navigator.prototype, 'locks', { value: undefined }),
    );
    proxy.fault = { kind: 'request-cut', share: 0 };
    await answerScreening(tab, way(shortEligible));
    await untilSaid(tab, words.kept);
    const other = await open();
    t.after(() => Promise.all([tab.close(), other.close(), proxy.close()]));
    await untilSaid(other, words.waitingBefore);
    proxy.fault = { kind: 'hold' };
    for (const one of [tab, other]) await one.evaluate(() => void dispatchEvent(new Event('online')));
    await proxy.until((posts) => posts.filter(({ fault }) => fault?.kind === 'hold').length >= 2);
    proxy.heal();
    await untilSaid(tab, words.sent);
    await untilLetGo(other);
    const statuses = proxy.posts.flatMap(({ status }) => status ?? []);
    assert.equal(statuses.filter((status) => status === 201).length, 1);
    assert.ok(
      statuses.every((status) => [200, 201, 409].includes(status)),
      statuses.join(),
    );
    assert.equal(stage.database.screenings(source).length, 1);
  });

  test('whose answer is lost on the way back comes again, and gets the receipt that was lost', async (t) => {
    const source = `${browserName} lost`;
    const { proxy, tab, way } = await visit(source);
    t.after(() => Promise.all([tab.close(), proxy.close()]));
    proxy.fault = { kind: 'answer-lost' };
    await answerScreening(tab, way(shortEligible));
    await untilSaid(tab, words.kept);
    proxy.heal();
    await untilSaid(tab, words.sent);
    const [lost, ...again] = proxy.posts;
    assert.equal(lost?.status, 201);
    for (const { body, receipt, replayed, status } of again) {
      assert.deepEqual([status, replayed, receipt], [200, true, lost.receipt]);
      assert.ok(body.equals(lost.body), 'the very same bytes');
    }
    assert.equal(stage.database.screenings(source).length, 1);
  });

  test('of contact details waits for its screening, and is received once', async (t) => {
    const source = `${browserName} contact`;
    const { proxy, tab, way } = await visit(source);
    t.after(() => Promise.all([tab.close(), proxy.close()]));
    await answerScreening(tab, way(shortEligible));
    await untilSaid(tab, words.sent);
    await leaveContact(tab, way(shortEligible));
    await untilSaid(tab, words.thanks);
    const contact = proxy.posts.find(({ kind }) => kind === 'contact');
    assert.ok(contact);
    const body = contact.body.toString();
    const [same, other] = [...(await post(tab, body)), ...(await post(tab, altered(body, { 'first-name': 'Eve' })))];
    assert.deepEqual(same, { status: 200, replayed: true, body: contact.receipt });
    assert.equal(other?.status, 422);
    const early = { ...JSON.parse(body), id: newId(body, 1), screening: newId(body, 2) };
    const [tooEarly] = await post(tab, JSON.stringify(early));
    assert.equal(tooEarly?.status, 409);
    assert.equal(tooEarly && problem(tooEarly), 'screening-not-arrived');
    assert.deepEqual(
      stage.database.contacts(source).map(({ answers }) => answers),
      [shortEligible.storedContact],
    );
  });
});

/** An id that is as good as that of the submission, and another. */
function newId(body: string, last: number): string {
  return String(JSON.parse(body).id).replace(/.$/, (digit) => ((Number.parseInt(digit, 16) + last) % 16).toString(16));
}

/** What the outbox holds, as it would be sent. */
function heldBody(tab: JourneyBrowser): Promise<string> {
  return tab.evaluate(
    () =>
      new Promise<string>((resolve, reject) => {
        const opening = indexedDB.open('steady-outbox');
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const reading = opening.result.transaction('entries').objectStore('entries').getAll();
          reading.onerror = () => reject(reading.error);
          reading.onsuccess = () => resolve(new TextDecoder().decode(reading.result[0].body));
          opening.result.close();
        };
      }),
  );
}
