/** WebKitGTK as a journey browser, through WebDriver. */
import { Builder, Button, Key as Keys, Origin, type WebDriver } from 'selenium-webdriver';
import { startWebkitService, type Webkit } from '../webkit.ts';
import { DrivenBrowser } from './driven-browser.ts';
import { defaultViewport, type JourneyBrowser, JourneyError, type JourneyOptions } from './journey-browser.ts';
import type { PageDriver } from './page-driver.ts';

/** Keys that are no characters, by their DOM names. */
const namedKeys: Readonly<Record<string, string>> = {
  Enter: Keys.ENTER,
  Tab: Keys.TAB,
  Escape: Keys.ESCAPE,
  Backspace: Keys.BACK_SPACE,
  Delete: Keys.DELETE,
  Home: Keys.HOME,
  End: Keys.END,
  PageDown: Keys.PAGE_DOWN,
  PageUp: Keys.PAGE_UP,
  ArrowDown: Keys.ARROW_DOWN,
  ArrowUp: Keys.ARROW_UP,
  ArrowLeft: Keys.ARROW_LEFT,
  ArrowRight: Keys.ARROW_RIGHT,
};

export interface StartedWebkit {
  /** The one window that there is, on an empty page. Closing it closes nothing. */
  open(options?: JourneyOptions): Promise<JourneyBrowser>;
  close(): Promise<void>;
}

/** Starts a browser with a profile of its own, on a screen of its own. */
export async function startWebkit(webkit: Webkit): Promise<StartedWebkit> {
  const service = await startWebkitService(webkit);
  try {
    const driver = await new Builder()
      .usingServer(service.address)
      .withCapabilities({
        browserName: 'MiniBrowser',
        'webkitgtk:browserOptions': { binary: webkit.browser, args: ['--automation'] },
      })
      .build();
    return {
      async open({ isDark = false, patience, viewport = defaultViewport } = {}) {
        if (isDark) throw new JourneyError('webkit cannot be told to prefer dark colours.');
        const browser = new DrivenBrowser(
          driverOf(driver, async () => {}),
          patience,
        );
        await browser.open('about:blank');
        await browser.resize(viewport);
        return browser;
      },
      async close() {
        await driver.quit();
        await service.close();
      },
    };
  } catch (error) {
    await service.close();
    throw error;
  }
}

function driverOf(driver: WebDriver, close: () => Promise<void>): PageDriver {
  const evaluate = async (expression: string): Promise<unknown> => {
    // The last argument of an asynchronous script is the function to answer with.
    const script = `const done = arguments[arguments.length - 1];
      Promise.resolve().then(() => ${expression}).then(
        (value) => done({ value: value ?? null }),
        (error) => done({ problem: String(error) }),
      );`;
    const answer: { value: unknown } | { problem: string } = await driver.executeAsyncScript(script);
    if ('problem' in answer) throw new JourneyError(answer.problem);
    return answer.value;
  };
  return {
    name: 'webkit',
    close,
    evaluate,
    open: (url) => driver.get(url),
    reload: () => driver.navigate().refresh(),
    clickAt: async (x, y) => {
      const place = { x: Math.round(x), y: Math.round(y), origin: Origin.VIEWPORT, duration: 0 };
      await driver.actions().move(place).press(Button.LEFT).release(Button.LEFT).perform();
    },
    typeText: (text) => driver.actions().sendKeys(text).perform(),
    pressKey: async (key, isShifted) => {
      const code = namedKeys[key] ?? key;
      const actions = driver.actions();
      await (isShifted
        ? actions.keyDown(Keys.SHIFT).sendKeys(code).keyUp(Keys.SHIFT)
        : actions.sendKeys(code)
      ).perform();
    },
    screenshot: async () => Buffer.from(await driver.takeScreenshot(), 'base64'),
    resize: async ({ height, width }) => {
      // WebDriver sizes the window: what its frame takes is added to what the page is to have.
      const window = driver.manage().window();
      await window.setRect({ width, height });
      const inner = (await evaluate('({ width: innerWidth, height: innerHeight })')) as {
        width: number;
        height: number;
      };
      await window.setRect({ width: 2 * width - inner.width, height: 2 * height - inner.height });
    },
  };
}
