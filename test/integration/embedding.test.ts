/**
 * The ways to embed, as a web team goes them: the README's snippet over files copied to a folder, and the packed package
 * in an empty vite app. No server of ours but the receiver.
 */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { inEveryBrowser, inLane, launchShared } from '../support/journey/in-every-browser.ts';
import type { JourneyBrowser } from '../support/journey/journey-browser.ts';
import { keckEligible, portal } from '../support/person/people.ts';
import { tag, untilSaid, untilSheet } from '../support/person/sheet.ts';
import { newcomer, type Stage, usualStage } from '../support/person/stage.ts';
import { answerScreening } from '../support/person/walk.ts';
import { openStaticServer, type StaticServer } from '../support/static-server.ts';

const run = promisify(execFile);
const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const repository = here('../..');

/** What a web team copies: between the README's marks, as it stands. */
async function snippet(): Promise<string> {
  const readme = await readFile(here('../../README.md'), 'utf8');
  const [, html] = /<!-- embed -->\s*```html\n([\s\S]*?)```\s*<!-- \/embed -->/.exec(readme) ?? [];
  assert.ok(html, 'the README has an embed snippet');
  return html;
}

const page = (body: string) =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><title>A page</title><body>${body}`;

inEveryBrowser('embedding', (launch, browserName) => {
  let folder: string;
  let stage: Stage;
  let site: StaticServer;
  let browser: JourneyBrowser;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'steady-site-'));
    [stage, browser] = await Promise.all([usualStage.get(), launch()]);
    site = await openStaticServer(folder, { '/receiver/': `${stage.demo.url}/receiver/` });
    await cp(here('../../dist/embed'), join(folder, 'steady'), { recursive: true });
    await cp(here('../../dist/embed'), join(folder, 'another-copy'), { recursive: true });
  });
  after(async () => {
    await browser?.close();
    await site?.close();
    if (folder) await rm(folder, { recursive: true, force: true });
  });

  const complete = async (tab: JourneyBrowser, source: string) => {
    await answerScreening(tab, { words: portal.words, person: keckEligible });
    await untilSaid(tab, portal.words.sent);
    assert.equal(stage.database.screenings(source).length, 1, 'one row');
  };

  test('the README’s snippet works as static files, without a bundler', async (t) => {
    await writeFile(join(folder, 'index.html'), page(await snippet()));
    const { tab, leave } = await newcomer(browser, `${site.url}/?source=${browserName}-snippet`);
    t.after(leave);
    await complete(tab, `${browserName}-snippet`);
  });

  // WebKit is slow to drive, and takes the way that a web team takes first.
  if (browserName === 'webkit') return;

  test('the script twice, two copies of it, two tags, and one that is moved while it is answered', async (t) => {
    const twice = `<script type="module" src="/steady/steady.js"></script>
      <script type="module" src="/another-copy/steady.js"></script><script type="module" src="/steady/steady-all.js"></script>`;
    const other = `<steady-eligibility-screener id="other" study="mgh-resilience" endpoint="/receiver"></steady-eligibility-screener>`;
    await writeFile(join(folder, 'twice.html'), page(`<main></main>${await snippet()}${twice}${other}`));
    const { tab, leave } = await newcomer(browser, `${site.url}/twice.html?source=${browserName}-twice`);
    t.after(leave);
    await untilSheet(tab, 'the first page', ({ questions }) => questions.length > 0);
    await tab.evaluate(async (name: string) => {
      const element = document.querySelector(name);
      element?.shadowRoot?.querySelector('input')?.click();
      if (element) document.querySelector('main')?.append(element);
      await new Promise((resolve) => setTimeout(resolve, 50));
      if (!element?.shadowRoot?.querySelector('input')?.checked) throw new Error('the answer is gone');
    }, tag);
    const seen = await tab.evaluate(async () => {
      const second = document.querySelector('#other');
      const look = () => ({
        state: String(second && Reflect.get(second, 'state')),
        title: second?.shadowRoot?.querySelector('h2')?.textContent ?? '',
      });
      while (look().state !== 'ready' || look().title === '') await new Promise(requestAnimationFrame);
      // Its buttons have the same words: the hands below would not know which to press.
      second?.remove();
      return look();
    });
    assert.equal(seen.state, 'ready', 'the other one stands beside it');
    assert.notEqual(seen.title, '');
    await complete(tab, `${browserName}-twice`);
  });

  test('properties set before the element is known to the browser', async (t) => {
    await writeFile(join(folder, 'early.html'), page('<script type="module" src="early.js"></script>'));
    await writeFile(
      join(folder, 'early.js'),
      `const element = document.createElement('steady-eligibility-screener');
       Object.assign(element, { study: 'keck-thrive', endpoint: '/receiver', source: '${browserName}-early' });
       document.body.append(element);
       await import('/steady/steady.js');`,
    );
    const { tab, leave } = await newcomer(browser, `${site.url}/early.html`);
    t.after(leave);
    await complete(tab, `${browserName}-early`);
  });
});

inLane('several', () => {
  test('the packed package, installed into an empty vite app', async (t) => {
    const app = await mkdtemp(join(tmpdir(), 'steady-app-'));
    t.after(() => rm(app, { recursive: true, force: true }));
    const { stdout } = await run('npm', ['pack', '--ignore-scripts', '--silent', '--pack-destination', app], {
      cwd: repository,
    });
    const { devDependencies } = JSON.parse(await readFile(join(repository, 'package.json'), 'utf8'));
    await writeFile(join(app, 'package.json'), '{ "private": true, "type": "module" }');
    const wanted = [`./${stdout.trim()}`, ...['vite', 'typescript'].map((name) => `${name}@${devDependencies[name]}`)];
    await run('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund', '--silent', ...wanted], { cwd: app });
    await mkdir(join(app, 'src'));
    await writeFile(join(app, 'index.html'), page('<script type="module" src="/src/main.ts"></script>'));
    await writeFile(
      join(app, 'src/main.ts'),
      `import 'steady-kit/define';
     import type { ElementState } from 'steady-kit';
     const element = document.createElement('steady-eligibility-screener');
     const states: ElementState[] = [];
     element.addEventListener('steady-state-changed', ({ state }) => states.push(state));
     element.addEventListener('steady-error', ({ code, message }) => console.error(code.toUpperCase(), message.length));
     document.body.append(element);
     await element.updateComplete;
     // Set late: the element must follow its properties.
     element.study = 'keck-thrive';
     element.endpoint = '/receiver';
     element.source = 'packed';
     export { states };`,
    );
    const types = ['--noEmit', '--strict', '--target', 'es2022', '--module', 'esnext', '--moduleResolution', 'bundler'];
    await run('npx', ['tsc', ...types, '--lib', 'es2024,dom,dom.iterable', '--skipLibCheck', 'false', 'src/main.ts'], {
      cwd: app,
    });
    await run('npx', ['vite', 'build', '--logLevel', 'error', '--target', 'es2022'], { cwd: app });

    const stage = await usualStage.get();
    const site = await openStaticServer(join(app, 'dist'), { '/receiver/': `${stage.demo.url}/receiver/` });
    t.after(() => site.close());
    const browser = await launchShared('chromium');
    t.after(() => browser.close());
    await browser.open(site.url);
    await answerScreening(browser, { words: portal.words, person: keckEligible });
    await untilSaid(browser, portal.words.sent);
    assert.equal(stage.database.screenings('packed').length, 1);
  });
});
