import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';
import { PNG } from 'pngjs';
import { inEveryBrowser } from '../support/journey/in-every-browser.ts';
import { type JourneyBrowser, JourneyError, type Target } from '../support/journey/journey-browser.ts';

/** A page as strict as those that the kit must run on, with a form in a shadow root below the fold. */
const page = `<!doctype html><html lang="en"><title>Journey</title><body><main><p>Before</p><greeting-form></greeting-form></main>
<script src="/form.js"></script>`;

const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; require-trusted-types-for 'script'";

const form = `
customElements.define('greeting-form', class extends HTMLElement {
  connectedCallback() {
    const root = this.attachShadow({ mode: 'open' });
    const make = (tag, properties, ...children) => {
      const element = Object.assign(document.createElement(tag), properties);
      element.append(...children);
      return element;
    };
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('.far { height: 2000px } .quiet { position: absolute; opacity: 0; width: 1px; height: 1px } ' +
      'label { display: block } .under { position: relative } .lid { position: absolute; inset: 0 }');
    root.adoptedStyleSheets = [sheet];
    const said = make('output', { id: 'said' });
    const name = make('input', { id: 'name' });
    const box = make('input', { type: 'checkbox', className: 'quiet', id: 'box' });
    const list = make('select', { id: 'list', ariaLabel: 'Greeting' }, make('option', {}, 'Hello'), make('option', {}, 'Good day'));
    const button = make('button', { type: 'button', onclick: () => {
      said.textContent = list.value + ' ' + name.value + (box.checked ? '!' : '.');
    } }, 'Greet');
    const covered = make('div', { className: 'under' }, make('button', { type: 'button' }, 'Covered'), make('div', { className: 'lid' }));
    root.append(make('div', { className: 'far' }, 'Scroll'), make('label', { htmlFor: 'name' }, 'Your name'), name,
      make('label', {}, box, 'Be loud'), list, button, covered, said);
    this.dataset.ready = 'yes';
  }
});`;

inEveryBrowser('a journey browser', (launch, name) => {
  let server: Server;
  let browser: JourneyBrowser;
  let address: string;

  before(async () => {
    server = createServer((request, response) => {
      const isScript = request.url === '/form.js';
      response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html');
      response.setHeader('content-security-policy', policy);
      response.end(isScript ? form : page);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    browser = await launch({ viewport: { width: 390, height: 700 } });
  });

  after(async () => {
    await browser?.close();
    server.closeAllConnections();
    server.close();
  });

  test('has the size that was asked for', async () => {
    await browser.open(address);
    const size = await browser.evaluate(() => ({ width: innerWidth, height: innerHeight }));
    // WebKit's window has a narrowest width, above that of a phone.
    if (name !== 'webkit') assert.deepEqual(size, { width: 390, height: 700 });
    assert.deepEqual(await browser.resize({ width: 800, height: 600 }), { width: 800, height: 600 });
    const picture = PNG.sync.read(Buffer.from(await browser.screenshot()));
    assert.deepEqual({ width: picture.width, height: picture.height }, { width: 800, height: 600 });
  });

  test('acts on what is named, through the shadow root, by mouse', async () => {
    await browser.open(address);
    await browser.type({ role: 'textbox', name: 'Your name' }, 'Ada Löwe');
    await browser.click({ role: 'checkbox', name: /loud$/ });
    await browser.fill({ role: 'combobox', name: 'Greeting' }, 'Good day');
    await browser.click({ role: 'button', name: 'Greet' });
    assert.equal(await browser.textOf({ css: '#said' }), 'Good day Ada Löwe!');
    assert.match(await browser.textOf({ css: 'main' }), /^Before .*Your name/);
    const { checked, value } = await browser.stateOf({ role: 'textbox' });
    assert.deepEqual({ checked, value }, { checked: false, value: 'Ada Löwe' });
    assert.equal((await browser.stateOf({ role: 'checkbox' })).checked, true);
  });

  test('acts by keyboard alone', async () => {
    await browser.open(address);
    await browser.waitFor({ css: 'greeting-form[data-ready]' });
    await browser.press('Tab');
    assert.deepEqual(await browser.focused(), { role: 'textbox', name: 'Your name' });
    for (const key of ['B', 'o', 'Tab', 'Space']) await browser.press(key);
    assert.equal((await browser.stateOf({ role: 'checkbox' })).checked, true);
    for (const key of ['Tab', 'Tab', 'Shift+Tab', 'Tab', 'Enter']) await browser.press(key);
    assert.deepEqual(await browser.focused(), { role: 'button', name: 'Greet' });
    assert.equal(await browser.textOf({ css: '#said' }), 'Hello Bo!');
  });

  test('finds several, and none', async () => {
    await browser.open(address);
    await browser.waitFor({ role: 'button', name: 'Greet' });
    assert.equal(await browser.count({ role: 'button', name: 'gree' }), 0);
    assert.equal(await browser.count({ css: 'label' }), 2);
    assert.equal(await browser.textOf({ css: 'label', nth: 1 }), 'Be loud');
    await browser.waitUntilGone({ role: 'alert' });
  });

  test('refuses what is not there, is there twice, or is covered', async () => {
    const hasty = await launch({ patience: 300 });
    try {
      await hasty.open(address);
      const refuses = (target: Target, expected: RegExp) =>
        assert.rejects(hasty.click(target), (error) => error instanceof JourneyError && expected.test(error.message));
      await refuses({ role: 'button', name: 'Leave' }, /button "Leave" is not on the page/);
      await refuses({ css: 'label' }, /is there 2 times/);
      await refuses({ role: 'button', name: 'Covered' }, /is covered/);
    } finally {
      await hasty.close();
    }
  });

  test('runs functions in the page, those that take their time as well', async () => {
    await browser.open(address);
    const sum = await browser.evaluate(async (a: number, b: { c: number }) => await Promise.resolve(a + b.c), 1, {
      c: 2,
    });
    assert.equal(sum, 3);
    await assert.rejects(
      browser.evaluate(() => Promise.reject(new Error('on purpose'))),
      /on purpose/,
    );
  });

  test('leaves nothing of its own to the policy to complain about', async () => {
    await browser.open(address);
    await browser.evaluate(() => {
      const violations: string[] = [];
      Object.assign(globalThis, { violations });
      addEventListener('securitypolicyviolation', ({ violatedDirective }) => violations.push(violatedDirective));
    });
    await browser.click({ role: 'button', name: 'Greet' });
    assert.deepEqual(await browser.evaluate(() => Reflect.get(globalThis, 'violations')), []);
  });

  test('takes the network away, opens tabs and runs ahead of pages, or says that it cannot', async () => {
    assert.equal(browser.isControllable, name !== 'webkit');
    if (!browser.isControllable) {
      await assert.rejects(browser.offline(true), JourneyError);
      await assert.rejects(browser.tab(), JourneyError);
      await assert.rejects(browser.guest(), JourneyError);
      await assert.rejects(
        browser.beforePages(() => undefined),
        JourneyError,
      );
      return;
    }
    await browser.beforePages(() => Object.assign(globalThis, { wasAhead: document.querySelector('main') === null }));
    await browser.open(address);
    assert.equal(await browser.evaluate(() => Reflect.get(globalThis, 'wasAhead')), true);
    const reach = () =>
      fetch('/').then(
        () => true,
        () => false,
      );
    assert.equal(await browser.evaluate(reach), true);
    await browser.offline(true);
    assert.equal(await browser.evaluate(reach), false);
    await browser.offline(false);
    assert.equal(await browser.evaluate(reach), true);
    await browser.evaluate(() => localStorage.setItem('shared', 'yes'));
    const tab = await browser.tab();
    await tab.open(address);
    assert.equal(await tab.evaluate(() => localStorage.getItem('shared')), 'yes');
    await tab.close();
    const guest = await browser.guest();
    await guest.open(address);
    assert.equal(await guest.evaluate(() => localStorage.getItem('shared')), null);
    await guest.close();
    await browser.click({ role: 'button', name: 'Greet' });
  });
});
