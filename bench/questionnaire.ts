/**
 * A questionnaire of 20 and of 200 items, ten to a page: how long until the first can be answered, what an answer takes, and
 * what memory it needs; beside SurveyJS with the same form, and plain HTML with all of it on one page. In Chromium, with nothing
 * cached and no network. The three take turns, so that they see the same weather.
 *
 * SurveyJS's own page is that of its newest release that draws in plain JavaScript, with the engine of that release: it is
 * not the engine that the kit has.
 */
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { createAdaptorServer } from '@hono/node-server';
import puppeteer, { type Browser, type Page } from 'puppeteer-core';
import { chromiumArguments } from '../test/support/browsers.ts';
import { requireBrowser } from '../test/support/install-browsers.ts';
import { KINDS, type Kind, pagesApp } from './questionnaire/pages.ts';
import { probe } from './questionnaire/probe.ts';
import { quantile } from './support/quantile.ts';

const COUNTS = [20, 200] as const;
const ROUNDS = 5;
const FRAME = 1000 / 60;

const NAMES: Readonly<Record<Kind, string>> = { kit: 'kit', survey: 'SurveyJS', html: 'plain HTML, one page' };

/** One number a round, of `answers` one an answer; of the last page one in all. */
interface Seen {
  /** Milliseconds from the navigation. */
  readonly first: number[];
  /** Milliseconds of script, style and layout. */
  readonly answers: number[];
  /** Megabytes of script's heap after a collection, on the first page and, everything answered, on the last. */
  readonly heap: number[];
  readonly heapAtEnd: number[];
  /** Nodes of the document, on the first page and on the last. */
  readonly nodes: number[];
  readonly nodesAtEnd: number[];
}

const nothing = (): Seen => ({ first: [], answers: [], heap: [], heapAtEnd: [], nodes: [], nodesAtEnd: [] });

async function memory(page: Page): Promise<{ readonly heap: number; readonly nodes: number }> {
  const session = await page.createCDPSession();
  await session.send('HeapProfiler.collectGarbage');
  await session.detach();
  const { JSHeapUsedSize = Number.NaN, Nodes = Number.NaN } = await page.metrics();
  return { heap: JSHeapUsedSize / 1_000_000, nodes: Nodes };
}

interface Visit {
  readonly url: string;
  readonly option: number;
  /** Whether it is answered to its last page, which changes in no round. */
  readonly isWhole: boolean;
}

/** @throws Error where a page cannot be answered */
async function round(browser: Browser, { isWhole, option, url }: Visit, seen: Seen): Promise<void> {
  const context = await browser.createBrowserContext();
  try {
    const page = await context.newPage();
    await page.setViewport({ width: 390, height: 800 });
    await page.evaluateOnNewDocument(probe);
    await page.goto(url);
    seen.first.push(await page.evaluate(() => window.items.answerable));
    const begun = await memory(page);
    seen.heap.push(begun.heap);
    seen.nodes.push(begun.nodes);
    seen.answers.push(...(await page.evaluate((at) => window.items.answerPage(at), option)));
    if (!isWhole) return;
    await page.evaluate(() => window.items.walk());
    const ended = await memory(page);
    seen.heapAtEnd.push(ended.heap);
    seen.nodesAtEnd.push(ended.nodes);
  } finally {
    await context.close();
  }
}

const median = (numbers: readonly number[]): number => quantile(numbers, 0.5);

function report(seen: ReadonlyMap<string, Seen>): void {
  const of = (kind: Kind, count: number): Seen => seen.get(`${kind}/${count}`) ?? nothing();
  const head = ['', ...COUNTS.map((count) => `${count} items`), 'ratio'];
  const table = (title: string, figure: (one: Seen) => number, digits: number): void => {
    console.log(
      `\n${title.padEnd(60)}${head
        .slice(1)
        .map((one) => one.padStart(11))
        .join('')}`,
    );
    for (const kind of KINDS) {
      const figures = COUNTS.map((count) => figure(of(kind, count)));
      const ratio = (figures.at(-1) ?? Number.NaN) / (figures[0] ?? Number.NaN);
      const cells = [...figures.map((one) => one.toFixed(digits)), `× ${ratio.toFixed(2)}`];
      console.log(`  ${NAMES[kind].padEnd(58)}${cells.map((cell) => cell.padStart(11)).join('')}`);
    }
  };
  console.log(`\nA questionnaire, ten items to a page; Chromium; medians of ${ROUNDS} rounds`);
  table('first item can be answered, ms', ({ first }) => median(first), 0);
  table('an answer: script, style and layout, ms', ({ answers }) => median(answers), 1);
  table('  the slowest of twenty (p95), ms', ({ answers }) => quantile(answers, 0.95), 1);
  table(
    '  within one frame, share of answers',
    ({ answers }) => answers.filter((one) => one < FRAME).length / answers.length,
    2,
  );
  table('nodes of the document, first page', ({ nodes }) => median(nodes), 0);
  table('nodes of the document, last page', ({ nodesAtEnd }) => median(nodesAtEnd), 0);
  table('heap on the first page, MB', ({ heap }) => median(heap), 2);
  table('heap on the last page, everything answered, MB', ({ heapAtEnd }) => median(heapAtEnd), 2);
}

async function run(): Promise<void> {
  if (!existsSync(fileURLToPath(new URL('../dist/embed/steady.js', import.meta.url)))) {
    throw new Error('dist/embed is missing: run npm run build.');
  }
  const server = createAdaptorServer({ fetch: pagesApp().fetch }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const browser = await puppeteer.launch({
    executablePath: await requireBrowser('chromium'),
    args: chromiumArguments(),
  });
  const seen = new Map<string, Seen>();
  try {
    // One more at first, which is not counted: it warms up the server and the browser.
    for (let count = -1; count < ROUNDS; count += 1) {
      for (const path of COUNTS.flatMap((items) => KINDS.map((kind) => `${kind}/${items}`))) {
        const into = count < 0 ? nothing() : (seen.get(path) ?? nothing());
        await round(browser, { url: `${url}/${path}`, option: Math.max(0, count) % 5, isWhole: count === 0 }, into);
        if (count >= 0) seen.set(path, into);
      }
    }
    report(seen);
  } finally {
    await browser.close();
    server.close();
  }
}

await run();
