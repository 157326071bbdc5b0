/**
 * Browser command `take-screenshot`: what a test's page looks like, as PNG in base64. With the environment variable
 * STEADY_PICTURES naming a folder, pictures that have a name are kept there, to be looked at. The page's side is
 * test/support/browser/screenshot.ts.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TestRunnerPlugin } from '@web/test-runner-core';
import type { Page } from 'puppeteer-core';

export interface ScreenshotPayload {
  /** Keeps the picture under this name, and takes the whole page instead of what is in view. */
  readonly keepAs?: string;
}

const folder = process.env.STEADY_PICTURES;

export function screenshotPlugin(): TestRunnerPlugin<ScreenshotPayload> {
  return {
    name: 'take-screenshot-command',
    async executeCommand({ command, payload, session }) {
      if (command !== 'take-screenshot') return undefined;
      const keepAs = payload?.keepAs;
      if (keepAs !== undefined && folder === undefined) return '';
      const page = (session.browser as typeof session.browser & { getPage(id: string): Page }).getPage(session.id);
      const picture = await page.screenshot({ fullPage: keepAs !== undefined });
      if (keepAs !== undefined && folder !== undefined) {
        await mkdir(folder, { recursive: true });
        await writeFile(join(folder, `${keepAs.replace(/[^\w.-]+/g, '-')}.${session.browser.name}.png`), picture);
        return '';
      }
      return Buffer.from(picture).toString('base64');
    },
  };
}
