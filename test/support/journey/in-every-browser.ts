/** Runs a journey in Chromium, Firefox and, where it can be had, WebKit. */
import { describe } from 'node:test';
import { findWebkit } from '../webkit.ts';
import type { JourneyBrowser, JourneyBrowserName, JourneyOptions } from './journey-browser.ts';
import { launchPuppeteer } from './puppeteer-browser.ts';
import { launchWebkit } from './webkit-browser.ts';

export type Launch = (options?: JourneyOptions) => Promise<JourneyBrowser>;

export type Journey = (launch: Launch, name: JourneyBrowserName) => void;

/**
 * Declares the tests of `body` once for each browser; the browsers run side by side, the tests of each one after another.
 * WebKit is skipped, with the reason, where it is not installed.
 *
 * @param body gets the browser's name and a function that starts it: whoever starts it closes it
 */
export function inEveryBrowser(journey: string, body: Journey): void {
  const webkit = findWebkit();
  describe(journey, { concurrency: 3 }, () => {
    inPuppeteer(body);
    if (typeof webkit === 'string') describe('webkit', { skip: webkit }, () => undefined);
    else describe('webkit', { concurrency: 1 }, () => body((options) => launchWebkit(webkit, options), 'webkit'));
  });
}

/** The same for journeys that need control over the browser, which WebKit does not give. */
export function inControllableBrowsers(journey: string, body: Journey): void {
  describe(journey, { concurrency: 2 }, () => inPuppeteer(body));
}

function inPuppeteer(body: Journey): void {
  for (const name of ['chromium', 'firefox'] as const)
    describe(name, { concurrency: 1 }, () => body((options) => launchPuppeteer(name, options), name));
}
