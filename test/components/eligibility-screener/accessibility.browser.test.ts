import { assert } from '@open-wc/testing';
import { setViewport } from '@web/test-runner-commands';
import { accessibilityProblems } from '../../support/browser/accessible.ts';
import { type MediaFeatures, setMedia } from '../../support/browser/media.ts';
import { scenes } from '../../support/browser/scenes.ts';
import { clearStage } from '../../support/browser/screener-driver.ts';
import { keepPicture } from '../../support/browser/screenshot.ts';

interface Look {
  readonly name: string;
  readonly theme: 'light' | 'dark';
  readonly media?: MediaFeatures;
}

const looks: readonly Look[] = [
  { name: 'light', theme: 'light' },
  { name: 'dark', theme: 'dark' },
  { name: 'forced colours', theme: 'light', media: { 'forced-colors': 'active' } },
  {
    name: 'forced dark colours',
    theme: 'dark',
    media: { 'forced-colors': 'active', 'prefers-color-scheme': 'dark' },
  },
];

describe('the eligibility screener to everyone: axe finds nothing', () => {
  afterEach(async () => {
    await setMedia({});
    await clearStage();
  });

  // What axe looks at is the same in every engine; in Firefox the narrow page will do.
  for (const width of navigator.userAgent.includes('Firefox') ? [390] : [390, 1280]) {
    for (const [name, scene] of Object.entries(scenes)) {
      it(`${name}, at ${width} px, in every colour set that the browser can show`, async () => {
        await setViewport({ width, height: 800 });
        const { element } = await scene();
        for (const { name: look, theme, media } of looks) {
          // Firefox takes forced colours when it starts, not from a page.
          if (!(await setMedia(media ?? {})) && media !== undefined) continue;
          element.theme = theme;
          await element.updateComplete;
          await keepPicture(`${look} ${width} ${name}`);
          assert.deepEqual(await accessibilityProblems(element), [], look);
        }
      });
    }
  }
});
