/** Chromium (through CDP) and Firefox (through WebDriver BiDi) as journey browsers. */
import { once } from 'node:events';
import { globSync } from 'node:fs';
import { join } from 'node:path';
import puppeteer, {
  type Browser,
  type BrowserContext,
  type Frame,
  type KeyInput,
  type Page,
  ProtocolError,
} from 'puppeteer-core';
import { browserLanguage, chromiumArguments, firefoxPreferences } from '../browsers.ts';
import { requireBrowser } from '../install-browsers.ts';
import { DrivenBrowser } from './driven-browser.ts';
import { defaultViewport, type JourneyBrowser, JourneyError, type JourneyOptions } from './journey-browser.ts';
import type { PageDriver } from './page-driver.ts';

/** Starts a browser with a profile of its own. @throws Error where it is missing and cannot be installed */
export async function launchPuppeteer(
  name: 'chromium' | 'firefox',
  { isDark = false, patience, profile, viewport = defaultViewport }: JourneyOptions = {},
): Promise<JourneyBrowser> {
  const executablePath = await requireBrowser(name);
  const common = { executablePath, ...(profile !== undefined && { userDataDir: profile }) };
  const browser = await (name === 'chromium'
    ? puppeteer.launch({
        ...common,
        args: [
          ...chromiumArguments(),
          `--lang=${browserLanguage}`,
          `--blink-settings=preferredColorScheme=${isDark ? 0 : 1}`,
        ],
      })
    : puppeteer.launch({
        ...common,
        browser: 'firefox',
        // Nobody listens to what it could tell of every file that a page loads.
        networkEnabled: false,
        extraPrefsFirefox: {
          ...firefoxPreferences,
          'intl.accept_languages': browserLanguage,
          'layout.css.prefers-color-scheme.content-override': isDark ? 0 : 1,
        },
      }));
  // Not the tab that the browser starts with: in Firefox's, the blank key does not activate what has the focus.
  const page = await browser.newPage();
  await page.setViewport(viewport);
  return new DrivenBrowser(
    driverOf({ name, page, browser, profile }, () => browser.close()),
    patience,
  );
}

interface Driven {
  readonly name: 'chromium' | 'firefox';
  readonly page: Page;
  readonly browser: Browser;
  readonly profile: string | undefined;
}

function driverOf({ name, page, browser, profile }: Driven, close: () => Promise<void>): PageDriver {
  const { keyboard, mouse } = page;
  // A page that asks to stay is left all the same: who asks is for a test of that question to say.
  page.on('dialog', (dialog) => dialog.accept());
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warn') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  const driver: PageDriver = {
    name,
    close,
    open: async (url) => void (await page.goto(url)),
    reload: async () => void (await page.reload()),
    evaluate: (expression) => page.evaluate(expression),
    clickAt: (x, y) => mouse.click(x, y),
    typeText: (text) => keyboard.type(text),
    pressKey: async (key, isShifted) => {
      if (isShifted) await keyboard.down('Shift');
      // Letters that no American keyboard has are typed as an input method would.
      await (key.length === 1 ? keyboard.type(key) : keyboard.press(key as KeyInput));
      if (isShifted) await keyboard.up('Shift');
    },
    screenshot: () => page.screenshot(),
    resize: (viewport) => page.setViewport(viewport),
    control: {
      tapAt: (x, y) => page.touchscreen.tap(x, y),
      beforePages: async (script) => void (await page.evaluateOnNewDocument(script)),
      complaints: () => complaints,
      offline: (isOffline) => page.setOfflineMode(isOffline),
      tab: async () => {
        const another = await pageIn(page.browserContext());
        await another.setViewport(page.viewport());
        return driverOf({ name, page: another, browser, profile }, () => another.close());
      },
      guest: async () => {
        const context = await browser.createBrowserContext();
        const another = await pageIn(context);
        await another.setViewport(page.viewport());
        return driverOf({ name, page: another, browser, profile }, () => context.close());
      },
      frame: async (address) =>
        frameOf(driver, page, await page.waitForFrame((frame) => frame.url().includes(address))),
      crash: async () => {
        if (name !== 'chromium') throw new JourneyError('Only a tab of Chromium can be made to crash.');
        const session = await page.createCDPSession();
        const gone = new Promise((resolve) => page.once('error', resolve));
        // Nobody is left to answer.
        session.send('Page.crash').catch(() => undefined);
        await gone;
      },
      kill: async () => {
        const process = browser.process();
        if (process === null || process.exitCode !== null) return;
        const gone = once(process, 'exit');
        process.kill('SIGKILL');
        await gone;
        // Firefox: puppeteer now puts the profile's own settings back, and tells nobody when it is done.
        while (profile !== undefined && globSync(join(profile, '*.puppeteer')).length > 0) {
          await new Promise((resolve) => setTimeout(resolve, 20));
        }
      },
    },
  };
  return driver;
}

/** Firefox may lose a tab that it opens in the moment in which it closes another: then it is opened again. */
async function pageIn(context: BrowserContext): Promise<Page> {
  try {
    return await context.newPage();
  } catch (error) {
    if (error instanceof ProtocolError) return context.newPage();
    throw error;
  }
}

/** The mouse and the keyboard are the page's: a place in the frame is one on the page, once it is scrolled to. */
function frameOf(driver: PageDriver, page: Page, frame: Frame): PageDriver {
  const refuse = (): never => {
    throw new JourneyError('A frame cannot do this by itself.');
  };
  return {
    ...driver,
    close: async () => {},
    open: refuse,
    reload: refuse,
    resize: refuse,
    evaluate: (expression) => frame.evaluate(expression),
    clickAt: async (x, y) => {
      const element = await frame.frameElement();
      if (element === null) throw new JourneyError('The frame has left the page.');
      const { left, top } = await element.evaluate(async (node, height) => {
        scrollBy({ top: node.getBoundingClientRect().top + height - innerHeight / 2, behavior: 'instant' });
        // The browser sends a click to where it has drawn the frame last.
        for (let frames = 0; frames < 3; frames += 1) await new Promise(requestAnimationFrame);
        const box = node.getBoundingClientRect();
        return { left: box.left, top: box.top };
      }, y);
      await page.mouse.click(left + x, top + y);
    },
  };
}
