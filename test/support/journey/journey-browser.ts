/**
 * What a journey does with a browser, whichever it is: real mouse and keyboard, things found as people name them. One
 * port over drivers: puppeteer for Chromium and Firefox, WebDriver for WebKit.
 */

/** What is meant on the page: by role and accessible name, or by a selector inside of whichever shadow root. */
export type Target = {
  readonly role?: string;
  /** The whole name, or a pattern for it. */
  readonly name?: string | RegExp;
  readonly css?: string;
  /** Which of several, from 0. Without it more than one is an error. */
  readonly nth?: number;
};

/** A key by its DOM name (`Enter`, `Tab`, `ArrowDown`, `a`, `Space` for the blank), or with `Shift+` before it. */
export type Key = string;

export type JourneyBrowserName = 'chromium' | 'firefox' | 'webkit';

/** The page in CSS pixels. */
export type Viewport = { readonly width: number; readonly height: number };

export type FieldState = { readonly value: string; readonly checked: boolean; readonly disabled: boolean };

export interface JourneyBrowser {
  readonly name: JourneyBrowserName;
  /** Whether `beforePages`, `complaints`, `offline`, `tab`, `guest`, `frame` and `kill` work here: they do not in WebKit. */
  readonly isControllable: boolean;
  open(url: string): Promise<void>;
  reload(): Promise<void>;
  /** Clicks where a person would, and refuses where something lies on top. Waits until the target is there. */
  click(target: Target): Promise<void>;
  /** Touches as a finger would, on a screen that is touched. @throws JourneyError where isControllable is false */
  tap(target: Target): Promise<void>;
  /** Clicks into the field and types. */
  type(target: Target, text: string): Promise<void>;
  /** To whatever has the focus. */
  press(key: Key): Promise<void>;
  /** Sets a date field by its value, or a native list by the words of a choice. */
  fill(target: Target, value: string): Promise<void>;
  /** Waits until the target is there. */
  waitFor(target: Target): Promise<void>;
  /** Waits until the target is gone. */
  waitUntilGone(target: Target): Promise<void>;
  /** The text that is seen, in one line. Waits until the target is there. */
  textOf(target: Target): Promise<string>;
  /** What is entered. Waits until the target is there. */
  stateOf(target: Target): Promise<FieldState>;
  /** How many are there now. */
  count(target: Target): Promise<number>;
  /** What has the focus; empty texts where nothing has. */
  focused(): Promise<{ readonly role: string; readonly name: string }>;
  /** Runs a function in the page. It sees nothing of the file it stands in: hand in what it needs, as JSON. */
  evaluate<A extends readonly unknown[], T>(work: (...given: A) => T | Promise<T>, ...given: A): Promise<T>;
  /** Runs a function in every page before its own scripts, as `evaluate` does. @throws JourneyError where isControllable is false */
  beforePages<A extends readonly unknown[]>(work: (...given: A) => void, ...given: A): Promise<void>;
  /** What the page's consoles and scripts complained about so far. @throws JourneyError where isControllable is false */
  complaints(): readonly string[];
  /** A picture of the viewport, as PNG. */
  screenshot(): Promise<Uint8Array>;
  /** @returns what the page has then: WebKit's window cannot be narrower than some 450 px */
  resize(viewport: Viewport): Promise<Viewport>;
  /** Takes the network away, and gives it back. @throws JourneyError where isControllable is false */
  offline(isOffline: boolean): Promise<void>;
  /** Another tab of the same profile; closing it closes the tab alone. @throws JourneyError where isControllable is false */
  tab(): Promise<JourneyBrowser>;
  /** Somebody new: a tab of a profile of its own, which closing it throws away. @throws JourneyError where isControllable is false */
  guest(): Promise<JourneyBrowser>;
  /**
   * A frame of the page whose address has this in it, once it is there: to be clicked, typed into and looked at, wherever
   * it comes from. It cannot be left, reloaded or resized by itself. @throws JourneyError where isControllable is false
   */
  frame(address: string): Promise<JourneyBrowser>;
  close(): Promise<void>;
  /** Ends the page's process at once, as a tab does that crashes; what it had in its own memory is gone. In Chromium alone. @throws JourneyError elsewhere */
  crash(): Promise<void>;
  /** Ends the whole browser at once, as a crash or a power cut would. @throws JourneyError where isControllable is false */
  kill(): Promise<void>;
}

export type JourneyOptions = {
  readonly viewport?: Viewport;
  /** The folder of a profile that outlives the browser; one of its own, thrown away, if not given. Not for WebKit. */
  readonly profile?: string;
  /** Whether the reader prefers dark colours; WebKit cannot be told. */
  readonly isDark?: boolean;
  /** Milliseconds that a target may take to appear; 15 seconds if not given: pages are local, but machines may be slow. */
  readonly patience?: number;
};

export const defaultPatience = 15_000;

export const defaultViewport: Viewport = { width: 1280, height: 900 };

/** A step of a journey that could not be taken. */
export class JourneyError extends Error {
  override readonly name = 'JourneyError';
}
