import { assert } from '@open-wc/testing';
import { registerCatalogue } from '../../../components/index.ts';
import { clearStage } from '../../support/browser/element-driver.ts';
import { layoutProblems } from '../../support/browser/layout.ts';
import { mirrored } from '../../support/browser/mirrored.ts';
import { QuestionnaireDriver } from '../../support/browser/questionnaire-driver.ts';
import { type Opening, RealReceiver } from '../../support/browser/real-receiver.ts';
import { clearStorage } from '../../support/browser/storage-dump.ts';

/** Not a word of danger: item 9 of the PHQ-9 last, and the best of five statements. */
const CALM = 0;

interface Opened {
  readonly form: QuestionnaireDriver;
  readonly receiver: RealReceiver;
  readonly participant: string;
}

/** Somebody who has signed, at what is due for them. */
async function open(opening: Opening = {}, attributes: Readonly<Record<string, string>> = {}): Promise<Opened> {
  const receiver = await RealReceiver.open({ asks: true, ...opening });
  const participant = await receiver.signIn();
  await receiver.sign();
  const form = QuestionnaireDriver.open({ endpoint: receiver.address, attributes });
  await form.until('the first page', () => form.items.length > 0);
  return { form, receiver, participant };
}

/** The same participant on a page that was opened again. */
async function again(
  { receiver }: Opened,
  attributes: Readonly<Record<string, string>> = {},
): Promise<QuestionnaireDriver> {
  document.querySelector('#stage')?.remove();
  const form = QuestionnaireDriver.open({ endpoint: receiver.address, attributes });
  await form.until('a page', () => form.heading !== '');
  return form;
}

/** The example's baseline, in which nothing is wrong. */
async function fillIn(form: QuestionnaireDriver): Promise<void> {
  form.answerAll(CALM);
  await form.next();
  form.answerAll(CALM);
  await form.next();
  form.answerAll(1);
  await form.next();
  form.type('Sick days', '2');
  const home = form.field<HTMLSelectElement>('Your home');
  home.value = 'north';
  home.dispatchEvent(new Event('change', { bubbles: true }));
}

describe('<steady-burnout-questionnaire>', () => {
  afterEach(async () => {
    await clearStage();
    await clearStorage();
  });

  it('asks what is due: instruments and forms in one sitting, and what it scores is the receiver’s own', async () => {
    const { form, receiver, participant } = await open();
    assert.equal(form.heading, 'First');
    assert.equal(form.part, 'Part 1 of 4');
    assert.lengthOf(form.items, 9);
    await fillIn(form);
    assert.equal(form.part, 'Part 4 of 4');
    form.press(form.say('send-answers'));
    await form.untilHeading(form.say('answers-sent-title'));
    await form.untilState('sent');
    const { scores, sittings } = await receiver.answers(participant);
    assert.lengthOf(sittings, 1);
    assert.deepEqual(sittings[0]?.deviations, ['clock'], 'the receiver has a clock of its own here');
    const { parts } = JSON.parse(sittings[0]?.body ?? '');
    assert.deepEqual(
      parts.map((part: Record<string, unknown>) => part.instrument ?? part.form),
      ['phq9', 'single_item_burnout', 'calm', 'work'],
    );
    assert.deepEqual(parts[3].answers, { 'sick-days': 2, home: 'north' });
    const score = (of: string) => scores.find(({ instrument }) => instrument === of)?.score;
    assert.equal(score('phq9'), 0);
    assert.equal(score('single_item_burnout'), 1);
    await form.untilText(form.say('course-title'));
    assert.include(form.text, 'PHQ-9');
  });

  it('goes straight on with another one that is open', async () => {
    const { form, receiver, participant } = await open({
      changes: { 'assessments[3].offset': 'P0D', 'assessments[3].window.before': 'P0D' },
    });
    await fillIn(form);
    form.press(form.say('send-answers'));
    await form.untilHeading(form.say('answers-sent-title'));
    await form.untilText(form.say('one-more-begin'));
    form.press(form.say('one-more-begin'));
    await form.untilHeading('Pulse');
    assert.equal(form.root.activeElement?.textContent, form.heading);
    assert.lengthOf((await receiver.answers(participant)).sittings, 1);
  });

  it('lets an item be left open, after it has asked once', async () => {
    const { form, receiver, participant } = await open({}, { instrument: 'phq9' });
    form.answer('Feeling down', 1);
    form.press(form.say('send-answers'));
    await form.until('a summary', () => form.root.querySelector('.summary.gentle') !== null);
    assert.include(form.text, form.say('open-text'));
    assert.equal(form.focused, form.get('.summary'));
    assert.include(form.text, form.say('open-item'));
    assert.notInclude(form.text, form.say('problem.row-required'), 'nobody is told to');
    form.press(form.say('send-answers'));
    await form.untilHeading(form.say('answers-sent-title'));
    const { sittings } = await receiver.answers(participant);
    const [part] = JSON.parse(sittings[0]?.body ?? '').parts;
    assert.deepEqual(part.answers, { q2: 1 }, 'what was left open has no key');
  });

  it('insists where the study wants all of it', async () => {
    const { form } = await open({ changes: { 'assessments[0].skipping': false } });
    for (const time of ['once', 'twice']) {
      form.get('button.primary').click();
      await form.until(`a summary, ${time}`, () => form.root.querySelector('.summary:not(.gentle)') !== null);
    }
  });

  it('shows whom to reach at once where an answer says so, and takes it away with the answer', async () => {
    const { form } = await open();
    await form.until('the rest', () => form.root.querySelector('[role="alert"]') !== null);
    form.answer('Thoughts that you would be better off dead', 1);
    await form.untilText(form.say('support-title'));
    assert.include(form.text, 'within 4 hours');
    form.answer('Thoughts that you would be better off dead', 0);
    await form.untilGone(form.say('support-title'));
  });

  it('goes on where it was left, on a page that was opened again, and goes back with every answer there', async () => {
    const opened = await open();
    const { form } = opened;
    form.answerAll(2);
    await form.next();
    form.answerAll(1);
    await form.untilText('Saved');
    const later = await again(opened);
    assert.equal(later.part, 'Part 2 of 4');
    assert.isTrue(later.all<HTMLInputElement>('.choice input')[1]?.checked);
    await later.back();
    const chosen = later
      .all('.row')
      .map((row) => [...row.querySelectorAll('input')].findIndex(({ checked }) => checked));
    assert.deepEqual(chosen, Array(9).fill(2));
  });

  it('keeps what another device has answered beside what is answered here', async () => {
    const opened = await open();
    const { form } = opened;
    // The same participant's other page, beside this one.
    const other = QuestionnaireDriver.open({ endpoint: opened.receiver.address });
    await other.until('its first page', () => other.items.length > 0);
    form.answer('Little interest', 1);
    await form.untilText('Saved');
    other.answer('Feeling down', 2);
    await other.until('both', () => other.all('.row')[0]?.querySelectorAll('input')[1]?.checked === true);
    assert.isTrue(other.all('.row')[1]?.querySelectorAll('input')[2]?.checked);
  });

  it('says kindly why nothing is asked', async () => {
    const anonymous = QuestionnaireDriver.open({ endpoint: (await RealReceiver.open({ asks: true })).address });
    await anonymous.untilHeading(anonymous.say('members-title'));
    document.querySelector('#stage')?.remove();
    const receiver = await RealReceiver.open({ asks: true });
    await receiver.signIn();
    const unsigned = QuestionnaireDriver.open({ endpoint: receiver.address });
    await unsigned.untilHeading(unsigned.say('consent-first-title'));
    document.querySelector('#stage')?.remove();
    await receiver.sign();
    await receiver.setClock('2026-06-01T12:00:00.000Z');
    const missed = QuestionnaireDriver.open({ endpoint: receiver.address });
    await missed.untilHeading(missed.say('missed-title'));
    assert.notInclude(missed.text, 'Part 1');
  });

  it('tells the reader of another language that the items have not been translated, and says which language they are in', async () => {
    const { form } = await open({}, { lang: 'es' });
    await form.untilText('inglés');
    assert.equal(form.get('.questions').lang, 'en');
    assert.equal(form.get('.root').lang, 'es');
    for (const option of [0, 0]) {
      form.answerAll(option);
      await form.next();
    }
    assert.equal(form.get('.questions').lang, 'es', 'those that the site brought are in both');
  });

  it('draws items as their language is written, whichever way the reader’s own words run', async () => {
    registerCatalogue('ar', async () => mirrored());
    const { form } = await open({ turned: true }, { lang: 'ar' });
    assert.deepEqual([form.get('.root').dir, form.get('.questions').dir], ['rtl', 'ltr']);
    assert.deepEqual(layoutProblems(form.element), []);
  });

  it('asks anybody what is open to all, and one instrument on its own', async () => {
    const receiver = await RealReceiver.open({ asks: true });
    const form = QuestionnaireDriver.open({ endpoint: receiver.address, attributes: { instrument: 'brs' } });
    await form.until('the items', () => form.items.length === 6);
    form.answerAll(2);
    form.press(form.say('send-answers'));
    await form.untilHeading(form.say('answers-sent-title'));
    const fetched = performance.getEntriesByType('resource').map(({ name }) => name);
    assert.lengthOf(
      fetched.filter((name) => name.includes('survey-core')),
      0,
      'no instrument takes an engine',
    );
  });

  it('sets a draft of other words aside, and says so', async () => {
    const opened = await open({}, { drafts: 'tab' });
    opened.form.answerAll(2);
    await opened.form.untilText('Saved in this tab');
    const [key = ''] = Object.keys(sessionStorage).filter((name) => name.startsWith('steady:draft:'));
    const draft = JSON.parse(sessionStorage.getItem(key) ?? '');
    sessionStorage.setItem(key, JSON.stringify({ ...draft, versions: { ...draft.versions, phq9: '0.9.0' } }));
    const later = await again(opened, { drafts: 'tab' });
    await later.untilText(later.say('draft-other-words'));
    assert.equal(later.part, 'Part 1 of 4');
    assert.lengthOf(later.all('input:checked'), 0);
  });

  // The page stays shared from here on.
  it('on a shared computer, which keeps nothing, lets the browser ask before what was answered is left', async () => {
    const receiver = await RealReceiver.open({ asks: true });
    const attributes = { instrument: 'brs', 'shared-computer': '' };
    const form = QuestionnaireDriver.open({ endpoint: receiver.address, attributes });
    await form.until('the items', () => form.items.length === 6);
    const isAskedAbout = () => !dispatchEvent(new Event('beforeunload', { cancelable: true }));
    assert.isFalse(isAskedAbout(), 'nothing is lost yet');
    form.answerAll(2);
    await form.untilText(form.say('saved-nowhere'));
    assert.isTrue(isAskedAbout());
    form.press(form.say('send-answers'));
    await form.untilState('sent');
    assert.isFalse(isAskedAbout(), 'it has arrived');
  });
});
