/** Chromium (through CDP) and Firefox (through WebDriver BiDi) as journey browsers. */
import puppeteer, { type Browser, type KeyInput, type Page } from 'puppeteer-core';
import { browserLanguage, chromiumArguments, firefoxPreferences } from '../browsers.ts';
import { requireBrowser } from '../install-browsers.ts';
import { DrivenBrowser } from './driven-browser.ts';
import { defaultViewport, type JourneyBrowser, type JourneyOptions } from './journey-browser.ts';
import type { PageDriver } from './page-driver.ts';

/** Starts a browser with a profile of its own. @throws Error where it is missing and cannot be installed */
export async function launchPuppeteer(
  name: 'chromium' | 'firefox',
  { isDark = false, patience, viewport = defaultViewport }: JourneyOptions = {},
): Promise<JourneyBrowser> {
  const executablePath = await requireBrowser(name);
  const browser = await (name === 'chromium'
    ? puppeteer.launch({
        executablePath,
        args: [
          ...chromiumArguments(),
          `--lang=${browserLanguage}`,
          `--blink-settings=preferredColorScheme=${isDark ? 0 : 1}`,
        ],
      })
    : puppeteer.launch({
        browser: 'firefox',
        executablePath,
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
    driverOf(name, page, browser, () => browser.close()),
    patience,
  );
}

function driverOf(name: 'chromium' | 'firefox', page: Page, browser: Browser, close: () => Promise<void>): PageDriver {
  const { keyboard, mouse } = page;
  return {
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
      beforePages: async (script) => void (await page.evaluateOnNewDocument(script)),
      offline: (isOffline) => page.setOfflineMode(isOffline),
      tab: async () => {
        const another = await browser.newPage();
        await another.setViewport(page.viewport());
        return driverOf(name, another, browser, () => another.close());
      },
    },
  };
}
