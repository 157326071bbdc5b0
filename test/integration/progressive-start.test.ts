/**
 * A form with logic on a slow line: its engine is held back for ten seconds. The first page is there at once, and what
 * was typed meanwhile is there when the engine is.
 */
import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { type HoldingServer, openHoldingServer } from '../support/holding-server.ts';
import { inEveryBrowser } from '../support/journey/in-every-browser.ts';
import type { JourneyBrowser } from '../support/journey/journey-browser.ts';
import { byMouse } from '../support/person/hands.ts';
import { keckEligible, mghEligible, partner, portal } from '../support/person/people.ts';
import { readFocus, readSheet, type Sheet, untilSaid, untilSheet } from '../support/person/sheet.ts';
import { addressOf, openStage, type Stage, usualStage } from '../support/person/stage.ts';
import { answerPage, answerScreening } from '../support/person/walk.ts';

/** Milliseconds: at the least. However slow the machine, the engine comes only after what it must not be waited for. */
const HELD = 10_000;
const isEngine = (path: string) => /survey-core/.test(path);

inEveryBrowser('an engine that takes its time', (launch, browserName) => {
  let stage: Stage;
  let line: HoldingServer;
  let gate = Promise.withResolvers<void>();
  let browser: JourneyBrowser;

  before(async () => {
    [stage, browser] = await Promise.all([usualStage.get(), launch()]);
    line = await openHoldingServer(stage.demo.url, isEngine, () => Promise.all([gate.promise, sleep(HELD)]));
  });
  after(async () => {
    await browser?.close();
    await line?.close();
  });

  test('the first page can be answered at once, and nothing typed is lost', async () => {
    const source = `${browserName} slow typed`;
    await browser.open(addressOf(line.url, partner.path, source));
    const first = await untilSheet(browser, 'the first page', ({ questions }) => questions.length > 0);
    assert.equal(first.state, 'ready');
    const hands = byMouse(browser);
    await answerPage(browser, hands, mghEligible.screening);
    const typed = await readFocus(browser);
    assert.notEqual(typed.value, '', 'something is typed, and the focus is in it');
    await hands.press(partner.words.next);
    const waiting = await readSheet(browser);
    assert.deepEqual(waiting?.questions, first.questions, 'Next waits for the engine, on the same page');
    gate.resolve();

    const second = await untilSheet(
      browser,
      'the second page',
      ({ questions }) => questions[0]?.title !== first.questions[0]?.title,
      { patience: 3 * HELD },
    );
    assert.equal(second.state, 'ready');
    await answerScreening(browser, { words: partner.words, person: mghEligible });
    await untilSaid(browser, partner.words.eligible);
    await untilSaid(browser, partner.words.sent);
    const [row] = stage.database.screenings(source);
    assert.equal(row?.verdict, 'eligible');
    assert.equal(String(Reflect.get(row?.answers ?? {}, 'age')), typed.value);
  });

  test('what is being answered when the engine arrives stays as it is, and the focus where it is', async () => {
    gate = Promise.withResolvers();
    await browser.open(addressOf(line.url, portal.path, `${browserName} slow focus`));
    await untilSheet(browser, 'the first page', ({ questions }) => questions.length > 0);
    await answerPage(browser, byMouse(browser), keckEligible.screening);
    const before = await readFocus(browser);
    assert.ok(before.group, 'the focus is in a question');
    const pages = pagesIn(await readSheet(browser));
    gate.resolve();
    // The answer leads to a page that only the engine knows of.
    await untilSheet(browser, 'the engine', (sheet) => pagesIn(sheet) !== pages, { patience: 3 * HELD });
    assert.deepEqual(await readFocus(browser), before);
  });

  test('a form without logic never asks for the engine', async (t) => {
    const folder = await mkdtemp(join(tmpdir(), 'steady-plain-'));
    const file = join(folder, 'plain.study.json');
    const example = new URL('../../docs/examples/night-rest.study.json', import.meta.url);
    await writeFile(file, JSON.stringify({ ...JSON.parse(await readFile(example, 'utf8')), id: portal.study }));
    const plain = await openStage({ studyFiles: [file] });
    const shortLine = await openHoldingServer(plain.demo.url, isEngine, async () => undefined);
    t.after(async () => {
      await shortLine.close();
      await plain.close();
      await rm(folder, { recursive: true });
    });
    await browser.open(addressOf(shortLine.url, portal.path, 'plain'));
    const { buttons } = await untilSheet(browser, 'the first page', ({ questions }) => questions.length > 0);
    await byMouse(browser).press(buttons.includes(portal.words.next) ? portal.words.next : portal.words.send);
    await untilSheet(browser, 'what is missing', ({ text }) => /missing|another look/.test(text));
    assert.deepEqual(shortLine.asked.filter(isEngine), []);
    // The same server does see the engine being asked for, where a form needs it.
    assert.notDeepEqual(line.asked.filter(isEngine), []);
  });
});

/** The number of pages that the screener speaks of. */
function pagesIn(sheet: Sheet | null): string | undefined {
  return /\d+ (?:of|de) (\d+)/.exec(sheet?.text ?? '')?.[1];
}
