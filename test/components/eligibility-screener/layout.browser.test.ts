import { assert } from '@open-wc/testing';
import { setMedia } from '../../support/browser/media.ts';
import { scenes } from '../../support/browser/scenes.ts';
import { clearStage } from '../../support/browser/screener-driver.ts';

describe('the layout of the eligibility screener', () => {
  afterEach(clearStage);

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
