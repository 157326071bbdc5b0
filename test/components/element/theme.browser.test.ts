import { assert } from '@open-wc/testing';
import { setMedia } from '../../support/browser/media.ts';
import { sampleStudy } from '../../support/browser/sample-study.ts';
import { clearStage, ScreenerDriver, stage } from '../../support/browser/screener-driver.ts';
import { TestEndpoint } from '../../support/browser/test-endpoint.ts';

describe('the colours of an element', () => {
  afterEach(async () => {
    document.documentElement.style.colorScheme = '';
    for (const added of document.head.querySelectorAll('.test')) added.remove();
    await setMedia({});
    await clearStage();
  });

  async function open(attributes: Readonly<Record<string, string>> = {}) {
    const endpoint = await TestEndpoint.open(sampleStudy());
    const screener = ScreenerDriver.open({ endpoint: endpoint.address, attributes });
    await screener.untilHeading('Your work');
    return screener;
  }

  const theme = (screener: ScreenerDriver) => screener.get('.root').dataset.theme;
  const paper = (screener: ScreenerDriver) => getComputedStyle(screener.get('.card')).backgroundColor;

  it('light and dark by attribute, live', async () => {
    const screener = await open({ theme: 'dark' });
    assert.equal(theme(screener), 'dark');
    assert.equal(getComputedStyle(screener.get('.root')).colorScheme, 'dark');
    const dark = paper(screener);
    screener.element.setAttribute('theme', 'light');
    await screener.until('light', () => theme(screener) === 'light');
    assert.notEqual(paper(screener), dark);
    assert.equal(getComputedStyle(screener.get('.root')).colorScheme, 'light');
  });

  it('auto: a reader of the dark on a page that knows only light gets light', async function () {
    if (!(await setMedia({ 'prefers-color-scheme': 'dark' }))) this.skip();
    assert.equal(theme(await open()), 'light');
  });

  for (const [how, say] of [
    ['by its styles', () => stage().setAttribute('style', 'color-scheme: light dark')],
    [
      'by its meta tag',
      () =>
        document.head.append(
          Object.assign(document.createElement('meta'), {
            className: 'test',
            name: 'color-scheme',
            content: 'light dark',
          }),
        ),
    ],
  ] as const) {
    it(`auto: follows the reader where the page does, ${how}, when it changes too`, async function () {
      if (!(await setMedia({ 'prefers-color-scheme': 'dark' }))) this.skip();
      say();
      const screener = await open();
      assert.equal(theme(screener), 'dark');
      await setMedia({ 'prefers-color-scheme': 'light' });
      await screener.until('light', () => theme(screener) === 'light');
      await setMedia({ 'prefers-color-scheme': 'dark' });
      await screener.until('dark', () => theme(screener) === 'dark');
    });
  }

  it('takes the page’s own colours by --steady-*, each set by itself', async () => {
    document.head.append(
      Object.assign(document.createElement('style'), {
        className: 'test',
        textContent: 'steady-eligibility-screener { --steady-paper: rgb(1, 2, 3); --steady-dark-paper: rgb(4, 5, 6) }',
      }),
    );
    const screener = await open({ theme: 'light' });
    assert.equal(paper(screener), 'rgb(1, 2, 3)');
    screener.element.theme = 'dark';
    await screener.element.updateComplete;
    assert.equal(paper(screener), 'rgb(4, 5, 6)');
  });

  it('gives its parts to the page: card, progress, choice, primary, problem-summary', async () => {
    document.head.append(
      Object.assign(document.createElement('style'), {
        className: 'test',
        textContent: ['card', 'progress', 'choice', 'primary', 'problem-summary']
          .map((part) => `steady-eligibility-screener::part(${part}) { outline: 2px solid rgb(9, 9, 9) }`)
          .join('\n'),
      }),
    );
    const screener = await open();
    await screener.goOn();
    for (const part of ['.card', '.progress', '.choice', '.primary', '.summary']) {
      assert.equal(getComputedStyle(screener.get(part)).outlineColor, 'rgb(9, 9, 9)', part);
    }
  });
});
