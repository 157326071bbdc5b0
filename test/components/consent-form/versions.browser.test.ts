import { assert } from '@open-wc/testing';
import { ConsentDriver } from '../../support/browser/consent-driver.ts';
import { clearStage } from '../../support/browser/element-driver.ts';
import { type Opening, RealReceiver } from '../../support/browser/real-receiver.ts';
import { clearStorage } from '../../support/browser/storage-dump.ts';

const MATERIAL: Opening = { later: [['2.0', '2026-03-01']] };
const MINOR: Opening = { later: [['1.1', '2026-03-01', { material: false }]] };

async function open(receiver: RealReceiver): Promise<ConsentDriver> {
  const form = ConsentDriver.open({ endpoint: receiver.address });
  await form.until('a heading', () => form.heading !== '');
  await form.untilText('You are signed in.');
  return form;
}

async function atDecision(opening: Opening = {}) {
  const receiver = await RealReceiver.open(opening);
  const participant = await receiver.signIn();
  const form = await open(receiver);
  await form.readAll();
  return { receiver, participant, form };
}

/** Somebody who has signed the first version. */
async function signed() {
  const { form, ...rest } = await atDecision();
  await form.sign();
  await form.untilHeading('You have signed');
  await form.untilText('The study received it');
  form.element.remove();
  return rest;
}

/** Ready to sign: the block is filled in. */
async function atSigning(opening?: Opening) {
  const { form, ...rest } = await atDecision(opening);
  form.press('I agree to take part');
  await form.untilHeading('Sign the document');
  await form.fillIn();
  return { form, ...rest };
}

describe('a new version of the document', () => {
  beforeEach(clearStorage);
  afterEach(clearStage);

  it('E6: version, approval and days are shown on every page', async () => {
    const receiver = await RealReceiver.open();
    await receiver.signIn();
    const form = await open(receiver);
    const line =
      'Version 1.0 of this document · in use since February 1, 2026 · until February 1, 2027 · approval IRB-26-0001';
    assert.include(form.text, line);
    await form.goOnTo('The purpose');
    assert.include(form.text, line);
  });

  it('E7: that is material asks those who signed again, shows what changed, and keeps what they signed', async () => {
    const { receiver, participant } = await signed();
    await receiver.serve(MATERIAL);
    const form = await open(receiver);
    await form.untilHeading('The key-information');
    form.press('Continue');
    await form.untilHeading('What has changed since you signed');
    assert.include(form.text, 'About version 2.0.');
    const changed = form.get('.change');
    assert.equal(changed.querySelector('h3')?.textContent, 'The procedures');
    assert.equal(changed.querySelector('del')?.textContent, 'About procedures.');
    assert.equal(changed.querySelector('ins')?.textContent, 'About procedures of 2.0.');
    assert.lengthOf(form.all('.change'), 1);
    await form.readAll();
    await form.sign();
    await form.untilHeading('You have signed');
    await form.untilText('The study received it');
    form.element.remove();
    const later = await open(receiver);
    await later.untilText('Version 2.0, signed on');
    await later.untilText('What you signed before');
    await later.untilText('Version 1.0, signed on');
    assert.lengthOf(await receiver.decisions(participant), 2);
  });

  it('E7: that is not material asks nobody again', async () => {
    const { receiver } = await signed();
    await receiver.serve(MINOR);
    const form = await open(receiver);
    await form.untilHeading('You have signed');
    assert.include(form.text, 'Version 1.0, signed on');
  });

  it('that comes between opening and signing is looked at first, and nothing typed or read is lost', async () => {
    const { form, receiver, participant } = await atSigning();
    await receiver.serve(MATERIAL);
    form.press('Sign and send');
    await form.untilText('The document has changed since you began.');
    await form.untilHeading('The procedures');
    assert.isEmpty(await receiver.decisions(participant));
    form.press('All sections');
    await form.until('all are read', () => form.all('.contents .read').length === 13);
    form.press('All sections');
    await form.goOnTo('Your decision');
    form.press('I agree to take part');
    await form.untilHeading('Sign the document');
    assert.equal(form.get<HTMLInputElement>('#sign-name').value, 'Ana Pérez');
    form.press('Sign and send');
    await form.untilHeading('You have signed');
    assert.equal((await receiver.decisions(participant))[0]?.version, '2.0');
  });

  it('a signature that waited until another version was in force is refused, and said not to be one', async () => {
    const { form, receiver, participant } = await atSigning();
    await receiver.trouble(503);
    form.press('Sign and send');
    await form.untilText('It is kept on this device');
    await receiver.serve(MATERIAL);
    form.press('Send again');
    await form.untilText('This version of the document is no longer in use');
    assert.equal(form.heading, 'Not signed yet');
    assert.isEmpty(await receiver.decisions(participant));
    form.press('Read the document as it is now');
    await form.untilHeading('The procedures');
    await form.goOnTo('Your decision');
    form.press('I agree to take part');
    await form.untilHeading('Sign the document');
    form.press('Sign and send');
    await form.untilHeading('You have signed');
    assert.equal((await receiver.decisions(participant)).at(-1)?.version, '2.0');
  });

  it('E6: one that has expired is not signed; whoever reads it is told', async () => {
    const { form, receiver, participant } = await atSigning({
      changes: { 'consent.versions[0].expires': '2026-03-20' },
    });
    await receiver.trouble(503);
    form.press('Sign and send');
    await form.untilText('It is kept on this device');
    await receiver.trouble(null);
    await receiver.setClock('2026-03-21T10:00:00.000Z');
    form.press('Send again');
    await form.untilText('This version of the document is no longer in use');
    assert.isEmpty(await receiver.decisions(participant));
    form.element.remove();
    const later = await open(receiver);
    await later.until('a heading', () => later.heading !== '');
    assert.notInclude(later.text, 'You have signed');
  });

  it('whoever has decided elsewhere meanwhile is told, and nothing is signed over it', async () => {
    const { form, receiver, participant } = await atSigning();
    const other = await open(receiver);
    await other.until('the document', () => other.heading !== '');
    other.press('All sections');
    await other.goOnTo('Your decision');
    other.press('I do not want to take part');
    await other.untilHeading('You do not want to take part');
    other.press('Send my decision');
    await other.untilText('The study received it');
    form.press('Sign and send');
    await form.untilText('You have decided on another device in the meantime.');
    assert.equal(form.heading, 'You have decided not to take part');
    assert.deepEqual(
      (await receiver.decisions(participant)).map(({ outcome }) => outcome),
      ['declined'],
    );
  });

  it('a signature that waited while somebody declined elsewhere is refused, never applied', async () => {
    const { form, receiver, participant } = await atSigning();
    await receiver.trouble(503);
    form.press('Sign and send');
    await form.untilText('It is kept on this device');
    await receiver.trouble(null);
    await receiver.decline();
    form.press('Send again');
    await form.untilText('You have decided on another device in the meantime, so this signature was not applied.');
    assert.deepEqual(
      (await receiver.decisions(participant)).map(({ outcome }) => outcome),
      ['declined'],
    );
    form.press('Read the document as it is now');
    await form.untilHeading('You have decided not to take part');
  });
});
