import { assert } from '@open-wc/testing';
import { setViewport } from '@web/test-runner-commands';
import { HostFrame } from '../../support/browser/host-frame.ts';
import { sampleStudy } from '../../support/browser/sample-study.ts';
import { clearStage, ScreenerDriver } from '../../support/browser/screener-driver.ts';
import { takeScreenshot } from '../../support/browser/screenshot.ts';
import { TestEndpoint } from '../../support/browser/test-endpoint.ts';

/** By what is looked at, everything that can be known of a page outside the element, as text. */
type Snapshot = ReadonlyMap<string, string>;

const PSEUDO = ['', '::before', '::after', '::marker'] as const;

/** The page outside the element's box, in a frame that fills the window: every rectangle, style and node, and what it looks like. */
describe('outside the element nothing changes', () => {
  afterEach(clearStage);

  function snapshot({ document, window }: HostFrame): Snapshot {
    const found = new Map<string, string>();
    const outside = [...document.querySelectorAll('*')].filter(
      (one) => one.closest('steady-eligibility-screener') === null,
    );
    for (const [index, element] of outside.entries()) {
      const name = `${index} <${element.localName}>`;
      const { x, y, width, height } = element.getBoundingClientRect();
      found.set(
        name,
        `${x} ${y} ${width} ${height} ${[...element.attributes].map(({ name, value }) => `${name}=${value}`)}`,
      );
      for (const pseudo of PSEUDO) {
        const style = window.getComputedStyle(element, pseudo);
        if (isAbsent(element, pseudo, style)) continue;
        for (const property of style) found.set(`${name}${pseudo} ${property}`, style.getPropertyValue(property));
      }
    }
    found.set('style sheets', `${document.styleSheets.length} ${document.adoptedStyleSheets.length}`);
    found.set('focus', document.activeElement?.localName ?? 'none');
    found.set('scroll', `${window.scrollX} ${window.scrollY}`);
    found.set('title', document.title);
    found.set('address', window.location.hash);
    return found;
  }

  /** A part of an element that has no box has no looks either; that it has none is looked at by `content`. */
  function isAbsent(element: Element, pseudo: string, { content }: CSSStyleDeclaration): boolean {
    if (pseudo === '::marker') return !element.matches('li, summary');
    return pseudo !== '' && (content === 'none' || content === 'normal');
  }

  async function open(query: Record<string, string>) {
    const host = await HostFrame.open(`busy.html?${new URLSearchParams(query)}`, {
      style: 'position: fixed; inset: 0; width: 100%; height: 100%; border: 0; background: white',
    });
    const element = host.document.querySelector('steady-eligibility-screener');
    if (element === null) throw new Error('The page has no element.');
    return { host, screener: new ScreenerDriver(element) };
  }

  function differences(before: Snapshot, after: Snapshot): readonly string[] {
    return [...new Set([...before.keys(), ...after.keys()])]
      .filter((key) => before.get(key) !== after.get(key))
      .map((key) => `${key}: ${before.get(key)} → ${after.get(key)}`);
  }

  /** How many pixels differ outside the box. */
  function pixels(before: ImageData, after: ImageData, { left, top, right, bottom }: DOMRect): number {
    assert.deepEqual([before.width, before.height], [after.width, after.height]);
    const scale = before.width / innerWidth;
    let count = 0;
    for (let at = 0; at < before.data.length; at += 4) {
      const x = ((at / 4) % before.width) / scale;
      const y = Math.floor(at / 4 / before.width) / scale;
      if (x >= left - 1 && x < right + 1 && y >= top - 1 && y < bottom + 1) continue;
      const same = [0, 1, 2, 3].every((channel) => before.data[at + channel] === after.data[at + channel]);
      if (!same) count++;
    }
    return count;
  }

  it('with the script as without: no rectangle, no style, no node, no pixel; before, while and after answering', async function () {
    this.timeout(60_000);
    await setViewport({ width: 1000, height: 800 });
    const endpoint = await TestEndpoint.open(sampleStudy());
    const without = await open({});
    const before = snapshot(without.host);
    assert.isAbove(before.size, 1000);
    const box = without.host.document.querySelector('.box')?.getBoundingClientRect() ?? assert.fail();
    const picture = await takeScreenshot();
    without.host.frame.remove();

    const { host, screener } = await open({ script: 'loader', endpoint: endpoint.address, study: 'quiet-hours' });
    await host.window.customElements.whenDefined('steady-eligibility-screener');
    await screener.untilHeading('Your work');
    assert.deepEqual(differences(before, snapshot(host)), []);
    assert.equal(pixels(picture, await takeScreenshot(), box), 0);

    screener.choose('Office');
    screener.press('Next');
    await screener.untilHeading('Your time');
    screener.type('How many hours a week?', '12');
    screener.press('Send my answers');
    await screener.untilState('sent');
    const end = new Map(snapshot(host));
    // It was used, so it has the focus.
    assert.equal(end.get('focus'), 'steady-eligibility-screener');
    end.set('focus', before.get('focus') ?? '');
    assert.deepEqual(differences(before, end), []);
    assert.equal(pixels(picture, await takeScreenshot(), box), 0);
  });

  it('the comparison itself sees what is there to be seen', async () => {
    await setViewport({ width: 1000, height: 800 });
    const { host } = await open({});
    const before = snapshot(host);
    const picture = await takeScreenshot();
    const box = host.document.querySelector('.box')?.getBoundingClientRect() ?? assert.fail();
    host.document.head.append(
      Object.assign(host.document.createElement('style'), {
        textContent: 'li { color: #001 } p::after { color: #002 }',
      }),
    );
    const found = differences(before, snapshot(host));
    assert.isTrue(found.some((one) => /<li> color/.test(one)));
    assert.isTrue(found.some((one) => /<p>::after color/.test(one)));
    assert.isAbove(pixels(picture, await takeScreenshot(), box), 0);
  });
});
