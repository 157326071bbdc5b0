import { assert } from '@open-wc/testing';
import { setViewport } from '@web/test-runner-commands';
import { registerCatalogue } from '../../../components/index.ts';
import { accessibilityProblems } from '../../support/browser/accessible.ts';
import { layoutProblems } from '../../support/browser/layout.ts';
import { mirrored } from '../../support/browser/mirrored.ts';
import { everyQuestionStudy, sampleStudy } from '../../support/browser/sample-study.ts';
import { clearStage, ScreenerDriver, stage } from '../../support/browser/screener-driver.ts';
import { keepPicture } from '../../support/browser/screenshot.ts';
import { TestEndpoint } from '../../support/browser/test-endpoint.ts';

describe('the language of an element', () => {
  const pageLanguage = document.documentElement.lang;
  afterEach(async () => {
    document.documentElement.lang = pageLanguage;
    await clearStage();
  });

  async function open(attributes: Readonly<Record<string, string>>, study = sampleStudy(), parent: Element = stage()) {
    const endpoint = await TestEndpoint.open(study);
    const screener = ScreenerDriver.open({ endpoint: endpoint.address, attributes, parent });
    await screener.until('a heading', () => screener.heading !== '');
    return { endpoint, screener };
  }

  it('is its own `lang`, in any region', async () => {
    const { screener } = await open({ lang: 'es-MX' });
    assert.equal(screener.heading, 'Su trabajo');
    assert.equal(screener.get('.root').lang, 'es');
    assert.equal(screener.button('Siguiente').type, 'submit');
  });

  it('else that of what it stands in', async () => {
    const around = Object.assign(document.createElement('section'), { lang: 'es' });
    stage().append(around);
    const { screener } = await open({ lang: '' }, sampleStudy(), around);
    assert.equal(screener.heading, 'Su trabajo');
  });

  it('else the page’s, and follows it', async () => {
    document.documentElement.lang = 'es';
    const { screener } = await open({ lang: '' });
    assert.equal(screener.heading, 'Su trabajo');
    document.documentElement.lang = 'en';
    await screener.untilHeading('Your work');
    await screener.untilText('Next');
  });

  it('one that the study does not have: its first, in the kit’s words too, so that nobody reads two at once', async () => {
    const { screener } = await open({ lang: 'fr' });
    assert.equal(screener.heading, 'Your work');
    assert.equal(screener.get('.root').lang, 'en');
    const spanish = await open({ lang: 'en' }, sampleStudy({}, { languages: ['es'] }));
    await spanish.screener.untilText('Siguiente');
    assert.equal(spanish.screener.heading, 'Su trabajo');
  });

  it('changes live, in the middle of a page: answers, page and what was typed stay', async () => {
    const { endpoint, screener } = await open({ lang: 'en' });
    screener.choose('Nurse');
    screener.press('Next');
    await screener.untilHeading('Your time');
    screener.type('How many hours a week?', '36');
    screener.element.lang = 'es';
    await screener.untilHeading('Su tiempo');
    await screener.untilText('Enviar mis respuestas');
    assert.equal(screener.field('¿Cuántas horas por semana?').value, '36');
    screener.element.lang = 'en';
    await screener.untilHeading('Your time');
    screener.element.lang = 'es';
    await screener.untilHeading('Su tiempo');
    await screener.untilText('Enviar mis respuestas');
    screener.press('Enviar mis respuestas');
    await screener.untilHeading('Es posible que pueda participar');
    const [sent] = await endpoint.stored(1);
    assert.deepEqual([sent?.locale, sent?.answers], ['es', { role: 'nurse', hours: 36 }]);
  });

  it('changes on the verdict’s page too, and nothing goes blank meanwhile', async () => {
    const { screener } = await open({ lang: 'en' });
    screener.choose('Office');
    screener.press('Next');
    await screener.untilHeading('Your time');
    screener.type('How many hours a week?', '36');
    screener.press('Send my answers');
    await screener.untilState('sent');
    const headings = new Set<string>();
    const observer = new MutationObserver(() => headings.add(screener.heading));
    observer.observe(screener.root, { subtree: true, childList: true, characterData: true });
    screener.element.lang = 'es';
    await screener.untilHeading('Este estudio no es el adecuado para usted');
    observer.disconnect();
    assert.notInclude([...headings], '');
    assert.include(screener.text, 'Para quienes atienden a pacientes.');
  });

  it('numbers and days are written as the reader writes them', async () => {
    const { screener } = await open({ lang: 'es' });
    screener.pick(2);
    await screener.goOn();
    screener.fill(0, '36');
    await screener.goOn();
    await screener.untilState('sent');
    assert.match(screener.text, /Sus respuestas se enviaron el \d{1,2} de \p{L}+ de \d{4}/u);
  });

  describe('from right to left', () => {
    const names = { title: { en: 'Study', ar: 'دراسة' }, languages: ['en', 'ar'] };
    before(() => registerCatalogue('ar', async () => mirrored()));

    it('turns everything round: direction, order of buttons, marks at the other end; on a page from left to right', async () => {
      await setViewport({ width: 1000, height: 800 });
      const { screener } = await open({ lang: 'ar' }, sampleStudy({}, names));
      assert.equal(screener.get('.root').dir, 'rtl');
      assert.equal(getComputedStyle(screener.get('.root')).direction, 'rtl');
      screener.pick(0);
      await screener.goOn();
      const [next, back] = screener.all('form button').map((button) => button.getBoundingClientRect());
      assert.isBelow(next?.left ?? Number.NaN, back?.left ?? Number.NaN, 'the way on is at the end, which is the left');
      const row = screener.get('.choice');
      const input = row.querySelector('input')?.getBoundingClientRect();
      const words = row.querySelector('.words')?.getBoundingClientRect();
      assert.isAbove(input?.left ?? 0, words?.left ?? 0);
      assert.equal(getComputedStyle(document.documentElement).direction, 'ltr');
    });

    for (const width of [390, 1000]) {
      it(`every question is in view at ${width} px, and axe finds nothing`, async () => {
        await setViewport({ width, height: 800 });
        const { screener } = await open({ lang: 'ar' }, everyQuestionStudy(names));
        const ways = [() => screener.pick(0), () => screener.fill(0, 'Ana'), () => {}];
        for (const way of ways) {
          await screener.element.updateComplete;
          await keepPicture(`rtl ${width} ${screener.heading}`);
          assert.deepEqual(layoutProblems(screener.element), []);
          assert.deepEqual(await accessibilityProblems(screener.element), []);
          way();
          await screener.goOn();
        }
        await keepPicture(`rtl ${width} ${screener.heading} problems`);
        assert.deepEqual(layoutProblems(screener.element), []);
      });
    }

    it('a page from right to left does not turn an English form round', async () => {
      document.documentElement.dir = 'rtl';
      try {
        const { screener } = await open({ lang: 'en' });
        assert.equal(getComputedStyle(screener.get('.root')).direction, 'ltr');
        assert.equal(getComputedStyle(screener.get('h2')).textAlign, 'start');
      } finally {
        document.documentElement.removeAttribute('dir');
      }
    });
  });
});
