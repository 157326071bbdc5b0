import { assert } from '@open-wc/testing';
import { ConsentDriver } from '../../support/browser/consent-driver.ts';
import { clearStage } from '../../support/browser/element-driver.ts';
import { RealReceiver } from '../../support/browser/real-receiver.ts';
import { clearStorage, storageDump } from '../../support/browser/storage-dump.ts';

async function open(options: Partial<Parameters<typeof ConsentDriver.open>[0]> = {}, signedIn = true) {
  const receiver = await RealReceiver.open();
  const participant = signedIn ? await receiver.signIn() : '';
  const form = ConsentDriver.open({ endpoint: receiver.address, ...options });
  await form.untilHeading('The key-information');
  if (signedIn) await form.untilText('You are signed in.');
  return { receiver, participant, form };
}

const again = async (receiver: RealReceiver): Promise<ConsentDriver> => {
  const form = ConsentDriver.open({ endpoint: receiver.address });
  await form.until('a heading', () => form.heading !== '');
  return form;
};

const saved = (form: ConsentDriver) =>
  form.until('saved', () => /^Saved$/.test(form.root.querySelector('.way-on .meta')?.textContent ?? ''));

describe('a consent document that is being read', () => {
  beforeEach(clearStorage);
  afterEach(clearStage);

  it('C1: begins with the key information, and nothing of the document comes before it', async () => {
    const { form } = await open();
    assert.include(form.text, 'Section 1 of 14');
    assert.include(form.text, 'About voluntary.');
    assert.equal(form.all('h2').length, 1);
    assert.notInclude(form.text, 'About procedures.');
  });

  it('C3: nothing is chosen beforehand, nothing runs out, and no looks like yes', async () => {
    const { form } = await open();
    const chosen = () => form.all<HTMLInputElement>('input').filter(({ checked }) => checked).length;
    await form.goOnTo('The procedures');
    await form.untilText('May we record you?');
    assert.equal(chosen(), 0);
    await form.goOnTo('Did we explain it well?');
    assert.equal(chosen(), 0);
    await form.goOnTo('Your choices');
    assert.equal(chosen(), 0);
    await form.goOnTo('Your decision');
    const [agree, decline] = ['I agree to take part', 'I do not want to take part'].map((name) => form.button(name));
    assert.ok(agree && decline);
    assert.equal(agree.className, decline.className);
    assert.closeTo(agree.getBoundingClientRect().width, decline.getBoundingClientRect().width, 1);
    assert.closeTo(agree.getBoundingClientRect().height, decline.getBoundingClientRect().height, 1);
    assert.include(form.text, 'Decide later');
  });

  it('C4: is in one language, and says which; in another it is read from the beginning', async () => {
    const { form } = await open();
    assert.equal(form.get('.root').lang, 'en');
    await form.goOnTo('The purpose');
    form.element.lang = 'es';
    await form.untilHeading('El key-information');
    assert.equal(form.get('.root').lang, 'es');
    await form.untilText('Ahora lee el documento en otro idioma');
    assert.include(form.text, 'Sección 1 de 14');
  });

  it('C5: shows whom to ask on every page, and an open question keeps it from being signed', async () => {
    const { form } = await open();
    for (let page = 0; page < 3; page += 1) {
      assert.include(form.get('.foot').textContent ?? '', '(213) 555-0100');
      form.press('Continue');
      await form.until('the next section', () => form.text.includes(`Section ${page + 2} of`));
    }
    form.press('I have a question');
    await form.untilText('Ask before you decide');
    for (const who of ['About the study', 'About your rights', 'About an injury or harm'])
      assert.include(form.text, who);
    form.press('Wait with my decision until I have an answer');
    await form.untilText('You have said that you have a question.');
    await form.readAll();
    assert.include(form.text, 'one thing is still open');
    assert.equal(form.button('I agree to take part').getAttribute('aria-disabled'), 'true');
    form.press('I agree to take part');
    form.press('Your open question');
    await form.untilText('My question is answered');
    form.press('My question is answered');
    await form.untilGone('still open');
    form.press('I agree to take part');
    await form.untilHeading('Sign the document');
  });

  it('E1: goes back and forth by its list of sections, and knows what is read', async () => {
    const { form } = await open();
    await form.goOnTo('The procedures');
    form.press('All sections');
    const rows = (): readonly string[] =>
      form.all('.contents button').map((row) => row.textContent?.replace(/\s+/g, ' ').trim() ?? '');
    await form.until('the list', () => rows().length === 14);
    assert.match(rows()[1] ?? '', /^The purpose .*read$/);
    assert.match(rows()[3] ?? '', /^The procedures now$/);
    assert.match(rows()[5] ?? '', /^The risks not read yet, 1 min$/);
    form.all<HTMLButtonElement>('.contents button')[10]?.click();
    await form.untilHeading('The voluntary');
    assert.equal(form.focused?.textContent, 'The voluntary');
    form.press('Back');
    await form.untilHeading('The employment');
  });

  it('E1: stops and goes on at the same place, with what was read and chosen, on another device too', async () => {
    const { form, receiver } = await open();
    await form.goOnTo('The procedures');
    await form.untilText('May we record you?');
    form.choose('No', 'May we record you?');
    await form.goOnTo('Did we explain it well?');
    form.choose('Yes', 'May you stop at any time?');
    await saved(form);
    form.element.remove();
    // Another device has nothing of this tab.
    sessionStorage.clear();
    const other = await again(receiver);
    await other.untilHeading('Did we explain it well?');
    assert.isTrue(other.choice('Yes', 'May you stop at any time?').checked);
    other.press('All sections');
    await other.until('the list', () => other.all('.contents .read').length === 14);
    other.all<HTMLButtonElement>('.contents button')[3]?.click();
    await other.untilHeading('The procedures');
    assert.isTrue(other.choice('No', 'May we record you?').checked);
  });

  it('E1: that two devices read at once is one reading', async () => {
    const { form, receiver } = await open();
    const other = await again(receiver);
    await other.untilText('You are signed in.');
    await form.goOnTo('The purpose');
    await saved(form);
    other.press('All sections');
    await other.until('the list', () => other.all('.contents button').length === 14);
    other.all<HTMLButtonElement>('.contents button')[8]?.click();
    await other.untilHeading('The confidentiality');
    await saved(other);
    other.press('All sections');
    // Both sections count on it: the draft that was there is part of this one.
    await other.until('what the first has read', () =>
      other.all('.contents .read').some((row) => row.closest('button')?.textContent?.includes('The purpose')),
    );
  });

  it('E5: a wrong answer leads kindly back to the words, can be tried again, and turns nobody away', async () => {
    const { form } = await open();
    await form.goOnTo('Did we explain it well?');
    form.choose('No', 'May you stop at any time?');
    await form.untilText('Not quite.');
    assert.include(form.text, 'You may, and it costs you nothing.');
    form.press('Read that part again');
    await form.untilHeading('The voluntary');
    await form.goOnTo('Did we explain it well?');
    form.choose('Yes', 'May you stop at any time?');
    await form.untilText('That is right.');
    assert.notInclude(form.text, 'Not quite.');
  });

  it('E5: a right answer stays, and the focus on it', async () => {
    const { form } = await open();
    await form.goOnTo('Did we explain it well?');
    const [right, other] = form.all<HTMLInputElement>('.question input');
    right?.focus();
    form.choose('Yes', 'May you stop at any time?');
    await form.untilText('That is right.');
    assert.equal(form.root.activeElement, right ?? null);
    other?.click();
    await form.element.updateComplete;
    assert.deepEqual([right?.checked, other?.checked], [true, false]);
    assert.include(form.text, 'That is right.');
  });

  it('P5: cannot be signed while anything is open, by keyboard neither; each thing is named, with the way to it', async () => {
    const { form } = await open();
    form.press('All sections');
    await form.until('the list', () => form.all('.contents button').length === 14);
    form.all<HTMLButtonElement>('.contents button')[13]?.click();
    await form.untilHeading('The california-rights');
    await form.goOnTo('Your decision');
    const agree = form.button('I agree to take part');
    assert.include(form.text, 'things are still open');
    assert.equal(agree.getAttribute('aria-disabled'), 'true');
    agree.focus();
    agree.click();
    await form.element.updateComplete;
    assert.equal(form.heading, 'Your decision');
    form.press('The purpose');
    await form.untilHeading('The purpose');
  });

  it('can be read by anybody, who is told how to decide', async () => {
    const { form } = await open({}, false);
    await form.goOnTo('Did we explain it well?');
    await form.goOnTo('Your decision');
    assert.include(form.text, 'open this page with your personal link or code');
    assert.isEmpty(form.all('[part=decision]'));
    form.all<HTMLButtonElement>('.actions button')[0]?.click();
    await form.untilHeading('Continue with your link or code');
  });

  it('on a shared computer leaves nothing of it there', async () => {
    const { form } = await open();
    await form.goOnTo('The procedures');
    await form.untilText('May we record you?');
    form.choose('No', 'May we record you?');
    await saved(form);
    form.press('This is a shared computer');
    await form.untilText('Shared computer: nothing is kept here.');
    const dump = await storageDump();
    for (const word of ['recording', 'section-viewed', 'procedures']) assert.notInclude(dump, word);
  });
});
