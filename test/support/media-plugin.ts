/**
 * Browser command `set-media`: lets a test in web-test-runner ask for dark colours, reduced motion or forced colours.
 * The page's side is test/support/browser/media.ts. Chromium only: Firefox takes these as preferences when it starts.
 */
import type { TestRunnerPlugin } from '@web/test-runner-core';
import type { CDPSession, Page } from 'puppeteer-core';

export function mediaPlugin(): TestRunnerPlugin<Readonly<Record<string, string>>> {
  /** An emulation lasts as long as the session that asked for it stays attached. */
  const attached = new WeakMap<Page, CDPSession>();
  return {
    name: 'set-media-command',
    async executeCommand({ command, payload, session }) {
      if (command !== 'set-media') return undefined;
      if (session.browser.name !== 'Chromium') return false;
      const launcher = session.browser as typeof session.browser & { getPage(id: string): Page };
      const page = launcher.getPage(session.id);
      const client = attached.get(page) ?? (await page.createCDPSession());
      attached.set(page, client);
      const features = Object.entries(payload ?? {}).map(([name, value]) => ({ name, value }));
      await client.send('Emulation.setEmulatedMedia', { features });
      return true;
    },
  };
}
