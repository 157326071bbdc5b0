import { assert } from '@open-wc/testing';
import { setViewport } from '@web/test-runner-commands';
import { layoutProblems, smallTargets } from '../../support/browser/layout.ts';
import { setMedia } from '../../support/browser/media.ts';
import { scenes } from '../../support/browser/scenes.ts';
import { clearStage, stage } from '../../support/browser/screener-driver.ts';
import { keepPicture } from '../../support/browser/screenshot.ts';

/** WCAG 1.4.12, as a reader's own tool would set it, inside shadow roots too. */
const spacing = new CSSStyleSheet();
spacing.replaceSync(`
  * { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
  p { margin-bottom: 2em !important; }
`);

describe('the layout of the eligibility screener', () => {
  afterEach(clearStage);

  const check = async (element: Element, where: string) => {
    await keepPicture(`layout ${where}`);
    assert.deepEqual(layoutProblems(element), [], where);
    assert.deepEqual(smallTargets(element), [], where);
  };

  for (const [name, scene] of Object.entries(scenes)) {
    it(`${name}: all in view and within reach, from a phone to a desk, at 400 % and in a sidebar`, async () => {
      await setViewport({ width: 1280, height: 800 });
      const { element } = await scene({ attributes: { lang: 'es' } });
      await check(element, `${name} 1280`);
      for (const width of [390, 768, 320]) {
        await setViewport({ width, height: 800 });
        await check(element, `${name} ${width}`);
      }
      element.shadowRoot?.adoptedStyleSheets.push(spacing);
      await check(element, `${name} 320 spaced`);
      await setViewport({ width: 390, height: 800 });
      await check(element, `${name} 390 spaced`);
      await setViewport({ width: 1280, height: 800 });
      stage().classList.add('sidebar');
      stage().append(Object.assign(document.createElement('style'), { textContent: '.sidebar { width: 300px }' }));
      await check(element, `${name} sidebar spaced`);
      element.shadowRoot?.adoptedStyleSheets.pop();
      await check(element, `${name} sidebar`);
    });
  }

  it('nothing moves where a reader wants no motion', async function () {
    if (!(await setMedia({ 'prefers-reduced-motion': 'reduce' }))) this.skip();
    const { root } = await (scenes['choices, chosen'] ?? assert.fail)();
    const moving = [...root.querySelectorAll('.root *')].filter((element) => {
      const { transitionDuration, animationName } = getComputedStyle(element);
      return /[1-9]/.test(transitionDuration) || animationName !== 'none';
    });
    assert.deepEqual(moving, []);
    await setMedia({});
    assert.notEqual(getComputedStyle(root.querySelector('.choice') ?? root.host).transitionDuration, '0s');
  });
});
