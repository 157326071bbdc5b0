/**
 * How long a key takes in the searchable dropdown, from the input event to the list drawn, with 180 and with 5,000
 * choices, in headless Chromium and Firefox, under the strict policy; beside it the browser's own select with as many.
 */
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { createAdaptorServer } from '@hono/node-server';
import { serveStatic } from '@hono/node-server/serve-static';
import { Hono } from 'hono';
import puppeteer, { type Browser, type Page } from 'puppeteer-core';
import { STRICT_POLICY } from '../demo/pages-app.ts';
import { type BrowserName, browserNames, chromiumArguments, firefoxPreferences } from '../test/support/browsers.ts';
import { requireBrowser } from '../test/support/install-browsers.ts';
import { type Probe, probe } from './combobox/probe.ts';
import { quantile } from './support/quantile.ts';

const embed = fileURLToPath(new URL('../dist/embed', import.meta.url));
const counts = [180, 5000];
/** Typed letter by letter, each taken back the same way. */
const queries = ['maple', 'h 12', 'st marys lane', 'penon', 'oak street 3', 'zz'];
const rounds = 4;

const trees = ['Maple', 'Oak', 'Birch', 'Peñón', 'Willow', 'Águila', 'Juniper', 'Rowan', 'St. Mary’s'];
const kinds = ['House', 'Hill', 'Street', 'Court', 'Lane'];
const nameOf = (at: number): string =>
  `${trees[at % trees.length]} ${kinds[Math.floor(at / trees.length) % kinds.length]} ${Math.floor(at / 45) + 1}`;

function studyOf(count: number): object {
  const choices = Array.from({ length: count }, (_, at) => ({ value: `h${at}`, text: nameOf(at) }));
  const home = { type: 'dropdown', name: 'home', title: 'Which home?', choices, showNoneItem: true };
  return {
    id: `homes-${count}`,
    version: '1.0.0',
    title: 'Homes',
    languages: ['en'],
    contacts: [{ role: 'research', name: 'Nobody', email: 'nobody@example.org' }],
    screening: {
      enrolment: 'invite',
      form: { elements: [home] },
      criteria: [{ id: 'any', kind: 'exclusion', wording: 'None', when: { question: 'home', equals: 'none' } }],
      contact: { elements: [{ type: 'text', name: 'name', title: 'Name' }] },
    },
  };
}

function app(): Hono {
  const server = new Hono();
  server.use(async (context, next) => {
    await next();
    context.header('Content-Security-Policy', STRICT_POLICY);
  });
  server.use('/steady/*', serveStatic({ root: embed, rewriteRequestPath: (path) => path.replace('/steady', '') }));
  server.get('/endpoint/studies/:study', (context) =>
    context.json(studyOf(Number(context.req.param('study').replace('homes-', '')))),
  );
  server.get('/:count', (context) =>
    context.html(`<!doctype html><html lang="en"><title>Homes</title><script type="module" src="/steady/steady.js"></script>
      <steady-eligibility-screener study="homes-${context.req.param('count')}" endpoint="/endpoint"></steady-eligibility-screener>`),
  );
  return server;
}

async function launch(name: BrowserName): Promise<Browser> {
  const executablePath = await requireBrowser(name);
  return name === 'chromium'
    ? puppeteer.launch({ executablePath, args: chromiumArguments() })
    : puppeteer.launch({ browser: 'firefox', executablePath, extraPrefsFirefox: firefoxPreferences });
}

/** What each action took, in milliseconds. */
type Samples = Readonly<Record<keyof Probe, number[]>>;

async function measure(page: Page, url: string, count: number): Promise<Samples> {
  await page.setViewport({ width: 1280, height: 800 });
  await page.goto(`${url}/${count}`);
  // Asked frame by frame: what happens in a shadow root wakes no waiting selector.
  await page.waitForFunction(
    () => document.querySelector('steady-eligibility-screener')?.shadowRoot?.querySelector('[role=combobox]'),
    { polling: 'raf' },
  );
  const line = await page.$('steady-eligibility-screener >>> [role=combobox]');
  if (line === null) throw new Error('The searchable dropdown did not appear.');
  await page.evaluate(probe, count);
  const samples: Samples = { inPlace: [], onScreen: [], opened: [], selectBuilt: [], selectKey: [] };
  const take = async (): Promise<void> => {
    const seen = await page.evaluate(() => window.bench.next());
    for (const [what, time] of Object.entries(seen)) samples[what as keyof Probe].push(time);
  };
  for (let round = 0; round < rounds; round += 1) {
    for (const query of queries) {
      await line.click();
      await take();
      for (const key of query) {
        await page.keyboard.type(key);
        await take();
      }
      for (const _ of query) {
        await page.keyboard.press('Backspace');
        await take();
      }
      await page.keyboard.press('Escape');
    }
    await page.evaluate(() => window.bench.buildSelect());
    await take();
    for (const key of ['o', 'b', 'w', 'j', 'r', 's', 'm']) {
      await page.keyboard.press(key as 'o');
      await take();
    }
  }
  return samples;
}

const captions: Readonly<Record<keyof Probe, string>> = {
  inPlace: 'key, to the list in place (script and layout)',
  onScreen: 'key, to the list drawn (next frame)',
  opened: 'click, to the list open (next frame)',
  selectBuilt: 'native select of as many, made and drawn',
  selectKey: 'native select, key to the next frame',
};

async function run(): Promise<void> {
  if (!existsSync(`${embed}/steady.js`)) throw new Error('dist/embed is missing: run npm run build.');
  const server = createAdaptorServer({ fetch: app().fetch }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  try {
    console.log('Searchable dropdown: milliseconds, median and p95 (a frame lasts 16.7)');
    for (const name of browserNames) {
      const browser = await launch(name);
      try {
        for (const count of counts) {
          const samples = await measure(await browser.newPage(), url, count);
          console.log(`\n${name}, ${count.toLocaleString('en')} choices`);
          for (const [what, times] of Object.entries(samples)) {
            const figures = [0.5, 0.95].map((share) => quantile(times, share).toFixed(1).padStart(8)).join('');
            console.log(`  ${captions[what as keyof Probe].padEnd(48)}${figures}   (n = ${times.length})`);
          }
        }
      } finally {
        await browser.close();
      }
    }
  } finally {
    server.close();
  }
}

await run();
