import { assert, nextFrame } from '@open-wc/testing';
import { IndexedDbCredentialStore } from '../../../src/delivery/indexed-db-credential-store.ts';
import { HostFrame } from '../../support/browser/host-frame.ts';
import { sampleStudy } from '../../support/browser/sample-study.ts';
import { clearStage, ScreenerDriver } from '../../support/browser/screener-driver.ts';
import { clearStorage, storageDump } from '../../support/browser/storage-dump.ts';
import { TestEndpoint } from '../../support/browser/test-endpoint.ts';

/** That a computer is shared is a fact about a whole page: each test has one of its own. */
async function openPage(endpoint: TestEndpoint, attributes = {}) {
  const host = await HostFrame.open('page.html');
  const parent = host.document.querySelector('#stage');
  const screener = ScreenerDriver.open({ endpoint: endpoint.address, attributes, ...(parent && { parent }) });
  await screener.untilHeading('Your work');
  return { host, screener };
}

async function share(screener: ScreenerDriver): Promise<void> {
  await screener.until('the choice', () => screener.text.includes('This is a shared computer'));
  screener.press('This is a shared computer');
  await screener.untilText('Shared computer: nothing is kept here.');
}

/** Resolves once nothing that this device keeps holds any of these. */
async function assertNothingKept(canaries: readonly string[]): Promise<void> {
  const dump = await storageDump();
  assert.deepEqual(
    canaries.filter((canary) => dump.includes(canary)),
    [],
  );
}

describe('a shared computer', () => {
  beforeEach(clearStorage);
  afterEach(clearStage);

  it('keeps nothing from the moment it is called one, from the first question to the last', async () => {
    const endpoint = await TestEndpoint.open(sampleStudy(), { submissions: 'down', enrols: true });
    const { host, screener } = await openPage(endpoint);
    screener.choose('Nurse');
    await screener.untilText('Saved in this tab');
    assert.include(await storageDump(), 'nurse');
    await share(screener);
    const canaries = ['nurse', 'Canary Wren', 'wren@canary.example', 'steady:participant', 'writeKey', 'steady:draft'];
    await assertNothingKept(canaries);
    await screener.untilText('Not saved on this device');
    screener.press('Next');
    await screener.untilHeading('Your time');
    screener.type('How many hours a week?', '36');
    screener.press('Send my answers');
    await screener.untilHeading('You may be able to take part');
    await screener.untilText('this device cannot keep them');
    await assertNothingKept(canaries);
    for (const label of ['What should we call you?', 'Where can we write to you?']) {
      assert.equal(screener.field(label).autocomplete, 'off');
    }
    screener.type('What should we call you?', 'Canary Wren');
    screener.type('Where can we write to you?', 'wren@canary.example');
    screener.press('Send my contact details');
    await screener.untilHeading('Almost there');
    await assertNothingKept(canaries);
    await endpoint.tell({ submissions: 'receipt' });
    host.window.dispatchEvent(new Event('online'));
    await screener.untilText('Your way back');
    await assertNothingKept(canaries);
  });

  it('has what was handed in before taken off its disk, and it arrives all the same', async () => {
    const endpoint = await TestEndpoint.open(sampleStudy(), { submissions: 'down' });
    const { screener } = await openPage(endpoint);
    screener.choose('Office');
    screener.press('Next');
    await screener.untilHeading('Your time');
    screener.type('How many hours a week?', '36');
    screener.press('Send my answers');
    await screener.untilState('kept');
    assert.include(await storageDump(), 'office');
    await share(screener);
    await assertNothingKept(['office']);
    await screener.untilText('this device cannot keep them');
    await endpoint.tell({ submissions: 'receipt' });
    screener.press('Send again');
    await screener.untilState('sent');
    assert.lengthOf(await endpoint.stored(1), 1);
  });

  it('is one in every tab, and keeps no secrets of any study', async () => {
    const store = await IndexedDbCredentialStore.open();
    const place = { endpoint: 'https://elsewhere.example', study: 'another-study' };
    await store.write({ ...place, state: 'pending', token: 'canary-token', writeKey: 'canary-key', by: 'contact' });
    store.close();
    const endpoint = await TestEndpoint.open(sampleStudy());
    const [one, two] = [await openPage(endpoint), await openPage(endpoint)];
    two.screener.choose('Nurse');
    await two.screener.until('the choice', () => two.screener.text.includes('This is a shared computer'));
    await share(one.screener);
    await two.screener.untilText('Shared computer: nothing is kept here.');
    await two.screener.untilText('Not saved on this device');
    // The other study has no element here that would tell.
    while ((await storageDump()).includes('canary-token')) await nextFrame();
    await assertNothingKept(['canary', 'nurse']);
  });

  it('that the page calls one is one from the start', async () => {
    const endpoint = await TestEndpoint.open(sampleStudy());
    const { screener } = await openPage(endpoint, { 'shared-computer': '' });
    assert.include(screener.text, 'Shared computer: nothing is kept here.');
    screener.choose('Nurse');
    await screener.untilText('Not saved on this device');
    await assertNothingKept(['nurse', 'steady:']);
  });

  it('signs out whoever has left it, and goes on sending for them', async () => {
    const endpoint = await TestEndpoint.open(sampleStudy(), { submissions: 'down' });
    const { host, screener } = await openPage(endpoint, { 'shared-computer': '' });
    screener.choose('Office');
    screener.press('Next');
    await screener.untilHeading('Your time');
    screener.type('How many hours a week?', '36');
    screener.press('Send my answers');
    await screener.untilState('kept');
    screener.element.setAttribute('idle-minutes', '0.001');
    await screener.untilText('Something is still being sent.');
    await endpoint.tell({ submissions: 'receipt' });
    host.window.dispatchEvent(new Event('online'));
    assert.lengthOf(await endpoint.stored(1), 1);
    await screener.untilGone('Something is still being sent.');
    await assertNothingKept(['office']);
  });
});
