/** Runs a journey in Chromium, Firefox and, where it can be had, WebKit. */
import { describe } from 'node:test';
import { findWebkit } from '../webkit.ts';
import type { JourneyBrowser, JourneyBrowserName, JourneyOptions } from './journey-browser.ts';
import { launchPuppeteer } from './puppeteer-browser.ts';
import { launchWebkit } from './webkit-browser.ts';

export type Launch = (options?: JourneyOptions) => Promise<JourneyBrowser>;

/**
 * Declares the tests of `body` once for each browser. WebKit is skipped, with the reason, where it is not installed.
 *
 * @param body gets the browser's name and a function that starts it: whoever starts it closes it
 */
export function inEveryBrowser(journey: string, body: (launch: Launch, name: JourneyBrowserName) => void): void {
  for (const name of ['chromium', 'firefox'] as const)
    describe(`${journey} (${name})`, () => body((options) => launchPuppeteer(name, options), name));
  const webkit = findWebkit();
  if (typeof webkit === 'string') describe(`${journey} (webkit)`, { skip: webkit }, () => undefined);
  else describe(`${journey} (webkit)`, () => body((options) => launchWebkit(webkit, options), 'webkit'));
}
