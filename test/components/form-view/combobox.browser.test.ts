import { assert } from '@open-wc/testing';
import { sendKeys, sendMouse, setViewport } from '@web/test-runner-commands';
import { accessibilityProblems } from '../../support/browser/accessible.ts';
import { setMedia } from '../../support/browser/media.ts';
import { sampleStudy } from '../../support/browser/sample-study.ts';
import { clean, clearStage, ScreenerDriver, stage } from '../../support/browser/screener-driver.ts';
import { keepPicture } from '../../support/browser/screenshot.ts';
import { TestEndpoint } from '../../support/browser/test-endpoint.ts';

const TREES = ['Maple', 'Oak', 'Birch', 'Peñón', 'Willow', 'Águila', 'Juniper', 'Rowan', 'St. Mary’s'];
const KINDS = ['House', 'Hill', 'Street', 'Court', 'Lane'];

/** Invented names, no two alike, in a fixed order. */
function nameOf(at: number): string {
  const number = at < 45 ? '' : ` ${Math.floor(at / 45) + 1}`;
  return `${TREES[at % TREES.length]} ${KINDS[Math.floor(at / TREES.length) % KINDS.length]}${number}`;
}

/** Firefox says that it has resized before the page has. */
async function resize(size: { readonly width: number; readonly height: number }): Promise<void> {
  await setViewport(size);
  while (innerWidth !== size.width || innerHeight !== size.height) {
    await new Promise((resolve) => addEventListener('resize', resolve, { once: true }));
  }
}

interface Offered {
  readonly homes?: number;
  readonly required?: boolean;
  readonly more?: object;
  /** Brings in the engine with logic. */
  readonly logic?: boolean;
  readonly attributes?: Readonly<Record<string, string>>;
}

/** A screener whose one page asks for a home, as a page shows it. */
class Homes extends ScreenerDriver {
  readonly endpoint: TestEndpoint;

  constructor(element: ScreenerDriver['element'], endpoint: TestEndpoint) {
    super(element);
    this.endpoint = endpoint;
  }

  static async show({
    homes = 180,
    required = true,
    more = {},
    logic = false,
    attributes = {},
  }: Offered = {}): Promise<Homes> {
    const home = {
      type: 'dropdown',
      name: 'home',
      title: { en: 'Which home?', es: '¿Qué hogar?' },
      isRequired: required,
      choices: Array.from({ length: homes }, (_, at) => ({ value: `h${at}`, text: nameOf(at) })),
      showNoneItem: true,
      noneText: { en: 'My home is not on this list', es: 'Mi hogar no está en la lista' },
      ...more,
    };
    const since = { type: 'text', name: 'since', title: { en: 'Since when?', es: '¿Desde cuándo?' } };
    const elements = [home, ...(logic ? [{ ...since, visibleIf: '{home} notempty' }] : [since])];
    const criteria = [{ id: 'listed', kind: 'exclusion', wording: 'None', when: { question: 'home', equals: 'none' } }];
    const form = { pages: [{ name: 'home', title: { en: 'Your home', es: 'Su hogar' }, elements }] };
    const endpoint = await TestEndpoint.open(sampleStudy({ form, criteria }));
    const { element } = ScreenerDriver.open({ endpoint: endpoint.address, attributes });
    const shown = new Homes(element, endpoint);
    await shown.until('the line of text', () => shown.root.querySelector('[role="combobox"]') !== null);
    return shown;
  }

  /** The answers that arrived, once the element says so. */
  async sent(): Promise<unknown> {
    await this.untilText('Your answers were sent');
    return (await this.endpoint.stored(1))[0]?.answers;
  }

  get input(): HTMLInputElement {
    return this.get<HTMLInputElement>('[role="combobox"]');
  }

  get isOpen(): boolean {
    assert.equal(this.list.checkVisibility?.() ?? true, this.input.getAttribute('aria-expanded') === 'true');
    return this.input.getAttribute('aria-expanded') === 'true';
  }

  get list(): HTMLElement {
    return this.get(`#${this.input.getAttribute('aria-controls')}`);
  }

  get options(): readonly HTMLElement[] {
    return [...this.list.querySelectorAll<HTMLElement>('[role="option"]')];
  }

  get names(): readonly string[] {
    return this.options.map((option) => clean(option.textContent));
  }

  get active(): string | undefined {
    const id = this.input.getAttribute('aria-activedescendant');
    return id === null ? undefined : clean(this.get(`#${id}`).textContent);
  }

  /** Types as a person does, into the line that has the focus. */
  async types(text: string): Promise<void> {
    this.input.focus();
    await sendKeys({ type: text });
  }

  async presses(...keys: readonly string[]): Promise<void> {
    for (const key of keys) await sendKeys({ press: key });
    await this.element.updateComplete;
  }

  async clicks(target: Element): Promise<void> {
    const { left, top, width, height } = target.getBoundingClientRect();
    await sendMouse({ type: 'click', position: [Math.round(left + width / 2), Math.round(top + height / 2)] });
    await this.element.updateComplete;
  }

  option(name: string): HTMLElement {
    const found = this.options.find((option) => clean(option.textContent) === name);
    if (found === undefined) throw new Error(`No option “${name}” among ${this.names.join(', ')}`);
    return found;
  }

  get toggle(): HTMLElement {
    return this.get('.tools [aria-expanded]');
  }
}

const NOT_LISTED = 'My home is not on this list';

describe('a dropdown with many choices', () => {
  afterEach(async () => {
    clearStage();
    await setMedia({});
    await resize({ width: 800, height: 700 });
  });

  for (const homes of [180, 5000]) {
    describe(`of ${homes}`, () => {
      it('is a combobox with a listbox that tells the true count', async () => {
        const shown = await Homes.show({ homes });
        const { input, list } = shown;
        assert.equal(shown.root.querySelector(`label[for="${input.id}"]`)?.textContent?.trim(), 'Which home?');
        assert.equal(input.getAttribute('aria-autocomplete'), 'list');
        assert.isFalse(shown.isOpen);
        assert.equal(list.getAttribute('role'), 'listbox');
        assert.lengthOf(shown.options, 0);
        input.focus();
        await shown.presses('ArrowDown');
        assert.isTrue(shown.isOpen);
        assert.equal(shown.active, nameOf(0));
        assert.isBelow(shown.options.length, 200);
        for (const [at, option] of shown.options.entries()) {
          const isLast = option === shown.options.at(-1);
          assert.equal(option.getAttribute('aria-setsize'), `${homes + 1}`);
          assert.equal(option.getAttribute('aria-posinset'), `${isLast ? homes + 1 : at + 1}`);
        }
      });

      it('filters by typing, chooses with the keyboard alone and sends the choice', async () => {
        const shown = await Homes.show({ homes });
        await shown.types('hill pen');
        assert.isTrue(shown.isOpen);
        assert.equal(shown.names[0], 'Peñón Hill');
        assert.isTrue(shown.names.slice(0, -1).every((name) => /^Peñón Hill/.test(name)));
        assert.isUndefined(shown.active);
        await shown.presses('ArrowDown', 'Enter');
        assert.isFalse(shown.isOpen);
        assert.equal(shown.input.value, 'Peñón Hill');
        assert.equal(shown.heading, 'Your home');
        await shown.presses('Enter');
        const sent = await shown.sent();
        assert.deepEqual(sent, { home: 'h12' });
      });

      it('draws more as one scrolls, and says when there are more than it lists', async () => {
        const shown = await Homes.show({ homes });
        await shown.types('maple');
        const count = Math.ceil(homes / TREES.length);
        assert.equal(shown.options[0]?.getAttribute('aria-setsize'), `${count + 1}`);
        const listed = Math.min(count, 300);
        const remark = `The first 300 of ${count} are listed. Type more letters to see others.`;
        assert.equal(shown.text.includes(remark), count > 300);
        while (shown.options.length <= listed) {
          const before = shown.options.length;
          shown.list.scrollTop = shown.list.scrollHeight;
          await shown.until('more options', () => shown.options.length > before);
        }
        assert.equal(new Set(shown.names).size, listed + 1);
        assert.equal(shown.options.at(-1)?.getAttribute('aria-posinset'), `${count + 1}`);
        await shown.types(' house 2');
        assert.isFalse(shown.text.includes('are listed'));
      });

      it('reaches every listed option with the keys, round at the ends', async () => {
        const shown = await Homes.show({ homes });
        shown.input.focus();
        await shown.presses('ArrowUp');
        assert.equal(shown.active, NOT_LISTED);
        await shown.presses('ArrowUp');
        assert.equal(shown.active, nameOf(Math.min(homes, 300) - 1));
        await shown.presses('ArrowDown', 'ArrowDown');
        assert.equal(shown.active, nameOf(0));
        await shown.presses('End');
        assert.equal(shown.active, NOT_LISTED);
        await shown.presses('Home');
        assert.equal(shown.active, nameOf(0));
      });
    });
  }

  it('moves by what is in view, and keeps the active option in view without moving the page', async () => {
    const shown = await Homes.show();
    shown.input.focus();
    await shown.presses('ArrowDown', 'PageDown');
    const page = shown.names.indexOf(shown.active ?? '');
    assert.isAbove(page, 2);
    await shown.presses('PageDown', 'PageDown', 'PageDown');
    assert.equal(shown.active, nameOf(4 * page));
    const results = shown.list.getBoundingClientRect();
    const option = shown.option(nameOf(4 * page)).getBoundingClientRect();
    assert.isAtLeast(option.top, results.top);
    assert.isAtMost(option.bottom, results.bottom);
    await shown.presses('PageUp');
    assert.equal(shown.active, nameOf(3 * page));
    assert.equal(scrollY, 0);
  });

  it('opens with Alt and the arrow without choosing, closes with Alt and the other', async () => {
    const shown = await Homes.show();
    shown.input.focus();
    await sendKeys({ down: 'Alt' });
    await shown.presses('ArrowDown');
    assert.isTrue(shown.isOpen);
    assert.isUndefined(shown.active);
    await shown.presses('ArrowUp');
    await sendKeys({ up: 'Alt' });
    assert.isFalse(shown.isOpen);
  });

  it('leaves Home, End and Shift to the text until an option is active', async () => {
    const shown = await Homes.show();
    await shown.types('oak');
    await shown.presses('Home');
    assert.equal(shown.input.selectionStart, 0);
    await sendKeys({ down: 'Shift' });
    await sendKeys({ press: 'End' });
    await sendKeys({ up: 'Shift' });
    assert.equal(shown.input.selectionEnd, 3);
    assert.isUndefined(shown.active);
  });

  it('closes with Escape, then takes back what was typed, and tells the page nothing of either', async () => {
    const shown = await Homes.show({ required: false });
    await shown.types('oak');
    let heard = 0;
    const hear = () => {
      heard += 1;
    };
    document.addEventListener('keydown', hear);
    await shown.presses('Escape');
    assert.isFalse(shown.isOpen);
    assert.equal(shown.input.value, 'oak');
    await shown.presses('Escape');
    assert.equal(shown.input.value, '');
    assert.equal(heard, 0);
    await shown.presses('Escape');
    assert.equal(heard, 1);
    document.removeEventListener('keydown', hear);
  });

  it('keeps the answer when a search is given up with Escape', async () => {
    const shown = await Homes.show();
    await shown.types('oak lane');
    await shown.presses('ArrowDown', 'Enter');
    await sendKeys({ press: 'Backspace' });
    await shown.presses('Escape', 'Escape');
    assert.equal(shown.input.value, 'Oak Lane');
  });

  it('takes the active option along with Tab', async () => {
    const shown = await Homes.show();
    await shown.types('willow');
    await shown.presses('ArrowDown', 'ArrowDown', 'Tab');
    assert.isFalse(shown.isOpen);
    assert.equal(shown.input.value, 'Willow Hill');
    assert.notEqual(shown.focused, shown.input);
  });

  it('takes the only result, or the one called exactly so, with Enter; among several it waits', async () => {
    const shown = await Homes.show();
    await shown.types('oak');
    await shown.presses('Enter');
    assert.isTrue(shown.isOpen);
    assert.equal(shown.input.value, 'oak');
    await shown.types(' hill 3');
    await shown.presses('Enter');
    assert.isFalse(shown.isOpen);
    assert.equal(shown.input.value, 'Oak Hill 3');
    shown.input.select();
    await shown.types('PENON HILL');
    assert.isAbove(shown.options.length, 2);
    await shown.presses('Enter');
    assert.equal(shown.input.value, 'Peñón Hill');
  });

  it('only closes with Enter where nothing was typed and nothing is active', async () => {
    const shown = await Homes.show({ required: false });
    await shown.clicks(shown.input);
    await shown.presses('Enter');
    assert.isFalse(shown.isOpen);
    assert.equal(shown.input.value, '');
    assert.equal(shown.heading, 'Your home');
  });

  it('begins at the top again with every letter', async () => {
    const shown = await Homes.show();
    await shown.types('o');
    await shown.presses('PageDown', 'PageDown');
    assert.isAbove(shown.list.scrollTop, 0);
    await shown.types('u');
    assert.equal(shown.list.scrollTop, 0);
    assert.isUndefined(shown.active);
  });

  it('offers all again when what is being typed is cleared', async () => {
    const shown = await Homes.show();
    await shown.types('oak');
    await shown.clicks(shown.get('#q-home-clear'));
    assert.isTrue(shown.isOpen);
    assert.equal(shown.input.value, '');
    assert.equal(shown.names[0], nameOf(0));
    assert.equal(shown.options[0]?.getAttribute('aria-setsize'), '181');
  });

  it('leaves the keys to an input method while it composes', async () => {
    const shown = await Homes.show();
    await shown.types('oak');
    await shown.presses('ArrowDown');
    for (const key of ['Enter', 'ArrowDown', 'Escape']) {
      const event = new KeyboardEvent('keydown', { key, isComposing: true, bubbles: true, cancelable: true });
      assert.isTrue(shown.input.dispatchEvent(event));
    }
    assert.isTrue(shown.isOpen);
    assert.equal(shown.input.value, 'oak');
    assert.equal(shown.active, 'Oak House');
  });

  it('takes what is called exactly as typed when the field is left, and guesses nothing else', async () => {
    const shown = await Homes.show();
    await shown.types('st marys court');
    await shown.presses('Tab');
    assert.equal(shown.input.value, 'St. Mary’s Court');
    shown.input.select();
    await shown.types('oak hill 3 ');
    await shown.presses('Tab');
    assert.equal(shown.input.value, 'Oak Hill 3');
    shown.input.select();
    await shown.types('rowan lane 4x');
    await shown.presses('Tab');
    assert.equal(shown.input.value, 'rowan lane 4x');
  });

  for (const logic of [false, true]) {
    it(`keeps what is no choice, ${logic ? 'with' : 'without'} logic, names it as a problem, and takes the next answer`, async () => {
      const shown = await Homes.show({ logic });
      await shown.types('Nowhere');
      await shown.untilText('Nothing found');
      await shown.presses('Tab');
      await shown.element.updateComplete;
      assert.equal(shown.input.value, 'Nowhere');
      shown.press('Send my answers');
      await shown.untilText('This is not one of the answers offered.');
      assert.equal(shown.input.value, 'Nowhere');
      assert.equal(shown.input.getAttribute('aria-invalid'), 'true');
      shown.get('.summary a').click();
      assert.equal(shown.focused, shown.input);
      shown.input.select();
      await shown.types('maple house');
      await shown.presses('Enter');
      await shown.untilGone('This is not one of the answers offered.');
      shown.press('Send my answers');
      const sent = await shown.sent();
      assert.deepEqual(sent, { home: 'h0' });
    });
  }

  it('does not take a typed word for the value of a choice', async () => {
    const shown = await Homes.show();
    await shown.types('none');
    await shown.presses('Tab');
    assert.equal(shown.input.value.trim(), 'none');
    shown.press('Send my answers');
    await shown.untilText('This is not one of the answers offered.');
  });

  it('counts what was typed when Enter sends it with the list closed', async () => {
    const shown = await Homes.show();
    await shown.types('oak lane');
    await shown.presses('Escape', 'Enter');
    const sent = await shown.sent();
    assert.deepEqual(sent, { home: 'h37' });
  });

  it('takes an answer back when its text is deleted or cleared', async () => {
    const shown = await Homes.show({ required: false });
    for (const way of ['delete', 'button', 'keyboard']) {
      await shown.types('oak lane');
      await shown.presses('Enter');
      assert.equal(shown.input.value, 'Oak Lane');
      if (way === 'delete') {
        shown.input.select();
        await shown.presses('Backspace', 'Tab');
      } else if (way === 'button') await shown.clicks(shown.get('#q-home-clear'));
      else await shown.presses('Tab', 'Enter');
      assert.equal(shown.input.value, '', way);
      assert.isTrue(shown.get('#q-home-clear').hidden);
    }
    assert.equal(shown.focused, shown.input);
    shown.press('Send my answers');
    const sent = await shown.sent();
    assert.deepEqual(sent, {});
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
