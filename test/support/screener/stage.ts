/** The demo as it is started by hand, in a folder of its own, with a look into its database. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Demo, type DemoOptions, startDemo } from '../../../demo/start-demo.ts';
import { Database } from '../database.ts';
import type { JourneyBrowser } from '../journey/journey-browser.ts';
import type { HostPage } from './people.ts';

export interface Stage {
  readonly demo: Demo;
  readonly database: Database;
  /** A host page's address. `source` marks what is sent from it, so that its rows can be told from others. */
  at(page: HostPage, source: string): string;
  close(): Promise<void>;
}

export async function openStage(options: Partial<DemoOptions> = {}): Promise<Stage> {
  const folder = await mkdtemp(join(tmpdir(), 'steady-stage-'));
  const demo = await startDemo({ dataDir: join(folder, 'data'), ...options });
  return {
    demo,
    database: new Database(demo.receiver.databaseFile),
    at: ({ path }, source) => addressOf(demo.url, path, source),
    async close() {
      await demo.close();
      await rm(folder, { recursive: true });
    },
  };
}

/**
 * Somebody who was not here before in this tab: a tab is what a draft lives in. Where tabs cannot be had, the page's own
 * storage is emptied.
 *
 * @returns the tab, and the way to leave it
 */
export async function newcomer(browser: JourneyBrowser, address: string): Promise<Visit> {
  if (browser.isControllable) {
    const tab = await browser.tab();
    await tab.open(address);
    return { tab, leave: () => tab.close() };
  }
  await browser.open(address);
  await browser.evaluate(() => sessionStorage.clear());
  await browser.open(address);
  return { tab: browser, leave: async () => undefined };
}

export interface Visit {
  readonly tab: JourneyBrowser;
  leave(): Promise<void>;
}

export function addressOf(origin: string, path: string, source: string): string {
  return `${origin}${path}?source=${encodeURIComponent(source)}`;
}
