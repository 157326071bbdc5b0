/** What must hold of every screen of every element, for everyone: one element is looked at in all ways, one after another. */
import { assert } from '@open-wc/testing';
import { setViewport } from '@web/test-runner-commands';
import { accessibilityProblems } from './accessible.ts';
import { type DrivenElement, stage } from './element-driver.ts';
import { layoutProblems, smallTargets } from './layout.ts';
import { type MediaFeatures, setMedia } from './media.ts';
import { keepPicture } from './screenshot.ts';

interface Look {
  readonly name: string;
  readonly theme: 'light' | 'dark';
  readonly media?: MediaFeatures;
}

const looks: readonly Look[] = [
  { name: 'light', theme: 'light' },
  { name: 'dark', theme: 'dark' },
  { name: 'forced colours', theme: 'light', media: { 'forced-colors': 'active' } },
];

/** WCAG 1.4.12, as a reader's own tool would set it, inside shadow roots too. */
const spacing = new CSSStyleSheet();
spacing.replaceSync(`
  * { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
  p { margin-bottom: 2em !important; }
`);

/**
 * axe finds nothing in any colour set that the browser can show, at 390 and 1280 px; and all is in view and within reach
 * from a phone to a desk, at 400 % zoom, in a sidebar of 300 px, and with a reader's own spacing.
 */
export async function assertForEveryone(element: DrivenElement & { theme: string }, name: string): Promise<void> {
  try {
    for (const width of [1280, 390]) {
      await setViewport({ width, height: 800 });
      for (const { name: look, theme, media } of looks) {
        // Firefox takes forced colours when it starts, not from a page.
        if (!(await setMedia(media ?? {})) && media !== undefined) continue;
        element.theme = theme;
        await element.updateComplete;
        await keepPicture(`${name} ${look} ${width}`);
        assert.deepEqual(await accessibilityProblems(element), [], `${name}, ${look}, ${width}`);
      }
    }
    await setMedia({});
    const check = (where: string): void => {
      assert.deepEqual(layoutProblems(element), [], `${name}, ${where}`);
      assert.deepEqual(smallTargets(element), [], `${name}, ${where}`);
    };
    for (const width of [1280, 768, 390, 320]) {
      await setViewport({ width, height: 800 });
      check(`${width}`);
    }
    element.shadowRoot?.adoptedStyleSheets.push(spacing);
    check('320 spaced');
    await setViewport({ width: 1280, height: 800 });
    stage().classList.add('sidebar');
    stage().append(Object.assign(document.createElement('style'), { textContent: '.sidebar { width: 300px }' }));
    check('sidebar spaced');
    element.shadowRoot?.adoptedStyleSheets.pop();
    check('sidebar');
  } finally {
    await setMedia({});
  }
}
