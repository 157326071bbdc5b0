/** What the tests of delivery under faults share: a stage, a browser, a proxy that misbehaves, and the account that must be true. */
import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { type Answer, type Fault, FaultyProxy } from '../faulty-proxy.ts';
import type { Launch } from '../journey/in-every-browser.ts';
import type { JourneyBrowser, JourneyBrowserName } from '../journey/journey-browser.ts';
import { atOnce } from './hands.ts';
import { intranet, shortEligible } from './people.ts';
import { addressOf, type Stage, usualShortStage } from './stage.ts';
import { listen, toldBy } from './told.ts';

export const { words } = intranet;
export const way = { words, person: shortEligible, hands: atOnce };

/** Whether this browser takes all of them: Chromium always; Firefox in `npm run prove` alone, so that `npm test` stays short. */
export const takesAll = (browser: JourneyBrowserName): boolean =>
  browser === 'chromium' || process.env.STEADY_THOROUGH !== undefined;

export const answered = (status: number, afterCommit: boolean, more: Omit<Answer, 'status'> = {}): Fault => ({
  kind: 'answer',
  answer: { status, ...more },
  afterCommit,
});

export interface VisitOptions {
  /** Runs before the page's own scripts: an edge of the browser that is not as it should be. */
  readonly edge?: (() => void) | undefined;
  readonly isCrossOrigin?: boolean | undefined;
}

/** The stage and the browser of one suite: opened before its tests, closed after them. */
export class FaultyStage {
  #stage: Stage | undefined;
  #browser: JourneyBrowser | undefined;

  /** To be called where a suite is declared. */
  constructor(launch: Launch) {
    before(async () => {
      [this.#stage, this.#browser] = await Promise.all([usualShortStage.get(), launch()]);
    });
    after(async () => {
      await this.#browser?.close();
    });
  }

  get stage(): Stage {
    assert.ok(this.#stage);
    return this.#stage;
  }

  /** A tab on an origin of its own that nobody has visited. */
  async visit(source: string, { edge, isCrossOrigin = false }: VisitOptions = {}) {
    const proxy = await FaultyProxy.start(this.stage.demo.url, { isCrossOrigin });
    const open = async (): Promise<JourneyBrowser> => {
      assert.ok(this.#browser);
      const tab = await this.#browser.tab();
      await listen(tab);
      if (edge) await tab.beforePages(edge);
      await tab.open(addressOf(proxy.url, intranet.path, source));
      return tab;
    };
    return { proxy, open, tab: await open() };
  }

  /** What must hold at any time, of this source. */
  async checkAccount(proxy: FaultyProxy, source: string, tab: JourneyBrowser): Promise<void> {
    const rows = this.stage.database.screenings(source);
    const contacts = this.stage.database.contacts(source);
    const ids = [...rows, ...contacts].map(({ id }) => id);
    assert.equal(new Set(ids).size, ids.length, 'nothing is stored twice');
    for (const id of proxy.acknowledged) assert.ok(ids.includes(id), 'nothing that was acknowledged is lost');
    for (const { id, status } of await toldBy(tab)) {
      if (status === 'delivered') assert.ok(proxy.acknowledged.has(id), 'nothing is called delivered that is not');
    }
  }
}
