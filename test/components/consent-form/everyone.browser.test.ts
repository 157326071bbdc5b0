import { ConsentDriver } from '../../support/browser/consent-driver.ts';
import { clearStage } from '../../support/browser/element-driver.ts';
import { assertForEveryone } from '../../support/browser/everyone.ts';
import { type Opening, RealReceiver } from '../../support/browser/real-receiver.ts';
import { clearStorage } from '../../support/browser/storage-dump.ts';

/** Every screen of the consent form, each with the way there, in the longer language. */

interface Opened {
  readonly form: ConsentDriver;
  readonly receiver: RealReceiver;
}

async function open(opening: Opening = {}, signedIn = true): Promise<Opened> {
  const receiver = await RealReceiver.open(opening);
  if (signedIn) await receiver.signIn();
  const form = ConsentDriver.open({ endpoint: receiver.address, attributes: { lang: 'es' }, fallback: 'Llame.' });
  await form.until('a heading', () => form.heading !== '');
  await form.until('the rest', () => form.root.querySelector('.footing button') !== null);
  return { form, receiver };
}

async function atDecision(opening?: Opening): Promise<Opened> {
  const opened = await open(opening);
  await opened.form.readAll();
  return opened;
}

const scenes: Readonly<Record<string, () => Promise<ConsentDriver>>> = {
  'the first section': async () => (await open()).form,
  'all sections': async () => {
    const { form } = await open();
    form.press(form.say('all-sections'));
    await form.until('the list', () => form.root.querySelector('.contents') !== null);
    return form;
  },
  'a question': async () => {
    const { form } = await open();
    form.press(form.say('have-question'));
    await form.untilText(form.say('question-title'));
    return form;
  },
  'a section with a choice': async () => {
    const { form } = await open();
    await form.goOnTo('El procedures');
    await form.until('the choice', () => form.root.querySelector('fieldset') !== null);
    return form;
  },
  'a check that was answered wrong': async () => {
    const { form } = await open();
    await form.goOnTo(form.say('checks-title'));
    form.pick(1);
    await form.untilText(form.say('check-not-quite'));
    return form;
  },
  'the decision, with something open': async () => {
    const { form } = await open();
    await form.goOnTo(form.say('decision-title'));
    return form;
  },
  'the decision': async () => (await atDecision()).form,
  'no, before it is sent': async () => {
    const { form } = await atDecision();
    form.press(form.say('decide-decline'));
    await form.untilHeading(form.say('decline-title'));
    return form;
  },
  'the signature, with problems': async () => {
    const { form } = await atDecision();
    await form.toSigning();
    form.press(form.say('sign-send'));
    await form.until('a summary', () => form.root.querySelector('.summary') !== null);
    return form;
  },
  'a signature that is drawn': async () => {
    const { form } = await atDecision();
    await form.toSigning();
    await form.fillIn();
    form.get<HTMLInputElement>('#sign-mark-drawn').click();
    await form.until('a pad', () => form.root.querySelector('canvas') !== null);
    return form;
  },
  'not signed yet': async () => {
    const { form, receiver } = await atDecision();
    await receiver.trouble(503);
    await form.sign();
    await form.untilText(form.say('decision-kept'));
    return form;
  },
  'a signature that was refused': async () => {
    const { form, receiver } = await atDecision();
    await receiver.trouble(503);
    await form.sign();
    await form.untilText(form.say('decision-kept'));
    await receiver.trouble(null);
    await receiver.decline();
    form.all<HTMLButtonElement>('.notice button')[0]?.click();
    await form.untilText(form.say('refused-decided'));
    return form;
  },
  signed: async () => {
    const { form } = await atDecision();
    await form.sign();
    await form.untilHeading(form.say('signed-title'));
    return form;
  },
  'the signed copy': async () => {
    const { form } = await atDecision();
    await form.sign();
    await form.untilHeading(form.say('signed-title'));
    form.press(form.say('copy-show'));
    await form.untilHeading(form.say('copy-heading'));
    return form;
  },
  leaving: async () => {
    const { form } = await atDecision();
    await form.sign();
    await form.untilHeading(form.say('signed-title'));
    form.press(form.say('leave-open'));
    await form.untilHeading(form.say('withdraw-title'));
    form.pick(1);
    await form.untilText(form.say('withdraw-erase'));
    return form;
  },
  'what has changed': async () => {
    const opened = await atDecision();
    await opened.form.sign();
    await opened.form.untilText(opened.form.say('signed-title'));
    await opened.form.until('its receipt', () => opened.form.root.querySelector('.good') !== null);
    opened.form.element.remove();
    await opened.receiver.serve({ later: [['2.0', '2026-03-01']] });
    const form = ConsentDriver.open({ endpoint: opened.receiver.address, attributes: { lang: 'es' } });
    await form.untilHeading('El key-information');
    form.press(form.say('consent-continue'));
    await form.untilHeading(form.say('changes-title'));
    return form;
  },
  'read by somebody who is not signed in': async () => {
    const { form } = await open({}, false);
    await form.goOnTo(form.say('decision-title'));
    return form;
  },
};

describe('every screen of the consent form, for everyone', () => {
  beforeEach(clearStorage);
  afterEach(clearStage);

  for (const [name, scene] of Object.entries(scenes)) {
    it(name, async () => {
      await assertForEveryone((await scene()).element, `consent ${name}`);
    });
  }
});
