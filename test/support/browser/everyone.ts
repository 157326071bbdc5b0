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

const usual: Look = { name: 'light', theme: 'light' };
const others: readonly Look[] = [
  { name: 'dark', theme: 'dark' },
  { name: 'forced colours', theme: 'light', media: { 'forced-colors': 'active' } },
  {
    name: 'forced dark colours',
    theme: 'dark',
    media: { 'forced-colors': 'active', 'prefers-color-scheme': 'dark' },
  },
];

/** Put in as the file is served: whether this is `npm run prove`. */
declare const IS_THOROUGH: boolean;

const isBrief = navigator.userAgent.includes('Firefox') && !IS_THOROUGH;

/** WCAG 1.4.12, as a reader's own tool would set it, inside shadow roots too. */
const spacing = new CSSStyleSheet();
spacing.replaceSync(`
  * { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
  p { margin-bottom: 2em !important; }
`);

/**
 * axe finds nothing, by all its rules at 1280 and 390 px, and by those about colours in every set of them that the browser
 * can show: a colour is the same at any width. In Firefox the narrow page in light and dark will do, as what axe looks at is
 * the same; `npm run prove` has the rest: all rules, in every set of colours, at both widths, in both browsers. It leaves the page 390 px
 * wide.
 */
export async function assertAccessible(element: DrivenElement & { theme: string }, name: string): Promise<void> {
  const show = async ({ name: look, theme, media = {} }: Look, width: number): Promise<string | undefined> => {
    const isEmulated = await setMedia(media);
    // Firefox takes forced colours when it starts, not from a page.
    if (!isEmulated && Object.keys(media).length > 0) return undefined;
    element.theme = theme;
    await element.updateComplete;
    const shown = `${name} ${look} ${width}`;
    await keepPicture(shown);
    return shown;
  };
  try {
    for (const width of isBrief ? [390] : [1280, 390]) {
      await setViewport({ width, height: 800 });
      const shown = await show(usual, width);
      assert.deepEqual(await accessibilityProblems(element), [], shown);
    }
    for (const look of others) {
      const shown = await show(look, 390);
      if (shown !== undefined) assert.deepEqual(await accessibilityProblems(element, 'colours'), [], shown);
    }
    if (!IS_THOROUGH) return;
    for (const width of [1280, 390]) {
      await setViewport({ width, height: 800 });
      for (const look of others) {
        const shown = await show(look, width);
        if (shown !== undefined) assert.deepEqual(await accessibilityProblems(element), [], shown);
      }
    }
  } finally {
    await setMedia({});
  }
}

/**
 * What `assertAccessible` says; and all is in view and within reach from a phone to a desk, at 400 % zoom, in a sidebar of
 * 300 px, with a reader's own spacing, and turned round for those who read from right to left.
 */
export async function assertForEveryone(element: DrivenElement & { theme: string }, name: string): Promise<void> {
  await assertAccessible(element, name);
  const check = (where: string): void => {
    assert.deepEqual(layoutProblems(element), [], `${name}, ${where}`);
    assert.deepEqual(smallTargets(element), [], `${name}, ${where}`);
  };
  // It has just been looked at there.
  check('390');
  const turned = [...(element.shadowRoot?.querySelectorAll<HTMLElement>('.root, .questions') ?? [])];
  const turn = async (dir: string, where: string): Promise<void> => {
    for (const part of turned) part.dir = dir;
    await keepPicture(`${name} ${where}`);
    check(where);
  };
  await turn('rtl', '390 from right to left');
  await setViewport({ width: 320, height: 800 });
  check('320');
  element.shadowRoot?.adoptedStyleSheets.push(spacing);
  check('320 spaced');
  element.shadowRoot?.adoptedStyleSheets.pop();
  await setViewport({ width: 1280, height: 800 });
  await turn('rtl', '1280 from right to left');
  for (const part of turned) part.dir = 'ltr';
  check('1280');
  await setViewport({ width: 768, height: 800 });
  check('768');
  stage().classList.add('sidebar');
  stage().append(Object.assign(document.createElement('style'), { textContent: '.sidebar { width: 300px }' }));
  check('sidebar');
  element.shadowRoot?.adoptedStyleSheets.push(spacing);
  check('sidebar spaced');
  element.shadowRoot?.adoptedStyleSheets.pop();
}
