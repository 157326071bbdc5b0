/** Runs a journey in Chromium, Firefox and, where it can be had, WebKit. */
import { describe } from 'node:test';
import { findWebkit } from '../webkit.ts';
import type { JourneyBrowser, JourneyBrowserName, JourneyOptions } from './journey-browser.ts';
import { isInLane, type Lane } from './lane.ts';
import { launchPuppeteer } from './puppeteer-browser.ts';
import { type Shared, sharedThing } from './shared-thing.ts';
import { startWebkit } from './webkit-browser.ts';

/**
 * Somebody new, with nothing of anybody else's: in a browser that all journeys of a process share, or in one of its own
 * where the options ask for what only a start can give.
 */
export type Launch = (options?: JourneyOptions) => Promise<JourneyBrowser>;

export type Journey = (launch: Launch, name: JourneyBrowserName) => void;

/**
 * Declares the tests of `body` once for each browser of this process's lane. WebKit is skipped, with the reason, where it is
 * not installed.
 *
 * @param body gets the browser's name and a function that starts it: whoever starts it closes it
 */
export function inEveryBrowser(journey: string, body: Journey): void {
  inControllableBrowsers(journey, body);
  if (!isInLane('webkit')) return;
  const webkit = findWebkit();
  if (typeof webkit === 'string') describe(`${journey}: webkit`, { skip: webkit }, () => undefined);
  else describe(`${journey}: webkit`, () => body(async (options) => (await webkits.get()).open(options), 'webkit'));
}

/** The same for journeys that need control over the browser, which WebKit does not give. */
export function inControllableBrowsers(journey: string, body: Journey): void {
  for (const name of ['chromium', 'firefox'] as const) {
    if (isInLane(name)) describe(`${journey}: ${name}`, () => body((options) => launchShared(name, options), name));
  }
}

/** Journeys that are of no single browser. */
export function inLane(lane: Lane, body: () => void): void {
  if (isInLane(lane)) body();
}

export async function launchShared(
  name: 'chromium' | 'firefox',
  options: JourneyOptions = {},
): Promise<JourneyBrowser> {
  const { isDark, patience, profile, viewport } = options;
  if (isDark !== undefined || patience !== undefined || profile !== undefined) return launchPuppeteer(name, options);
  const guest = await guestIn(browsers[name]);
  if (viewport !== undefined) await guest.resize(viewport);
  return guest;
}

const sharedBrowser = (name: 'chromium' | 'firefox'): Shared<JourneyBrowser> =>
  sharedThing(
    () => launchPuppeteer(name),
    (browser) => browser.close(),
  );
const browsers = { chromium: sharedBrowser('chromium'), firefox: sharedBrowser('firefox') };

/** A browser that has crashed under one journey is started again for the next. */
async function guestIn(browser: Shared<JourneyBrowser>): Promise<JourneyBrowser> {
  try {
    return await (await browser.get()).guest();
  } catch {
    browser.forget();
    return (await browser.get()).guest();
  }
}

const webkits = sharedThing(
  async () => {
    const webkit = findWebkit();
    if (typeof webkit === 'string') throw new Error(webkit);
    return startWebkit(webkit);
  },
  (webkit) => webkit.close(),
);
