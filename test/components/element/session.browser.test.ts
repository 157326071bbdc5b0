import { assert, nextFrame } from '@open-wc/testing';
import { newCode } from '../../../src/submission/secrets.ts';
import type { EndpointPlan } from '../../suites/support/endpoint-plan.ts';
import { HostFrame } from '../../support/browser/host-frame.ts';
import { sampleStudy } from '../../support/browser/sample-study.ts';
import { clearStage, ScreenerDriver } from '../../support/browser/screener-driver.ts';
import { clearStorage, storageDump } from '../../support/browser/storage-dump.ts';
import { TestEndpoint } from '../../support/browser/test-endpoint.ts';

const ANA = '0195d3a0-0000-7000-8000-00000000000a';
const BEN = '0195d3a0-0000-7000-8000-00000000000b';

/** Opens an endpoint that has invited somebody, and the page with their link. */
async function invite(plan: Partial<EndpointPlan> = {}, check?: string) {
  const [code, other] = [newCode(), newCode()];
  const invitations = { [code]: { participant: ANA, ...(check && { check }) }, [other]: { participant: BEN } };
  const endpoint = await TestEndpoint.open(sampleStudy({ enrolment: 'invite' }), { invitations, ...plan });
  return { endpoint, code, other };
}

function follow(code: string): void {
  history.replaceState(null, '', `#chapter&steady-invite=${code}`);
}

const open = (endpoint: TestEndpoint, attributes = {}, parent?: Element) =>
  ScreenerDriver.open({ endpoint: endpoint.address, attributes, ...(parent && { parent }) });

async function signIn(endpoint: TestEndpoint, code: string, attributes = {}): Promise<ScreenerDriver> {
  follow(code);
  const screener = open(endpoint, attributes);
  await screener.untilHeading('You have been invited');
  screener.press('Start');
  await screener.untilHeading('Your work');
  await screener.untilText('You are signed in.');
  return screener;
}

async function answer(screener: ScreenerDriver, role = 'Nurse', hours = '36'): Promise<void> {
  screener.choose(role);
  screener.press('Next');
  await screener.untilHeading('Your time');
  screener.type('How many hours a week?', hours);
  screener.press('Send my answers');
}

describe('a session', () => {
  const address = location.href;
  beforeEach(clearStorage);
  afterEach(async () => {
    history.replaceState(null, '', address);
    await clearStage();
  });

  describe('an invitation', () => {
    it('leaves the address bar at once, alone, and is spent by nothing but the click', async () => {
      const { endpoint, code } = await invite();
      follow(code);
      const screener = open(endpoint);
      assert.equal(location.hash, '#chapter');
      await screener.untilHeading('You have been invited');
      assert.include(screener.text, 'Quiet hours');
      assert.deepEqual(await endpoint.calls(), []);
      screener.press('Start');
      await screener.untilHeading('Your work');
      await screener.untilText('You are signed in.');
      assert.include(await endpoint.calls(), 'POST participants');
      assert.notInclude(await storageDump(), code);
    });

    it('waits through a reload until it is spent or put aside', async () => {
      const { endpoint, code } = await invite();
      follow(code);
      const before = open(endpoint);
      await before.untilHeading('You have been invited');
      before.element.remove();
      const host = await HostFrame.open('page.html');
      const after = open(endpoint, {}, host.document.querySelector('#stage') ?? undefined);
      await after.untilHeading('You have been invited');
      after.press('Not now');
      await after.untilHeading('Your work');
      assert.deepEqual(await endpoint.calls(), []);
      assert.notInclude(await storageDump(), code);
    });

    it('whose answer was lost is repaired by another press: the same token, the same participant', async () => {
      const { endpoint, code } = await invite({ participants: 'lost' });
      follow(code);
      const screener = open(endpoint);
      await screener.untilHeading('You have been invited');
      screener.press('Start');
      await screener.untilText('Your invitation still counts');
      await endpoint.tell({ participants: 'served' });
      screener.press('Start');
      await screener.untilText('You are signed in.');
    });

    it('whose answer was lost with the page is repaired when a page is opened', async () => {
      const { endpoint, code } = await invite({ participants: 'lost' });
      follow(code);
      const before = open(endpoint);
      await before.untilHeading('You have been invited');
      before.press('Start');
      await before.untilText('Your invitation still counts');
      before.element.remove();
      sessionStorage.clear();
      await endpoint.tell({ participants: 'served' });
      const host = await HostFrame.open('page.html');
      const after = open(endpoint, {}, host.document.querySelector('#stage') ?? undefined);
      await after.untilHeading('Your work');
      await after.untilText('You are signed in.');
    });

    it('with a check asks for it, says how often one can still try, and takes the right one', async () => {
      const { endpoint, code } = await invite({}, '1970-05-17');
      follow(code);
      const screener = open(endpoint);
      await screener.untilHeading('You have been invited');
      screener.press('Start');
      await screener.untilText('Date of birth or PIN');
      screener.get<HTMLInputElement>('#session-check').value = '1971';
      screener.press('Start');
      await screener.untilText('You can try 4 more times.');
      screener.get<HTMLInputElement>('#session-check').value = '1970-05-17';
      screener.press('Start');
      await screener.untilText('You are signed in.');
    });

    it('that is not known says so, and lets one go on without', async () => {
      const { endpoint } = await invite();
      follow(newCode());
      const screener = open(endpoint);
      await screener.untilHeading('You have been invited');
      screener.press('Start');
      await screener.untilText('This link or code is not known here.');
      screener.press('Continue');
      await screener.untilHeading('Your work');
    });

    it('is typed, too', async () => {
      const { endpoint, code } = await invite();
      const screener = open(endpoint);
      await screener.untilText('I have a link or a code');
      screener.press('I have a link or a code');
      await screener.untilHeading('Continue with your link or code');
      screener.get<HTMLInputElement>('#session-code').value = 'abc';
      screener.press('Continue');
      await screener.untilText('This is not a whole code.');
      screener.get<HTMLInputElement>('#session-code').value = code.toUpperCase().replace(/(.{4})(?=.)/g, '$1-');
      screener.press('Continue');
      await screener.untilHeading('You have been invited');
      screener.press('Start');
      await screener.untilText('You are signed in.');
    });
  });

  describe('drafts of a participant', () => {
    it('are on the server, and nowhere else once it has them; another page goes on with them', async () => {
      const { endpoint, code } = await invite();
      const screener = await signIn(endpoint, code);
      screener.choose('Nurse');
      screener.press('Next');
      await screener.untilHeading('Your time');
      screener.type('How many hours a week?', '31415');
      await screener.until('Saved', () => screener.all('.second .meta').some((one) => one.textContent === 'Saved'));
      assert.notInclude(await storageDump(), '31415');
      screener.element.remove();
      const host = await HostFrame.open('page.html');
      const after = open(endpoint, {}, host.document.querySelector('#stage') ?? undefined);
      await after.untilHeading('Your time');
      assert.equal(after.field('How many hours a week?').value, '31415');
    });

    it('are held in the tab while the server cannot be reached, as it says', async () => {
      const { endpoint, code } = await invite();
      const screener = await signIn(endpoint, code);
      await endpoint.tell({ participants: 'down' });
      screener.choose('Nurse');
      await screener.untilText('Saved in this tab');
      assert.include(await storageDump(), 'nurse');
    });

    it('are gone everywhere once the answers are handed in', async () => {
      const { endpoint, code } = await invite();
      const screener = await signIn(endpoint, code);
      await answer(screener, 'Office');
      await screener.untilState('sent');
      assert.notInclude(await storageDump(), 'office');
      const [stored] = await endpoint.stored(1);
      assert.equal(stored?.kind, 'screening');
      assert.notEqual((await endpoint.seen())[0]?.key, '');
    });
  });

  describe('enrolment by a contact', () => {
    it('shows the way back once, as link, code and picture, and signs in', async () => {
      const endpoint = await TestEndpoint.open(sampleStudy(), { enrols: true, next: null });
      const screener = open(endpoint);
      await screener.untilHeading('Your work');
      await screener.untilText('I have a link or a code');
      await answer(screener);
      await screener.untilHeading('You may be able to take part');
      screener.type('What should we call you?', 'Ana');
      screener.type('Where can we write to you?', 'ana@example.org');
      screener.press('Send my contact details');
      await screener.untilText('Your way back');
      await screener.untilText('You are signed in.');
      const { value } = screener.get<HTMLInputElement>('.way-back input');
      assert.match(value, /#steady-invite=[0-9a-z]{32}$/);
      assert.match(screener.get('.way-back path').getAttribute('d') ?? '', /^M\d/);
      const dump = await storageDump();
      assert.notInclude(dump, value.split('=')[1] ?? '');
      assert.notInclude(dump, 'ana@example.org');
    });

    it('that did not come about leaves nothing of it', async () => {
      const endpoint = await TestEndpoint.open(sampleStudy());
      const screener = open(endpoint);
      await screener.untilHeading('Your work');
      await screener.untilText('I have a link or a code');
      await answer(screener);
      await screener.untilHeading('You may be able to take part');
      screener.type('What should we call you?', 'Ana');
      screener.type('Where can we write to you?', 'ana@example.org');
      screener.press('Send my contact details');
      await screener.untilState('sent');
      assert.notInclude(screener.text, 'You are signed in.');
      const mark = `steady:participant:${endpoint.address}|quiet-hours`;
      while (localStorage.getItem(mark) !== null) await nextFrame();
    });
  });

  describe('signing out', () => {
    it('takes everything of the participant off the device', async () => {
      const { endpoint, code } = await invite();
      const screener = await signIn(endpoint, code);
      screener.choose('Nurse');
      screener.press('Sign out');
      await screener.untilHeading('You are signed out');
      const dump = await storageDump();
      for (const left of ['nurse', ANA, `steady:participant:${endpoint.address}`]) assert.notInclude(dump, left);
      screener.press('Start again without signing in');
      await screener.untilHeading('Your work');
      assert.isFalse(screener.choice('Nurse').checked);
    });

    it('with something unsent asks first: send now, download, throw away', async () => {
      const { endpoint, code } = await invite({ submissions: 'down' });
      const screener = await signIn(endpoint, code);
      await answer(screener, 'Office');
      await screener.untilState('kept');
      screener.press('Sign out');
      await screener.untilHeading('Not everything has been sent');
      assert.isOk(screener.button('Send now'));
      assert.isOk(screener.button('Download a copy'));
      screener.press('Throw away');
      await screener.untilText('They cannot be brought back.');
      screener.press('Yes, throw away');
      await screener.until('nothing left', () => screener.root.querySelector('.entries li') === null);
      screener.press('Sign out');
      await screener.untilHeading('You are signed out');
      assert.notInclude(await storageDump(), 'office');
    });

    it('leaves to the next person nothing of the one before, and sends each under their own key', async () => {
      const { endpoint, code, other } = await invite({ submissions: 'down' });
      const screener = await signIn(endpoint, code);
      await answer(screener, 'Office', '31');
      await screener.untilState('kept');
      screener.press('Sign out');
      await screener.untilHeading('Not everything has been sent');
      screener.press('Sign out, keep them waiting');
      await screener.untilHeading('You are signed out');
      screener.press('I have a link or a code');
      await screener.untilHeading('Continue with your link or code');
      screener.get<HTMLInputElement>('#session-code').value = other;
      screener.press('Continue');
      await screener.untilHeading('You have been invited');
      screener.press('Start');
      await screener.untilText('You are signed in.');
      await screener.untilHeading('Your work');
      assert.isFalse(screener.choice('Office').checked);
      assert.notInclude(screener.text, 'waiting to be sent');
      await answer(screener, 'Office', '42');
      await screener.untilState('kept');
      const keys = new Map((await endpoint.seen()).map(({ body, key }) => [JSON.parse(body).answers.hours, key]));
      await endpoint.tell({ submissions: 'receipt' });
      screener.press('Send again');
      await screener.untilState('sent');
      dispatchEvent(new Event('online'));
      const stored = await endpoint.stored(2);
      assert.sameMembers(
        stored.map(({ answers }) => answers.hours),
        [31, 42],
      );
      const seen = (await endpoint.seen()).filter((one) => one.stored);
      for (const { body, key } of seen) assert.equal(key, keys.get(JSON.parse(body).answers.hours));
      assert.lengthOf(new Set(seen.map(({ key }) => key)), 2);
    });
  });

  describe('when nobody uses the page', () => {
    it('what an unknown person entered is gone, and said to be', async () => {
      const endpoint = await TestEndpoint.open(sampleStudy());
      const screener = open(endpoint, { drafts: 'device' });
      await screener.untilHeading('Your work');
      screener.choose('Nurse');
      await screener.untilText('Saved on this device');
      await screener.untilText('I have a link or a code');
      screener.element.setAttribute('idle-minutes', '0.001');
      await screener.untilHeading('This page was paused');
      assert.include(screener.text, 'no longer here');
      assert.notInclude(screener.root.innerHTML, 'Nurse');
      await screener.until('no draft', () => !Object.keys(localStorage).some((key) => key.startsWith('steady:draft')));
      assert.notInclude(await storageDump(), 'nurse');
      screener.element.setAttribute('idle-minutes', '15');
      screener.press('Start again');
      await screener.untilHeading('Your work');
      assert.isFalse(screener.choice('Nurse').checked);
    });

    it('what a participant entered is hidden, and there again when they continue', async () => {
      const { endpoint, code } = await invite();
      const screener = await signIn(endpoint, code);
      screener.choose('Nurse');
      screener.element.setAttribute('idle-minutes', '0.001');
      await screener.untilHeading('This page was paused');
      assert.notInclude(screener.root.innerHTML, 'Nurse');
      screener.element.setAttribute('idle-minutes', '15');
      screener.press('Continue');
      await screener.untilHeading('Your work');
      assert.isTrue(screener.choice('Nurse').checked);
      assert.notInclude(await storageDump(), 'nurse');
    });

    it('what has not arrived goes on being sent', async () => {
      const { endpoint, code } = await invite({ submissions: 'down' });
      const screener = await signIn(endpoint, code);
      await answer(screener, 'Office');
      await screener.untilState('kept');
      screener.element.setAttribute('idle-minutes', '0.001');
      await screener.untilHeading('This page was paused');
      await endpoint.tell({ submissions: 'receipt' });
      dispatchEvent(new Event('online'));
      assert.lengthOf(await endpoint.stored(1), 1);
    });

    it('an invitation is hidden like everything behind it, however often', async () => {
      const { endpoint, code } = await invite();
      const screener = open(endpoint);
      await screener.untilHeading('Your work');
      screener.choose('Nurse');
      await screener.untilText('I have a link or a code');
      const link = async () => {
        const followed = new Promise((resolve) => addEventListener('hashchange', resolve, { once: true }));
        location.hash = `steady-invite=${code}`;
        await followed;
        await screener.element.updateComplete;
      };
      await link();
      await screener.untilHeading('You have been invited');
      screener.element.setAttribute('idle-minutes', '0.001');
      await screener.untilHeading('This page was paused');
      await screener.until(
        'no draft',
        () => !Object.keys(sessionStorage).some((key) => key.startsWith('steady:draft')),
      );
      await link();
      await screener.untilHeading('This page was paused');
      screener.element.setAttribute('idle-minutes', '15');
      screener.press('Start again');
      await screener.untilHeading('You have been invited');
      screener.press('Not now');
      await screener.untilHeading('Your work');
      assert.isFalse(screener.choice('Nurse').checked);
    });
  });
});
