import { assert } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { accessibilityProblems } from '../../support/browser/accessible.ts';
import { Homes, KINDS, NOT_LISTED, nameOf, resize, TREES } from '../../support/browser/homes-driver.ts';
import { setMedia } from '../../support/browser/media.ts';
import { sampleStudy } from '../../support/browser/sample-study.ts';
import { clean, clearStage, ScreenerDriver, stage } from '../../support/browser/screener-driver.ts';
import { keepPicture } from '../../support/browser/screenshot.ts';
import { TestEndpoint } from '../../support/browser/test-endpoint.ts';

describe('a dropdown with many choices, as it is seen and touched', () => {
  afterEach(async () => {
    clearStage();
    await setMedia({});
    await resize({ width: 800, height: 700 });
  });

  it('works by mouse: opens, chooses, toggles, closes when one clicks elsewhere', async () => {
    const shown = await Homes.show();
    await shown.clicks(shown.input);
    assert.isTrue(shown.isOpen);
    await shown.clicks(shown.option(nameOf(2)));
    assert.isFalse(shown.isOpen);
    assert.equal(shown.input.value, nameOf(2));
    assert.equal(shown.focused, shown.input);
    await shown.clicks(shown.toggle);
    assert.isTrue(shown.isOpen);
    assert.equal(shown.option(nameOf(2)).getAttribute('aria-selected'), 'true');
    assert.lengthOf(shown.all('[aria-selected="true"]'), 1);
    await shown.clicks(shown.toggle);
    assert.isFalse(shown.isOpen);
    await shown.clicks(shown.input);
    assert.isTrue(shown.isOpen);
    await shown.clicks(shown.get('h2'));
    assert.isFalse(shown.isOpen);
    assert.equal(shown.input.value, nameOf(2));
  });

  it('replaces the answer by what is typed after a click, and shows the answer in the list first', async () => {
    const shown = await Homes.show();
    await shown.types('rowan lane 4');
    await shown.presses('Enter', 'Tab', 'Tab');
    await shown.clicks(shown.input);
    const results = shown.list.getBoundingClientRect();
    const chosen = shown.get('[aria-selected="true"]').getBoundingClientRect();
    assert.isAtLeast(chosen.top, results.top);
    assert.isAtMost(chosen.bottom, results.bottom);
    await shown.types('birch');
    assert.equal(shown.input.value, 'birch');
  });

  it('offers the special choices at the end whatever was typed, in view at any time', async () => {
    const more = { showOtherItem: true, showRefuseItem: true, showDontKnowItem: true };
    const shown = await Homes.show({ more });
    const special = [NOT_LISTED, 'Something else', 'Prefer not to answer', 'I don’t know'];
    for (const typed of ['', 'oak', ' xyz']) {
      await shown.types(typed);
      if (typed === '') await shown.clicks(shown.input);
      assert.sameMembers([...shown.names.slice(-4)], special);
      const popup = shown.get('.popup').getBoundingClientRect();
      for (const name of special) assert.isAtMost(shown.option(name).getBoundingClientRect().bottom, popup.bottom);
      assert.isAtMost(popup.bottom, innerHeight);
    }
    await shown.clicks(shown.option(NOT_LISTED));
    assert.equal(shown.input.value, NOT_LISTED);
  });

  it('lets the special choices scroll along where they would leave no room', async () => {
    await resize({ width: 800, height: 300 });
    const more = { showOtherItem: true, showRefuseItem: true, showDontKnowItem: true };
    const shown = await Homes.show({ more });
    await shown.clicks(shown.input);
    const seen = () => shown.list.getBoundingClientRect();
    assert.isBelow(shown.option(nameOf(2)).getBoundingClientRect().bottom, seen().bottom);
    await shown.presses('ArrowUp');
    const last = shown.options.at(-1)?.getBoundingClientRect();
    assert.isAtMost(last?.bottom ?? Infinity, seen().bottom + 1);
  });

  it('asks what “other” is, and sends it', async () => {
    const shown = await Homes.show({ more: { showOtherItem: true, otherPlaceholder: 'Its name' } });
    await shown.types('zzz');
    await shown.clicks(shown.option('Something else'));
    const other = shown.get<HTMLInputElement>('#q-home-other');
    other.focus();
    await sendKeys({ type: 'Elm' });
    shown.press('Send my answers');
    const sent = await shown.sent();
    assert.deepEqual(sent, { home: 'other', 'home-Comment': 'Elm' });
  });

  it('shows a disabled choice and does not take it', async () => {
    const choices = Array.from({ length: 20 }, (_, at) => ({
      value: `h${at}`,
      text: nameOf(at),
      ...(at === 1 && { enableIf: 'false' }),
    }));
    const shown = await Homes.show({ more: { choices } });
    await shown.clicks(shown.input);
    assert.equal(shown.option(nameOf(1)).getAttribute('aria-disabled'), 'true');
    await shown.clicks(shown.option(nameOf(1)));
    assert.isTrue(shown.isOpen);
    assert.equal(shown.input.value, '');
  });

  it('says the number of results in words, once somebody pauses', async () => {
    const shown = await Homes.show();
    const status = shown.get('[role="status"].spoken');
    await shown.types('rowan lane');
    await shown.until('the number', () => clean(status.textContent) === '4 results');
    await shown.types(' 4');
    await shown.until('one', () => clean(status.textContent) === '1 result');
    await shown.types('444');
    await shown.until('none', () => clean(status.textContent).startsWith('Nothing found'));
    await shown.presses('Escape');
    await shown.until('silence', () => clean(status.textContent) === '');
  });

  it('marks what was typed, and reads the choice as one name', async () => {
    const shown = await Homes.show();
    await shown.types('gui');
    const [first] = shown.options;
    assert.equal(first?.querySelector('mark')?.textContent, 'gui');
    assert.equal(clean(first?.textContent), 'Águila House');
    await shown.types('<b>');
    assert.isNull(shown.root.querySelector('.list b'));
  });

  it('speaks Spanish', async () => {
    const shown = await Homes.show({ attributes: { lang: 'es' } });
    await shown.types('aguila');
    await shown.until('the number', () => shown.text.includes('20 resultados'));
    assert.equal(shown.names.at(-1), 'Mi hogar no está en la lista');
    await shown.types('x');
    await shown.untilText('No se encontró nada.');
  });

  it('changes its language while a list is open', async () => {
    const shown = await Homes.show();
    await shown.types('oak');
    shown.element.lang = 'es';
    await shown.until('Spanish', () => shown.names.at(-1) === 'Mi hogar no está en la lista');
    assert.equal(shown.input.value, 'oak');
    assert.isTrue(shown.isOpen);
    assert.equal(shown.names[0], 'Oak House');
  });

  it('stands still when it cannot be answered', async () => {
    const shown = await Homes.show({ more: { readOnly: true, defaultValue: 'h4' } });
    await shown.clicks(shown.input);
    await shown.presses('ArrowDown', 'x');
    assert.isFalse(shown.isOpen);
    assert.equal(shown.input.value, nameOf(4));
    assert.equal(shown.get('.tools').offsetHeight, 0);
  });

  it('lies over what comes below and moves nothing', async () => {
    const shown = await Homes.show();
    const after = document.createElement('p');
    after.textContent = 'After';
    stage().append(after);
    const boxes = () =>
      [shown.element, after, shown.get('.way-on')].map((box) => JSON.stringify(box.getBoundingClientRect()));
    const [before, height] = [boxes(), document.documentElement.scrollHeight];
    await shown.clicks(shown.input);
    assert.isTrue(shown.isOpen);
    assert.deepEqual(boxes(), before);
    assert.equal(document.documentElement.scrollHeight, height);
  });

  it('goes above the line where there is no room below', async () => {
    const space = document.createElement('div');
    space.style.height = '500px';
    stage().append(space);
    const shown = await Homes.show();
    shown.input.scrollIntoView({ block: 'end' });
    await shown.clicks(shown.input);
    const popup = shown.get('.popup').getBoundingClientRect();
    assert.isAtMost(popup.bottom, shown.input.getBoundingClientRect().top);
    assert.isAtLeast(popup.top, 0);
  });

  it('fits a phone: no zoom, rows to be touched, everything in view beside the keyboard', async () => {
    await resize({ width: 390, height: 380 });
    const shown = await Homes.show();
    shown.input.scrollIntoView({ block: 'end' });
    await shown.clicks(shown.input);
    assert.isAtLeast(Number.parseFloat(getComputedStyle(shown.input).fontSize), 16);
    for (const option of shown.options) assert.isAtLeast(option.getBoundingClientRect().height, 48);
    const popup = shown.get('.popup').getBoundingClientRect();
    assert.isAtLeast(popup.top, 0);
    assert.isAtMost(popup.bottom, 380);
    assert.isAtLeast(popup.height, 180);
    assert.isAtMost(shown.option(NOT_LISTED).getBoundingClientRect().bottom, popup.bottom);
    await keepPicture('combobox keyboard 390');
  });

  it('runs from right to left', async () => {
    const shown = await Homes.show({ attributes: { lang: 'ar' } });
    for (const part of ['.root', '.questions']) shown.get(part).setAttribute('dir', 'rtl');
    await shown.clicks(shown.input);
    const [input, tools] = [shown.input.getBoundingClientRect(), shown.get('.tools').getBoundingClientRect()];
    assert.isBelow(tools.left - input.left, 20);
    const popup = shown.get('.popup').getBoundingClientRect();
    assert.approximately(popup.left, input.left, 1);
    assert.approximately(popup.right, input.right, 1);
    const words = shown.options[0]?.querySelector('span')?.getBoundingClientRect();
    assert.isAbove(words?.right ?? 0, input.right - 40);
    await keepPicture('combobox rtl');
  });

  it('breaks no rule of the strict policy, and would be told if it did', async () => {
    const policy = document.createElement('meta');
    policy.httpEquiv = 'Content-Security-Policy';
    policy.content = "style-src 'self'; require-trusted-types-for 'script'";
    const shown = await Homes.show();
    const broken: string[] = [];
    document.addEventListener('securitypolicyviolation', ({ violatedDirective }) => broken.push(violatedDirective));
    document.head.append(policy);
    await shown.clicks(shown.input);
    await shown.types('oak');
    await shown.presses('ArrowDown', 'PageDown');
    shown.list.scrollTop = 400;
    await shown.until('the number', () => shown.text.includes('20 results'));
    assert.notEqual(shown.get('.combobox').style.getPropertyValue('--room'), '');
    await shown.presses('Enter');
    assert.deepEqual(broken, []);
    shown.get('h2').setAttribute('style', 'color: red');
    await new Promise((resolve) => document.addEventListener('securitypolicyviolation', resolve, { once: true }));
    assert.include(broken[0], 'style-src');
  });

  for (const theme of ['light', 'dark']) {
    it(`has no accessibility fault in any state, ${theme}`, async function () {
      // Each look at a page takes a second or two where the machine has other work.
      this.timeout(60_000);
      const shown = await Homes.show({ attributes: { theme } });
      assert.deepEqual(await accessibilityProblems(shown.element), []);
      await shown.clicks(shown.input);
      assert.deepEqual(await accessibilityProblems(shown.element), []);
      await keepPicture(`combobox open ${theme}`);
      await shown.types('oak');
      await shown.presses('ArrowDown');
      assert.deepEqual(await accessibilityProblems(shown.element), []);
      await shown.types('zz');
      assert.deepEqual(await accessibilityProblems(shown.element), []);
      await shown.presses('Tab');
      shown.press('Send my answers');
      await shown.untilText('This is not one of the answers offered.');
      assert.deepEqual(await accessibilityProblems(shown.element), []);
    });
  }

  it('shows what is active and what is chosen in forced colours', async function () {
    if (!(await setMedia({ 'forced-colors': 'active' }))) this.skip();
    const shown = await Homes.show();
    await shown.types('oak lane');
    await shown.presses('Enter', 'ArrowDown');
    assert.deepEqual(await accessibilityProblems(shown.element), []);
    const style = getComputedStyle(shown.get('.option.active'));
    assert.notEqual(style.outlineStyle, 'none');
    assert.notEqual(style.outlineColor, getComputedStyle(shown.get('.popup')).backgroundColor);
    const mark = getComputedStyle(shown.get('[aria-selected="true"]'), '::after');
    assert.equal(mark.borderInlineEndStyle || mark.borderRightStyle, 'solid');
    await keepPicture('combobox forced colours');
  });
});

describe('a dropdown with few choices', () => {
  afterEach(clearStage);

  it('is the browser’s own up to twelve', async () => {
    for (const homes of [10, 12]) {
      const endpoint = await TestEndpoint.open(
        sampleStudy({
          form: {
            elements: [{ type: 'dropdown', name: 'home', title: 'Home', choices: TREES.concat(KINDS).slice(0, homes) }],
          },
          criteria: [{ id: 'any', kind: 'exclusion', wording: 'None', when: { question: 'home', equals: 'Oak' } }],
        }),
      );
      const shown = ScreenerDriver.open({ endpoint: endpoint.address });
      await shown.until('a select', () => shown.root.querySelector('select') !== null);
      assert.isNull(shown.root.querySelector('[role="combobox"]'));
      clearStage();
    }
  });

  it('still stands when logic makes it long, and short again', async () => {
    const choices = Array.from({ length: 40 }, (_, at) => ({ value: at, text: nameOf(at) }));
    const form = {
      elements: [
        { type: 'boolean', name: 'wide', title: 'All towns?' },
        { type: 'dropdown', name: 'home', title: 'Home', choices, choicesVisibleIf: '{wide} = true or {item} < 10' },
      ],
    };
    const criteria = [{ id: 'any', kind: 'exclusion', wording: 'None', when: { question: 'home', equals: 3 } }];
    const endpoint = await TestEndpoint.open(sampleStudy({ form, criteria }));
    const shown = ScreenerDriver.open({ endpoint: endpoint.address });
    await shown.until('a select', () => shown.root.querySelector('select')?.options.length === 11);
    shown.choose('Yes');
    await shown.until('forty choices', () => shown.root.querySelector('select')?.options.length === 41);
    shown.choose('No');
    await shown.until('ten choices', () => shown.root.querySelector('select')?.options.length === 11);
  });
});
