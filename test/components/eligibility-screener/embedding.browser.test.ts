import { assert } from '@open-wc/testing';
import { setViewport } from '@web/test-runner-commands';
import { HostFrame } from '../../support/browser/host-frame.ts';
import { layoutProblems } from '../../support/browser/layout.ts';
import { sampleStudy } from '../../support/browser/sample-study.ts';
import { type Scene, scenes } from '../../support/browser/scenes.ts';
import { clearStage, ScreenerDriver, stage } from '../../support/browser/screener-driver.ts';
import { TestEndpoint } from '../../support/browser/test-endpoint.ts';

/** What a page may do to everything on it, by accident or in the belief that it must. */
const HOSTILE = `
  * {
    display: inline !important;
    font: italic 700 31px / 3 fantasy !important;
    color: red !important;
    -webkit-text-fill-color: red !important;
    background: yellow !important;
    border: 7px ridge lime !important;
    border-radius: 30px !important;
    outline: 3px solid blue !important;
    padding: 11px !important;
    opacity: 0.4 !important;
    filter: sepia(1) !important;
    transform: skewX(4deg) !important;
    zoom: 1.4 !important;
    box-shadow: 0 0 9px red !important;
    columns: 3 !important;
    overflow: hidden !important;
    letter-spacing: 6px !important;
    word-spacing: 9px !important;
    text-transform: uppercase !important;
    text-align: right !important;
    text-indent: 40px !important;
    text-decoration: line-through !important;
    text-shadow: 1px 1px 2px red !important;
    white-space: nowrap !important;
    word-break: break-all !important;
    writing-mode: vertical-rl !important;
    direction: rtl !important;
    unicode-bidi: bidi-override !important;
    visibility: hidden !important;
    cursor: none !important;
    pointer-events: none !important;
    user-select: none !important;
    list-style: square inside !important;
    quotes: none !important;
    hyphens: auto !important;
    tab-size: 12 !important;
    color-scheme: dark !important;
    accent-color: red !important;
    caret-color: red !important;
    transition: all 3s !important;
    animation: spin 1s infinite !important;
    --accent: red !important; --ink: red !important; --paper: red !important; --radius: 0 !important; --font: fantasy !important;
  }
  @keyframes spin { to { rotate: 1turn } }
  *::before, *::after { content: 'X' !important; display: block !important; }
  .root, .card, .choice, h2, p, button, input, label { display: none !important; }
  :root { font-size: 40px !important; }
`;

describe('the screener in a page', () => {
  afterEach(async () => {
    for (const style of document.head.querySelectorAll('style.test')) style.remove();
    document.documentElement.removeAttribute('dir');
    await clearStage();
  });

  function addStyle(text: string): HTMLStyleElement {
    const style = Object.assign(document.createElement('style'), { className: 'test', textContent: text });
    document.head.append(style);
    return style;
  }

  /** Where everything in the element is, as seen from it, and every style of one of each kind. */
  function looks({ element, root }: ScreenerDriver): readonly string[] {
    const { x, y } = element.getBoundingClientRect();
    const kinds = new Set<string>();
    // The same for every element, and in Firefox as long to list as to read.
    const names = [...getComputedStyle(element)].filter((name) => !name.startsWith('--'));
    return [...root.querySelectorAll('.root, .root :not(slot, option)')].map((inside, index) => {
      const box = inside.getBoundingClientRect();
      const at = [box.x - x, box.y - y, box.width, box.height].map((value) => Math.round(value * 8) / 8);
      const kind = `${inside.localName} ${inside.className} ${inside.parentElement?.className}`;
      const place = `${index} <${kind}> ${at}`;
      if (kinds.has(kind)) return place;
      kinds.add(kind);
      const style = getComputedStyle(inside);
      const styles = names.map((name) => style.getPropertyValue(name));
      return `${place}\n${styles.join('\n')}`;
    });
  }

  async function open(attributes: Readonly<Record<string, string>> = {}, parent: Element = stage()) {
    const endpoint = await TestEndpoint.open(sampleStudy());
    const screener = ScreenerDriver.open({ endpoint: endpoint.address, attributes, parent });
    await screener.untilHeading('Your work');
    return { endpoint, screener };
  }

  describe('that styles everything', () => {
    for (const name of [
      'choices, with problems',
      'texts, filled',
      'scales, chosen',
      'parked',
      'failed, with whom to ask',
    ]) {
      it(`nothing of it reaches in: ${name}`, async function () {
        // Some dozens of elements, some hundreds of properties each, twice.
        this.timeout(60_000);
        const scene: Scene = scenes[name] ?? assert.fail();
        // The element's own box is the page's to place: the same one with the styles as without.
        const frame = Object.assign(document.createElement('div'), { id: 'frame' });
        addStyle('#frame { all: initial !important; display: inline-block !important; width: 700px !important }');
        stage().append(frame);
        const screener = await scene({ parent: frame, attributes: { theme: 'light' } });
        (document.activeElement as HTMLElement | null)?.blur();
        for (const animation of screener.root.getAnimations()) animation.finish();
        const before = looks(screener);
        const hostile = addStyle(HOSTILE);
        document.head.prepend(hostile);
        assert.equal(getComputedStyle(stage()).fontStyle, 'italic', 'the page itself is styled');
        const after = looks(screener);
        for (const [index, look] of before.entries()) assert.equal(after[index], look);
      });
    }
  });

  describe('wherever it is put', () => {
    const places: Readonly<Record<string, string>> = {
      'a block': '',
      'a row that shares out its space': '#place { display: flex }',
      'a row beside something else':
        '#place { display: flex } #place::before { content: ""; flex: none; width: 200px }',
      'a centred column': '#place { display: flex; flex-direction: column; align-items: center }',
      'a grid': '#place { display: grid; justify-items: start }',
      'a grid of columns': '#place { display: grid; grid-template-columns: 1fr 60px }',
      'a float': '#place > * { float: left }',
      'a line of text': '#place > * { display: inline-block }',
      'a table cell': '#place { display: table-cell }',
      'a box that fits its content': '#place { width: fit-content }',
      'a corner of the page':
        '#place { position: relative; height: 900px } #place > * { position: absolute; right: 0 }',
    };
    for (const [where, css] of Object.entries(places)) {
      for (const width of [1280, 390]) {
        it(`${where} of ${width} px: it is wide enough to be read, and no wider than its place`, async () => {
          await setViewport({ width, height: 800 });
          addStyle(css);
          const place = Object.assign(document.createElement('div'), { id: 'place' });
          stage().append(place);
          const { screener } = await open({}, place);
          const { width: own, right } = screener.element.getBoundingClientRect();
          const beside = where === 'a row beside something else' && width === 390 ? 160 : 300;
          assert.isAtLeast(own, beside);
          assert.isAtMost(right, innerWidth);
          if (own >= 280) assert.deepEqual(layoutProblems(screener.element), []);
        });
      }
    }

    it('the page may give it a width', async () => {
      await setViewport({ width: 1280, height: 800 });
      addStyle('steady-eligibility-screener { width: 400px; margin: 20px auto }');
      const { screener } = await open();
      assert.equal(screener.element.getBoundingClientRect().width, 400);
    });

    it('`hidden` hides it, and keeps what was answered', async () => {
      const { screener } = await open();
      screener.choose('Nurse');
      screener.element.hidden = true;
      assert.equal(screener.element.getBoundingClientRect().height, 0);
      screener.element.hidden = false;
      assert.isAbove(screener.element.getBoundingClientRect().height, 100);
      assert.isTrue(screener.choice('Nurse').checked);
    });
  });

  describe('that moves it about', () => {
    it('moved while somebody answers: nothing is lost, nothing is loaded again', async () => {
      const { endpoint, screener } = await open();
      screener.choose('Nurse');
      screener.press('Next');
      await screener.untilHeading('Your time');
      screener.type('How many hours a week?', '3');
      // What is asked for once more would not come.
      await endpoint.tell({ study: { status: 500 } });
      const elsewhere = document.createElement('section');
      stage().append(elsewhere);
      elsewhere.append(screener.element);
      await screener.element.updateComplete;
      assert.equal(screener.heading, 'Your time');
      assert.equal(screener.field('How many hours a week?').value, '3');
      screener.type('How many hours a week?', '36');
      screener.press('Send my answers');
      await screener.untilHeading('You may be able to take part');
      const answers = (await endpoint.stored(1)).map((one) => one.answers);
      assert.deepEqual(answers, [{ role: 'nurse', hours: 36 }]);
    });

    it('taken away and put back: it is where it was, and speaks what its new place speaks', async () => {
      const { screener } = await open({ lang: '' });
      screener.choose('Nurse');
      screener.element.remove();
      await screener.element.updateComplete;
      const spanish = Object.assign(document.createElement('section'), { lang: 'es' });
      stage().append(spanish);
      spanish.append(screener.element);
      await screener.untilHeading('Su trabajo');
      assert.isTrue(screener.choice('Enfermería').checked);
      screener.element.remove();
      stage().append(screener.element);
      await screener.untilHeading('Your work');
    });

    it('taken away while its study is on the way, and put back', async () => {
      const endpoint = await TestEndpoint.open(undefined, { study: 'wait' });
      const screener = ScreenerDriver.open({ endpoint: endpoint.address });
      await screener.untilText('Loading');
      screener.element.remove();
      await endpoint.tell({ study: { body: JSON.stringify(sampleStudy()) } });
      await screener.untilHeading('Your work');
      stage().append(screener.element);
      screener.choose('Nurse');
      screener.press('Next');
      await screener.untilHeading('Your time');
    });

    it('taken away once its answers are on their way: they arrive', async () => {
      const { endpoint, screener } = await open();
      await endpoint.tell({ submissions: 'wait' });
      screener.choose('Office');
      screener.press('Next');
      await screener.untilHeading('Your time');
      screener.type('How many hours a week?', '36');
      screener.press('Send my answers');
      await endpoint.seen(1);
      screener.element.remove();
      await endpoint.tell({ submissions: 'receipt' });
      assert.lengthOf(await endpoint.stored(1), 1);
    });
  });

  describe('with scripts of every kind', () => {
    const visit = async (host: HostFrame, endpoint: TestEndpoint) => {
      await host.window.customElements.whenDefined('steady-eligibility-screener');
      const parent = host.document.querySelector('#stage') ?? assert.fail();
      const screener = ScreenerDriver.open({ endpoint: endpoint.address, parent });
      await screener.untilHeading('Your work');
      screener.choose('Office');
      screener.press('Next');
      await screener.untilHeading('Your time');
      screener.type('How many hours a week?', '36');
      screener.press('Send my answers');
      await screener.untilState('sent');
      assert.lengthOf(await endpoint.stored(1), 1);
      assert.lengthOf(await endpoint.seen(), 1);
    };

    /** Adds a module script to a page, as a second team would; resolves once it ran, rejects if it could not. */
    async function load(host: HostFrame, path: string): Promise<void> {
      const script = Object.assign(host.document.createElement('script'), { type: 'module', src: path });
      const ran = new Promise((resolve, reject) => {
        script.onload = resolve;
        script.onerror = reject;
        host.window.addEventListener('error', reject);
        host.window.addEventListener('unhandledrejection', reject);
      });
      host.document.head.append(script);
      await ran;
    }

    it('the script twice', async () => {
      const host = await HostFrame.open('page.html');
      await load(host, '/components/loader.ts');
      await load(host, '/components/loader.ts?again');
      await load(host, '/components/eligibility-screener/eligibility-screener.define.ts?again');
      await visit(host, await TestEndpoint.open(sampleStudy()));
    });

    it('two copies of the kit: the first one stays', async () => {
      const host = await HostFrame.open('page.html');
      const first = host.window.customElements.get('steady-eligibility-screener');
      await load(host, '/second-copy/components/define.ts');
      await load(host, '/second-copy/components/loader.ts');
      assert.equal(host.window.customElements.get('steady-eligibility-screener'), first);
      await visit(host, await TestEndpoint.open(sampleStudy()));
    });

    it('the loader fetches an element when its tag comes, wherever and whenever that is', async () => {
      const host = await HostFrame.open('busy.html');
      await load(host, '/components/loader.ts');
      const endpoint = await TestEndpoint.open(sampleStudy());
      const deep = host.document.createElement('section');
      deep.innerHTML = '<div><p></p></div>';
      host.document.body.append(deep);
      const screener = ScreenerDriver.open({ endpoint: endpoint.address, parent: deep.querySelector('div') ?? deep });
      await host.window.customElements.whenDefined('steady-eligibility-screener');
      await screener.untilHeading('Your work');
    });

    it('properties set before the script came are kept', async () => {
      const endpoint = await TestEndpoint.open(sampleStudy());
      const host = await HostFrame.open('busy.html');
      const element = host.document.querySelector('steady-eligibility-screener') ?? assert.fail();
      Object.assign(element, {
        study: 'quiet-hours',
        endpoint: endpoint.address,
        theme: 'dark',
        source: 'early',
        mode: 'test',
      });
      await load(host, '/components/loader.ts');
      await host.window.customElements.whenDefined('steady-eligibility-screener');
      const screener = new ScreenerDriver(element);
      await screener.untilText('This is a test.');
      assert.equal(screener.get('.root').dataset.theme, 'dark');
      assert.equal(element.source, 'early');
    });

    it('two elements on one page, of two studies: each asks, keeps and sends its own', async () => {
      const one = await TestEndpoint.open(sampleStudy());
      const two = await TestEndpoint.open(sampleStudy({}, { id: 'second', title: 'Second' }));
      const first = ScreenerDriver.open({ endpoint: one.address });
      const second = ScreenerDriver.open({ endpoint: two.address, study: 'second', attributes: { lang: 'es' } });
      await first.untilHeading('Your work');
      await second.untilHeading('Su trabajo');
      first.choose('Nurse');
      second.pick(2);
      await first.goOn();
      await second.goOn();
      first.fill(0, '36');
      second.fill(0, '8');
      await Promise.all([first.goOn(), second.goOn()]);
      assert.equal(first.heading, 'You may be able to take part');
      assert.equal(second.heading, 'Este estudio no es el adecuado para usted');
      assert.deepEqual((await one.stored(1))[0]?.answers, { role: 'nurse', hours: 36 });
      assert.deepEqual((await two.stored(1))[0]?.answers, { role: 'office', hours: 8 });
    });
  });
});
