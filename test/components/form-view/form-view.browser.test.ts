import { assert } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { everyQuestionStudy, sampleStudy } from '../../support/browser/sample-study.ts';
import { clean, clearStage, ScreenerDriver } from '../../support/browser/screener-driver.ts';
import { TestEndpoint } from '../../support/browser/test-endpoint.ts';

/** A form page by page, in the element that shows it. */
describe('a form on the screen', () => {
  afterEach(clearStage);

  async function open(study: object = sampleStudy()) {
    const endpoint = await TestEndpoint.open(study);
    const screener = ScreenerDriver.open({ endpoint: endpoint.address });
    await screener.until('a heading', () => screener.heading !== '');
    return { endpoint, screener };
  }

  /** Every question of the study, on the page of texts. */
  async function openTexts() {
    const { screener } = await open(everyQuestionStudy());
    screener.choose('East');
    screener.press('Next');
    await screener.untilHeading('Texts');
    return screener;
  }

  const summary = (screener: ScreenerDriver) => screener.root.querySelector<HTMLElement>('.summary');
  const links = (screener: ScreenerDriver) => screener.all('.summary a').map((link) => clean(link.textContent));
  const sentences = (screener: ScreenerDriver) => screener.all('.problem').map((one) => clean(one.textContent));

  describe('pages', () => {
    it('says where one is and how long it takes, to the eye and to the ear', async () => {
      const { screener } = await open();
      assert.include(screener.text, '1 of 2');
      assert.equal(screener.get('.progress .spoken').textContent, 'Page 1 of 2');
      assert.include(screener.text, 'about 1 min left');
      const line = screener.get<HTMLProgressElement>('progress');
      assert.deepEqual([line.value, line.max], [1, 2]);
      screener.choose('Nurse');
      screener.press('Next');
      await screener.untilHeading('Your time');
      assert.equal(screener.get('.progress .spoken').textContent, 'Page 2 of 2');
      assert.equal(screener.get<HTMLProgressElement>('progress').value, 2);
    });

    it('the time left counts the questions left', async () => {
      const { screener } = await open(everyQuestionStudy());
      assert.include(screener.text, 'about 4 min left');
      screener.choose('East');
      screener.press('Next');
      await screener.untilText('about 3 min left');
    });

    it('the heading takes the focus after Next and after Back, and Back keeps what was answered', async () => {
      const { screener } = await open();
      screener.choose('Physician');
      screener.press('Next');
      await screener.untilHeading('Your time');
      await screener.until('focus on the heading', () => screener.focused?.localName === 'h2');
      screener.type('How many hours a week?', '4x');
      screener.choose('Yes', 'Do you work nights?');
      screener.press('Back');
      await screener.untilHeading('Your work');
      await screener.until('focus on the heading', () => screener.focused?.localName === 'h2');
      assert.isTrue(screener.choice('Physician').checked);
      screener.press('Next');
      await screener.untilHeading('Your time');
      assert.equal(screener.field('How many hours a week?').value, '4x', 'as it was typed, wrong or not');
      assert.isTrue(screener.choice('Yes').checked);
    });

    it('the first page has no Back, the last one sends', async () => {
      const { screener } = await open();
      assert.deepEqual(
        screener.all('form button').map((button) => clean(button.textContent)),
        ['Next'],
      );
      screener.choose('Nurse');
      screener.press('Next');
      await screener.untilHeading('Your time');
      assert.deepEqual(
        screener.all('form button').map((button) => clean(button.textContent)),
        ['Send my answers', 'Back'],
      );
    });

    it('a page without a title is called by the study’s', async () => {
      const { screener } = await open(
        sampleStudy({ form: { elements: [{ type: 'boolean', name: 'role', title: 'Well?' }] } }),
      );
      assert.equal(screener.heading, 'Quiet hours');
    });

    it('an optional question says so, a required one tells assistive technology', async () => {
      const { screener } = await open();
      assert.equal(screener.question('What is your job?').getAttribute('aria-required'), 'true');
      assert.isNull(screener.question('What is your job?').querySelector('.optional'));
      screener.choose('Nurse');
      screener.press('Next');
      await screener.untilHeading('Your time');
      assert.equal(screener.question('Do you work nights?').querySelector('.optional')?.textContent, '(optional)');
      assert.isFalse(screener.question('Do you work nights?').hasAttribute('aria-required'));
      assert.equal(screener.field('How many hours a week?').getAttribute('aria-required'), 'true');
    });

    it('sends from the last page only when all are well: what is wrong on an earlier page is opened', async () => {
      const { screener, endpoint } = await open();
      screener.choose('Nurse');
      screener.press('Next');
      await screener.untilHeading('Your time');
      const [key] = Object.keys(sessionStorage);
      const draft = JSON.parse(sessionStorage.getItem(key ?? '') ?? '{}');
      screener.element.remove();
      // As if the study had taken an answer out under somebody's hands.
      sessionStorage.setItem(key ?? '', JSON.stringify({ ...draft, answers: { role: 'janitor', hours: '30' } }));
      const again = ScreenerDriver.open({ endpoint: endpoint.address });
      await again.untilHeading('Your time');
      again.press('Send my answers');
      await again.untilHeading('Your work');
      await again.until('the summary', () => summary(again) !== null);
      assert.deepEqual(links(again), ['What is your job?']);
      assert.deepEqual(sentences(again), ['This is not one of the answers offered. Choose one of those shown.']);
      assert.equal(again.focused, summary(again));
      assert.deepEqual(await endpoint.seen(), []);
    });
  });

  describe('problems', () => {
    it('the summary takes the focus, says how many, and its links lead to the controls; the address stays', async () => {
      const { screener } = await open(everyQuestionStudy());
      const address = location.href;
      screener.press('Next');
      await screener.until('the summary', () => summary(screener) !== null);
      assert.equal(screener.focused, summary(screener));
      assert.equal(summary(screener)?.getAttribute('role'), 'group');
      const title = summary(screener)?.getAttribute('aria-labelledby') ?? '';
      assert.equal(screener.root.getElementById(title)?.textContent, 'One answer is missing');
      assert.deepEqual(links(screener), ['Which ward?']);
      screener.get('.summary a').click();
      assert.equal(screener.focused, screener.choice('East'));
      assert.equal(location.href, address);
    });

    it('a problem belongs to its question for everyone: described by its sentence, marked invalid', async () => {
      const screener = await openTexts();
      screener.press('Next');
      await screener.until('the summary', () => summary(screener) !== null);
      const field = screener.field('First name');
      assert.equal(field.getAttribute('aria-invalid'), 'true');
      const sentence = screener.root.getElementById(field.getAttribute('aria-describedby') ?? '');
      assert.equal(sentence?.textContent, 'Please answer this question.');
    });

    it('counts, and links to all', async () => {
      const screener = await openTexts();
      screener.type('E-mail', 'nobody');
      screener.type('Years in care', 'many');
      screener.press('Next');
      await screener.until('the summary', () => summary(screener) !== null);
      assert.include(screener.text, '3 answers need another look');
      assert.deepEqual(links(screener), ['First name', 'E-mail', 'Years in care']);
      screener.all('.summary a')[2]?.click();
      assert.equal(screener.focused, screener.field('Years in care'));
    });

    it('disappears once mended, sentence and link, while the others stay', async () => {
      const screener = await openTexts();
      screener.type('E-mail', 'nobody');
      screener.press('Next');
      await screener.until('the summary', () => summary(screener) !== null);
      screener.type('First name', 'Ana');
      await screener.until('one problem less', () => links(screener).length === 1);
      assert.deepEqual(links(screener), ['E-mail']);
      assert.isFalse(screener.field('First name').hasAttribute('aria-invalid'));
      screener.type('E-mail', 'nobody@example.org');
      await screener.until('no problem', () => summary(screener) === null);
      assert.deepEqual(sentences(screener), []);
      assert.equal(screener.focused, screener.field('E-mail'), 'the focus stays where one types');
    });

    it('nags nobody: a new problem waits for the next Next', async () => {
      const screener = await openTexts();
      screener.press('Next');
      await screener.until('the summary', () => summary(screener) !== null);
      screener.type('E-mail', 'a');
      await screener.element.updateComplete;
      assert.deepEqual(links(screener), ['First name']);
      screener.type('First name', 'Anastasia');
      await screener.until('no problem', () => summary(screener) === null);
      screener.press('Next');
      await screener.until('the summary', () => summary(screener) !== null);
      assert.deepEqual(links(screener), ['First name', 'E-mail']);
      assert.deepEqual(sentences(screener), [
        'This is too long: 5 characters at most.',
        'Write an e-mail address, such as name@example.org.',
      ]);
    });

    it('going back leaves them behind', async () => {
      const screener = await openTexts();
      screener.press('Next');
      await screener.until('the summary', () => summary(screener) !== null);
      screener.press('Back');
      await screener.untilHeading('Choices');
      assert.isNull(summary(screener));
      screener.press('Next');
      await screener.untilHeading('Texts');
      assert.isNull(summary(screener));
    });

    it('uses the study’s own words', async () => {
      const element = {
        type: 'boolean',
        name: 'role',
        title: 'Well?',
        isRequired: true,
        requiredErrorText: 'Just say it.',
      };
      const { screener } = await open(sampleStudy({ form: { elements: [element] } }));
      screener.press('Send my answers');
      await screener.untilText('Just say it.');
    });
  });

  describe('by keyboard alone', () => {
    it('Tab, arrows, Space and Enter take one from the first question to the thanks', async () => {
      const { endpoint, screener } = await open();
      const outside = document.createElement('button');
      screener.element.before(outside);
      outside.focus();
      await sendKeys({ press: 'Tab' });
      assert.equal(screener.focused, screener.choice('Nurse'));
      await sendKeys({ press: ' ' });
      await sendKeys({ press: 'ArrowDown' });
      await screener.until('the second choice', () => screener.choice('Physician').checked);
      await sendKeys({ press: 'Tab' });
      assert.equal(screener.focused, screener.button('Next'));
      await sendKeys({ press: 'Enter' });
      await screener.untilHeading('Your time');
      await screener.until('focus on the heading', () => screener.focused?.localName === 'h2');
      await sendKeys({ press: 'Tab' });
      assert.equal(screener.focused, screener.field('How many hours a week?'));
      await sendKeys({ type: '24' });
      await sendKeys({ press: 'Enter' });
      await screener.untilHeading('You may be able to take part');
      await screener.until('focus on the heading', () => screener.focused?.localName === 'h2');
      await sendKeys({ press: 'Tab' });
      await sendKeys({ type: 'Ana' });
      await sendKeys({ press: 'Tab' });
      await sendKeys({ type: 'ana@example.org' });
      await sendKeys({ press: 'Enter' });
      await screener.untilState('sent');
      await screener.until('focus on the heading', () => screener.focused?.localName === 'h2');
      const [screening, contact] = await endpoint.stored(2);
      assert.deepEqual(screening?.answers, { role: 'physician', hours: 24 });
      assert.deepEqual(contact?.answers, { name: 'Ana', email: 'ana@example.org' });
      outside.remove();
    });

    it('the ring of the focus is on the row, and is seen', async () => {
      const { screener } = await open();
      screener.choice('Nurse').focus();
      await sendKeys({ press: 'ArrowDown' });
      const row = screener.choice('Physician').closest('label');
      const { outlineStyle, outlineWidth, outlineOffset } = getComputedStyle(row ?? screener.element);
      assert.deepEqual([outlineStyle, outlineWidth, outlineOffset], ['solid', '3px', '2px']);
    });

    it('Enter on a choice goes on, as it does in any form', async () => {
      const { screener } = await open();
      screener.choose('Nurse');
      screener.choice('Nurse').focus();
      await sendKeys({ press: 'Enter' });
      await screener.untilHeading('Your time');
    });

    it('Enter in a comment is a new line, and sends nothing', async () => {
      const screener = await openTexts();
      screener.field<HTMLTextAreaElement>('Anything else?').focus();
      await sendKeys({ type: 'one' });
      await sendKeys({ press: 'Enter' });
      await sendKeys({ type: 'two' });
      assert.equal(screener.field<HTMLTextAreaElement>('Anything else?').value, 'one\ntwo');
      assert.equal(screener.heading, 'Texts');
      assert.isNull(summary(screener));
    });

    it('from the summary to the question, and the summary again', async () => {
      const { screener } = await open();
      screener.button('Next').focus();
      await sendKeys({ press: 'Enter' });
      await screener.until('focus on the summary', () => screener.focused?.classList.contains('summary') === true);
      await sendKeys({ press: 'Tab' });
      await sendKeys({ press: 'Enter' });
      assert.equal(screener.focused, screener.choice('Nurse'));
      await sendKeys({ press: 'Enter' });
      await screener.until('focus on the summary', () => screener.focused?.classList.contains('summary') === true);
    });
  });

  describe('announcements', () => {
    it('what becomes of the answers is a status, and changes in place', async () => {
      const { endpoint, screener } = await open();
      await endpoint.tell({ submissions: 'down' });
      screener.choose('Office');
      screener.press('Next');
      await screener.untilHeading('Your time');
      screener.type('How many hours a week?', '30');
      screener.press('Send my answers');
      await screener.untilState('kept');
      const status = screener.get('.delivery[role=status]');
      assert.include(clean(status.textContent), 'Your answers are not sent yet.');
      await endpoint.tell({ submissions: 'receipt' });
      screener.press('Send again');
      await screener.untilState('sent');
      assert.equal(screener.get('.delivery[role=status]'), status);
      assert.include(clean(status.textContent), 'Your answers were sent');
    });

    it('a failure is an alert', async () => {
      const endpoint = await TestEndpoint.open();
      const screener = ScreenerDriver.open({ endpoint: endpoint.address });
      await screener.untilState('failed');
      assert.include(screener.get('[role=alert]').textContent, 'This is not because of anything you did.');
    });

    it('“Saved in this tab” stands by the button once it is true', async () => {
      const { screener } = await open();
      assert.notInclude(screener.text, 'Saved');
      screener.choose('Nurse');
      await screener.untilText('Saved in this tab');
    });
  });
});
