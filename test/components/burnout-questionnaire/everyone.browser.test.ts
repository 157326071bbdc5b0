import { clearStage } from '../../support/browser/element-driver.ts';
import { assertForEveryone } from '../../support/browser/everyone.ts';
import { QuestionnaireDriver } from '../../support/browser/questionnaire-driver.ts';
import { type Opening, RealReceiver } from '../../support/browser/real-receiver.ts';
import { clearStorage } from '../../support/browser/storage-dump.ts';

/** Every screen of the questionnaire, each with the way there, in the longer language. */

async function open(attributes: Readonly<Record<string, string>> = {}, opening: Opening = {}) {
  const receiver = await RealReceiver.open({ asks: true, ...opening });
  await receiver.signIn();
  await receiver.sign();
  const form = QuestionnaireDriver.open({ endpoint: receiver.address, attributes: { lang: 'es', ...attributes } });
  await form.until('the first page', () => form.items.length > 0);
  await form.until('the rest', () => form.root.querySelector('[role="alert"]') !== null);
  return { form, receiver };
}

const scenes: Readonly<Record<string, () => Promise<QuestionnaireDriver>>> = {
  'a page of items': async () => {
    const { form } = await open();
    form.answer('Little interest', 1);
    return form;
  },
  'many options': async () => (await open({ assessment: 'pulse' })).form,
  'an answer that needs somebody': async () => {
    const { form } = await open();
    form.answer('Thoughts that you would be better off dead', 1);
    await form.untilText(form.say('support-title'));
    return form;
  },
  'items that were left open': async () => {
    const { form } = await open();
    form.answer('Little interest', 1);
    form.get('button.primary').click();
    await form.until('a summary', () => form.root.querySelector('.summary') !== null);
    return form;
  },
  'a single item': async () => {
    const { form } = await open();
    form.answerAll(0);
    await form.next();
    return form;
  },
  'handed in, with a course over time': async () => {
    const { form } = await open({ assessment: 'baseline' });
    for (const option of [0, 2, 1]) {
      form.answerAll(option);
      await form.next();
    }
    form.type('Días', '2');
    const home = form.field<HTMLSelectElement>('Su hogar');
    home.value = 'north';
    home.dispatchEvent(new Event('change', { bubbles: true }));
    form.press(form.say('send-answers'));
    await form.untilText(form.say('course-title'));
    return form;
  },
  'nobody is signed in': async () => {
    const { address } = await RealReceiver.open({ asks: true });
    const form = QuestionnaireDriver.open({ endpoint: address, attributes: { lang: 'es' } });
    await form.untilHeading(form.say('members-title'));
    return form;
  },
  'too late': async () => {
    const receiver = await RealReceiver.open({ asks: true });
    await receiver.signIn();
    await receiver.sign();
    await receiver.setClock('2026-06-01T12:00:00.000Z');
    const form = QuestionnaireDriver.open({ endpoint: receiver.address, attributes: { lang: 'es' } });
    await form.untilHeading(form.say('missed-title'));
    return form;
  },
};

describe('every screen of the questionnaire, for everyone', () => {
  beforeEach(clearStorage);
  afterEach(clearStage);

  for (const [name, scene] of Object.entries(scenes)) {
    it(name, async () => {
      await assertForEveryone((await scene()).element, `questionnaire ${name}`);
    });
  }
});
