import { assert } from '@open-wc/testing';
import { sampleStudy } from '../../support/browser/sample-study.ts';
import { clearStage, ScreenerDriver } from '../../support/browser/screener-driver.ts';
import { keepPicture } from '../../support/browser/screenshot.ts';
import { TestEndpoint } from '../../support/browser/test-endpoint.ts';

describe('the states of the eligibility screener', () => {
  afterEach(clearStage);

  it('asks, sends and thanks', async () => {
    const endpoint = await TestEndpoint.open(sampleStudy());
    const screener = ScreenerDriver.open({ endpoint: endpoint.address });
    await screener.untilHeading('Your work');
    await keepPicture('ready');
    screener.choose('Nurse');
    screener.press('Next');
    await screener.untilHeading('Your time');
    screener.type('How many hours a week?', '36');
    await keepPicture('time');
    screener.press('Send my answers');
    await screener.untilHeading('You may be able to take part');
    await screener.untilText('Your answers were sent');
    await keepPicture('eligible');
    screener.type('What should we call you?', 'Ana');
    screener.type('Where can we write to you?', 'ana@example.org');
    screener.press('Send my contact details');
    await screener.untilHeading('Thank you');
    await keepPicture('thanks');
    const [screening, contact] = await endpoint.stored(2);
    assert.deepEqual(screening?.answers, { role: 'nurse', hours: 36 });
    assert.equal(contact?.screening, screening?.id);
  });
});
