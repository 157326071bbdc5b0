import { assert } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { everyQuestionStudy } from '../../support/browser/sample-study.ts';
import { clean, clearStage, ScreenerDriver } from '../../support/browser/screener-driver.ts';
import { TestEndpoint } from '../../support/browser/test-endpoint.ts';

/** Every type of question: what it looks like to a reader of any kind, what it takes, and what arrives at the endpoint. */
describe('the fields of a form', () => {
  let endpoint: TestEndpoint;
  let screener: ScreenerDriver;

  beforeEach(async () => {
    endpoint = await TestEndpoint.open(everyQuestionStudy());
    screener = ScreenerDriver.open({ endpoint: endpoint.address });
    await screener.untilHeading('Choices');
  });
  afterEach(clearStage);

  const problems = () => screener.all('.problem').map((one) => clean(one.textContent));
  const checked = (question: string) =>
    [...screener.question(question).querySelectorAll('input:checked')].map((one) =>
      clean(one.closest('label')?.textContent),
    );

  async function goTo(page: 'Texts' | 'Scales' | 'Parts' | 'the end') {
    const ways = {
      Texts: () => screener.choose('East'),
      Scales: () => screener.type('First name', 'Ana'),
      Parts: async () => {
        screener.choose('7', 'How worn out are you?');
        for (const row of screener.all('.row')) {
          row.querySelectorAll('input')[1]?.click();
          await screener.element.updateComplete;
        }
      },
      'the end': () => screener.type('Free', 'yes'),
    };
    for (const [next, way] of Object.entries(ways)) {
      await way();
      await screener.element.updateComplete;
      await screener.goOn();
      if (next === page) return;
    }
  }

  /** What arrives, once the rest is filled in. */
  async function sent(from: 'Choices' | 'Texts' | 'Scales' | 'Parts', ways: () => Promise<void>) {
    await ways();
    const rest = { Choices: 4, Texts: 3, Scales: 2, Parts: 1 }[from];
    for (let page = 0; page < rest; page++) {
      const before = screener.heading;
      await fillIn();
      screener.get('button.primary').click();
      await screener.until('the next page', () => screener.heading !== before);
    }
    return (await endpoint.stored(1))[0]?.answers;
  }

  async function fillIn() {
    if (screener.heading === 'Choices' && checked('Which ward?').length === 0) screener.choose('East');
    if (screener.heading === 'Texts' && screener.field('First name').value === '') screener.type('First name', 'Ana');
    if (screener.heading === 'Scales') {
      if (checked('How worn out are you?').length === 0) screener.choose('7', 'How worn out are you?');
      for (const row of screener.all('.row')) {
        if (row.querySelector('input:checked') === null) row.querySelectorAll('input')[1]?.click();
        await screener.element.updateComplete;
      }
    }
    if (screener.heading === 'Parts') screener.type('Free', 'yes');
    await screener.element.updateComplete;
  }

  describe('one choice', () => {
    it('is a radio group with a legend; “Prefer not to answer” is an answer', async () => {
      const group = screener.question('Which ward?');
      assert.equal(group.localName, 'fieldset');
      assert.equal(group.getAttribute('role'), 'radiogroup');
      const answers = await sent('Choices', async () => screener.choose('Prefer not to answer'));
      assert.equal(answers?.ward, 'refused');
    });

    it('“other” takes a text, right under it and labelled; without one it is asked for', async () => {
      screener.choose('Something else', 'Which ward?');
      await screener.until('the line', () => screener.root.querySelector('.other') !== null);
      assert.include(clean(screener.get('.other').previousElementSibling?.textContent), 'Something else');
      screener.press('Next');
      await screener.until('the problem', () => problems().length > 0);
      assert.deepEqual(problems(), ['Please describe it in a few words.']);
      const link = screener.get('.summary a');
      link.click();
      assert.equal(screener.focused, screener.field('Name of the ward'));
      const answers = await sent('Choices', async () => screener.type('Name of the ward', 'North'));
      assert.equal(answers?.ward, 'other');
      assert.equal(answers?.['ward-Comment'], 'North');
    });

    it('another choice takes the text of “other” out of what is sent, and brings it back when chosen again', async () => {
      screener.choose('Something else', 'Which ward?');
      await screener.until('the line', () => screener.root.querySelector('.other') !== null);
      screener.type('Name of the ward', 'North');
      screener.choose('West');
      await screener.until('no line', () => screener.root.querySelector('.other') === null);
      screener.choose('Something else', 'Which ward?');
      await screener.until('the line', () => screener.root.querySelector('.other') !== null);
      assert.equal(screener.field('Name of the ward').value, 'North');
      const answers = await sent('Choices', async () => screener.choose('West'));
      assert.equal(answers?.ward, 'West');
      assert.notProperty(answers, 'ward-Comment');
    });

    it('an optional one can be taken back, and the focus stays with its choices', async () => {
      const question = 'Do you work nights?';
      screener.choose('No', question);
      await screener.untilText('Clear');
      screener.button('Clear').focus();
      screener.press('Clear');
      await screener.until('nothing chosen', () => checked(question).length === 0);
      assert.equal(screener.focused, screener.choice('Yes', question));
      const answers = await sent('Choices', async () => {});
      assert.notProperty(answers, 'nights');
    });

    it('yes and no are sent as true and false', async () => {
      const answers = await sent('Choices', async () => screener.choose('No', 'Do you work nights?'));
      assert.equal(answers?.nights, false);
    });
  });

  describe('several choices', () => {
    const question = 'What helps you?';

    it('is a group whose help says that several may be chosen', () => {
      const group = screener.question(question);
      const help = screener.root.getElementById(group.getAttribute('aria-describedby') ?? '');
      assert.deepEqual(
        [...(help?.querySelectorAll('p') ?? [])].map((line) => line.textContent),
        ['Think of the last week.', 'You can choose more than one.'],
      );
      assert.equal(help?.querySelector('strong')?.textContent, 'last week');
      assert.equal(group.querySelector('em')?.textContent, 'helps');
    });

    it('takes any number, in the order chosen, and lets go of one', async () => {
      const answers = await sent('Choices', async () => {
        for (const words of ['Walks', 'Sleep', 'Friends', 'Walks']) {
          screener.choose(words, question);
          await screener.element.updateComplete;
        }
      });
      assert.deepEqual(answers?.helps, ['Sleep', 'Friends']);
    });

    it('“None of these” stands alone, and yields to any other', async () => {
      for (const words of ['Walks', 'Sleep', 'None of these']) {
        screener.choose(words, question);
        await screener.element.updateComplete;
      }
      assert.deepEqual(checked(question), ['None of these']);
      screener.choose('Sleep', question);
      await screener.element.updateComplete;
      assert.deepEqual(checked(question), ['Sleep']);
    });

    it('“other” among them takes a text', async () => {
      screener.choose('Sleep', question);
      await screener.element.updateComplete;
      screener.choose('Something else', question);
      await screener.until('the line', () => screener.root.querySelector('.other') !== null);
      const answers = await sent('Choices', async () => screener.type('Please describe', 'Music'));
      assert.deepEqual(answers?.helps, ['Sleep', 'other']);
      assert.equal(answers?.['helps-Comment'], 'Music');
    });
  });

  describe('a short list', () => {
    const select = () => screener.field<HTMLSelectElement>('Which shift?');

    function pick(words: string) {
      const option = [...select().options].find(({ text }) => text === words);
      select().value = option?.value ?? '';
      select().dispatchEvent(new Event('change', { bubbles: true }));
    }

    it('begins with its placeholder, takes one, and gives it back', async () => {
      assert.equal(select().selectedOptions[0]?.text, 'Choose a shift');
      pick('Late');
      await screener.element.updateComplete;
      assert.equal(select().selectedOptions[0]?.text, 'Late');
      pick('Choose a shift');
      const answers = await sent('Choices', async () => {});
      assert.notProperty(answers, 'shift');
    });

    it('shows what was chosen after going on and back, and sends it', async () => {
      pick('Night');
      await goTo('Texts');
      screener.press('Back');
      await screener.untilHeading('Choices');
      assert.equal(select().selectedOptions[0]?.text, 'Night');
      const answers = await sent('Choices', async () => {});
      assert.equal(answers?.shift, 'Night');
    });

    it('“other” in it takes a text', async () => {
      pick('Something else');
      await screener.until('the line', () => screener.root.querySelector('.other') !== null);
      const answers = await sent('Choices', async () => screener.type('Please describe', 'Split'));
      assert.deepEqual([answers?.shift, answers?.['shift-Comment']], ['other', 'Split']);
    });
  });

  describe('text', () => {
    beforeEach(() => goTo('Texts'));

    it('says what it is for where that is safe, and nothing where it is not', () => {
      const purposes = ['First name', 'E-mail', 'Phone', 'Years in care', 'Since when?', 'Anything else?'].map(
        (label) => screener.field(label).autocomplete,
      );
      assert.deepEqual(purposes, ['given-name', 'email', 'tel', 'off', 'off', 'off']);
    });

    it('keeps all that was typed or pasted, too long or not, and says how much fits', async () => {
      screener.type('First name', 'Anastasia');
      screener.press('Next');
      await screener.until('the problem', () => problems().length > 0);
      assert.deepEqual(problems(), ['This is too long: 5 characters at most.']);
      assert.equal(screener.field('First name').value, 'Anastasia');
    });

    it('markup that somebody types is text', async () => {
      const answers = await sent('Texts', async () => screener.type('Anything else?', '<b>bold</b>\n& more'));
      assert.equal(answers?.more, '<b>bold</b>\n& more');
    });

    it('blanks around an address are not part of it', async () => {
      const answers = await sent('Texts', async () => screener.type('Phone', ' 555-0101 '));
      assert.equal(answers?.phone, '555-0101');
    });

    describe('a number', () => {
      it('stays as it was typed and is sent as a number', async () => {
        const answers = await sent('Texts', async () => {
          screener.type('First name', 'Ana');
          screener.type('Years in care', '3,5');
          await screener.goOn();
          screener.press('Back');
          await screener.untilHeading('Texts');
          assert.equal(screener.field('Years in care').value, '3,5');
        });
        assert.equal(answers?.years, 3.5);
      });

      it('brings a keyboard of figures and no spinning wheel', () => {
        const { type, inputMode } = screener.field('Years in care');
        assert.deepEqual([type, inputMode], ['text', 'decimal']);
      });

      for (const [typed, sentence] of [
        ['ten', 'Write a number, such as 12.'],
        ['-1', 'Write 0 or more.'],
        ['61', 'Write 60 or less.'],
      ] as const) {
        it(`“${typed}” stays, and “${sentence}”`, async () => {
          screener.type('First name', 'Ana');
          screener.type('Years in care', typed);
          screener.press('Next');
          await screener.until('the problem', () => problems().length > 0);
          assert.deepEqual(problems(), [sentence]);
          assert.equal(screener.field('Years in care').value, typed);
        });
      }
    });

    describe('a date', () => {
      const field = () => screener.field('Since when?');

      it('half of one is kept and named, and the problem leaves when it is whole', async () => {
        screener.type('First name', 'Ana');
        field().focus();
        await sendKeys({ type: '0203' });
        screener.press('Next');
        await screener.until('the problem', () => problems().length > 0);
        assert.deepEqual(problems(), ['Write a date that exists.']);
        assert.isTrue(field().validity.badInput, 'the half stands where it stood');
        screener.get('.summary a').click();
        assert.equal(screener.focused, field());
        field().blur();
        field().focus();
        await sendKeys({ type: '02032024' });
        await screener.until('no problem', () => problems().length === 0);
        assert.equal(field().value, '2024-02-03');
        const answers = await sent('Texts', async () => {});
        assert.equal(answers?.since, '2024-02-03');
      });

      it('a whole one that is being changed does not spring back, and is not sent half changed', async () => {
        screener.type('First name', 'Ana');
        screener.type('Since when?', '2020-05-06');
        await screener.element.updateComplete;
        field().focus();
        await sendKeys({ press: 'Backspace' });
        await screener.element.updateComplete;
        assert.isTrue(field().validity.badInput);
        assert.equal(field().value, '');
        screener.press('Next');
        await screener.until('the problem', () => problems().length > 0);
        assert.deepEqual(problems(), ['Write a date that exists.']);
      });

      it('half of one that is taken away again is no problem any more', async () => {
        screener.type('First name', 'Ana');
        field().focus();
        await sendKeys({ type: '02' });
        screener.press('Next');
        await screener.until('the problem', () => problems().length > 0);
        field().focus();
        for (let part = 0; part < 3; part++) {
          await sendKeys({ press: 'Backspace' });
          await sendKeys({ press: part === 0 ? 'ArrowLeft' : 'ArrowRight' });
        }
        field().blur();
        await screener.until('no problem', () => problems().length === 0);
      });

      it('out of bounds: the bound is written as the reader writes a day', async () => {
        screener.type('First name', 'Ana');
        screener.type('Since when?', '1999-12-31');
        screener.press('Next');
        await screener.until('the problem', () => problems().length > 0);
        assert.deepEqual(problems(), ['Choose January 1, 2000 or a later day.']);
        screener.element.lang = 'es';
        await screener.until('Spanish', () => screener.root.querySelector('.root')?.getAttribute('lang') === 'es');
        screener.get('button.primary').click();
        await screener.until('the problem', () => problems()[0]?.includes('enero') === true);
      });

      it('can be emptied', async () => {
        screener.type('Since when?', '2020-05-06');
        screener.type('Since when?', '');
        const answers = await sent('Texts', async () => {});
        assert.notProperty(answers, 'since');
      });
    });
  });

  describe('a rating', () => {
    beforeEach(() => goTo('Scales'));

    it('of figures stands side by side, its ends in words for everyone', () => {
      const question = screener.question('How worn out are you?');
      const help = screener.root.getElementById(question.getAttribute('aria-describedby') ?? '');
      assert.equal(clean(help?.textContent), '0: not at all. 10: as much as I can imagine.');
      const tops = [...question.querySelectorAll('label')].map((one) => one.getBoundingClientRect().top);
      assert.lengthOf(tops, 11);
      assert.equal(new Set(tops).size, 1);
    });

    it('of sentences stands line by line, so that none is cut', () => {
      const rows = [...screener.question('I look forward to work.').querySelectorAll('label')];
      assert.equal(new Set(rows.map((one) => one.getBoundingClientRect().left)).size, 1);
    });

    it('is sent as the value of its step', async () => {
      const answers = await sent('Scales', async () => {
        screener.choose('0', 'How worn out are you?');
        screener.choose('Strongly disagree');
      });
      assert.deepEqual([answers?.worn, answers?.agree], [0, 0]);
    });
  });

  describe('a matrix', () => {
    beforeEach(() => goTo('Scales'));
    const rows = () => screener.all('.row');

    it('is a radio group per row, every choice named in it, whatever the columns are called above', () => {
      for (const row of rows()) {
        assert.equal(row.getAttribute('role'), 'radiogroup');
        assert.deepEqual(
          [...row.querySelectorAll('input')].map((input) => clean(input.labels?.[0]?.textContent)),
          ['Always', 'Often', 'Sometimes', 'Seldom', 'Never or almost never'],
        );
      }
      assert.equal(screener.get('.heads').getAttribute('aria-hidden'), 'true');
    });

    it('is a grid where there is room, its columns under their heads, and stacked rows where there is not', async () => {
      screener.element.parentElement?.append(
        Object.assign(document.createElement('style'), { textContent: '#stage { width: 760px }' }),
      );
      const heads = [...screener.get('.heads').children].map(middle);
      for (const row of rows()) {
        const cells = [...row.querySelectorAll('.cell')];
        assert.equal(new Set(cells.map((cell) => cell.getBoundingClientRect().top)).size, 1);
        for (const [index, cell] of cells.entries()) assert.closeTo(middle(cell), heads[index] ?? Number.NaN, 1);
      }
      const style = screener.element.parentElement?.querySelector('style');
      if (style) style.textContent = '#stage { width: 500px }';
      assert.equal(getComputedStyle(screener.get('.heads')).display, 'none');
      const cells = [...(rows()[0]?.querySelectorAll('.cell') ?? [])];
      assert.equal(new Set(cells.map((cell) => cell.getBoundingClientRect().left)).size, 1);
      assert.isAbove(cells[0]?.querySelector('.words')?.getBoundingClientRect().width ?? 0, 30, 'words are seen');
    });

    it('asks for the rows that are missing, each by itself, and leads to them', async () => {
      screener.choose('7', 'How worn out are you?');
      rows()[1]?.querySelectorAll('input')[4]?.click();
      screener.press('Next');
      await screener.until('the problems', () => problems().length > 0);
      assert.deepEqual(problems(), ['Please answer this line.', 'Please answer this line.']);
      const links = screener.all('.summary a');
      assert.deepEqual(
        links.map((link) => clean(link.textContent)),
        ['… do you feel tired?', '… do you think: “I can’t take it anymore”?'],
      );
      links[1]?.click();
      assert.equal(screener.focused, rows()[2]?.querySelector('input'));
      assert.equal(rows()[2]?.getAttribute('aria-invalid'), 'true');
      assert.isFalse(rows()[1]?.hasAttribute('aria-invalid'));
      rows()[2]?.querySelector('input')?.click();
      await screener.until('one less', () => problems().length === 1);
    });

    it('is sent row by row', async () => {
      const answers = await sent('Scales', async () => {
        rows()[0]?.querySelectorAll('input')[0]?.click();
        await screener.element.updateComplete;
        rows()[2]?.querySelectorAll('input')[4]?.click();
        await screener.element.updateComplete;
      });
      assert.deepEqual(answers?.cbi, { tired: 100, cannot: 0, physical: 75 });
    });
  });

  describe('what stands between questions', () => {
    beforeEach(() => goTo('Parts'));

    it('prose is the Markdown subset, its headings under the page’s own', () => {
      const prose = screener.get('.prose');
      assert.equal(prose.querySelector('h3')?.textContent, 'A heading');
      assert.equal(prose.querySelector('a')?.getAttribute('href'), 'https://example.org');
      assert.equal(prose.querySelector('a')?.rel, 'noopener noreferrer');
      assert.lengthOf([...prose.querySelectorAll('li')], 2);
      assert.equal(screener.get('.lead em').textContent, 'between');
    });

    it('a panel names what belongs together', () => {
      const panel = screener.get('.panel');
      assert.equal(panel.querySelector('h3')?.textContent, 'A panel');
      assert.include(clean(panel.textContent), 'Questions that belong together.');
    });

    it('what is fixed is shown, cannot be changed, is asked of nobody, and is sent', async () => {
      const fixed = screener.field('Fixed');
      assert.equal(fixed.value, 'as it is');
      assert.isTrue(fixed.readOnly);
      assert.isNull(screener.question('Fixed').querySelector('.optional'));
      const answers = await sent('Parts', async () => {});
      assert.equal(answers?.fixed, 'as it is');
    });
  });
});

function middle(element: Element): number {
  const { left, width } = element.getBoundingClientRect();
  return left + width / 2;
}
