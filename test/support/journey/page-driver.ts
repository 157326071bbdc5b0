/** What the port needs of a way to drive a browser: the few things that differ between puppeteer and WebDriver. */
import type { JourneyBrowserName, Viewport } from './journey-browser.ts';

export interface PageDriver {
  readonly name: JourneyBrowserName;
  open(url: string): Promise<void>;
  reload(): Promise<void>;
  /** Evaluates an expression in the page and waits for the promise, if it is one. Its value must be JSON. */
  evaluate(expression: string): Promise<unknown>;
  /** Presses and releases the left button at this place of the viewport. */
  clickAt(x: number, y: number): Promise<void>;
  typeText(text: string): Promise<void>;
  /** @param key by its DOM name; the blank is ' ' */
  pressKey(key: string, isShifted: boolean): Promise<void>;
  screenshot(): Promise<Uint8Array>;
  resize(viewport: Viewport): Promise<void>;
  close(): Promise<void>;
  /** What WebDriver cannot do. */
  readonly control?: {
    tapAt(x: number, y: number): Promise<void>;
    /** @param script runs before the page's own scripts, in every page from now on */
    beforePages(script: string): Promise<void>;
    complaints(): readonly string[];
    offline(isOffline: boolean): Promise<void>;
    tab(): Promise<PageDriver>;
    /** A tab of another profile, which goes with it. */
    guest(): Promise<PageDriver>;
    /** A frame of the page, by a part of its address: clicks and keys go to it as they do to the page. */
    frame(address: string): Promise<PageDriver>;
    crash(): Promise<void>;
    kill(): Promise<void>;
  };
}
